"""The terminal as a platform: what is said is printed; on a terminal for reading, through a pipe as
a transcript."""

import re
import shutil
import textwrap
from collections.abc import Awaitable, Callable

from bot.render import Caps, Part, Text
from bot.transcript import line_text, told
from lessons.messages import Address, Kind

CAPS = Caps(  # a terminal shows every button, by its words or its number
    text_max=1_000_000, buttons="inline", buttons_max=1_000, label_max=1_000, payload_max=64
)
WIDTH = 76  # columns at most; longer lines are hard to read
DIM, BOLD, END = "\x1b[2m", "\x1b[1m", "\x1b[0m"
PROMPT, FROM_START = "› ", "\r\x1b[K"


class Console:
    """Prints to one terminal: `pretty` for a person, else the lines of a transcript."""

    caps = CAPS
    at_once = 1

    def __init__(self, write: Callable[[str], None], *, pretty: bool) -> None:
        self._write = write
        self._pretty = pretty

    def closed_for(self) -> float:
        return 0.0

    async def deliver(
        self,
        address: Address,  # noqa: ARG002  # there is one terminal
        part: Part,
        kind: Kind,  # noqa: ARG002  # and whatever is said is shown at once
        begin: Callable[[], Awaitable[None]],
    ) -> str:
        await begin()
        if isinstance(part, Text):  # by its CAPS it is given nothing else
            self.show(part)
        return ""

    def show(self, text: Text) -> None:
        if self._pretty:  # a message may come while a person is at the prompt
            self._write(f"{FROM_START}{self._page(text)}\n{PROMPT}")
        else:
            self._write(f"{line_text(told(text))}\n")

    def _page(self, text: Text) -> str:
        width = min(WIDTH, shutil.get_terminal_size().columns - 4)
        lines = [part for line in text.plain.splitlines() for part in _wrapped(line, width)]
        buttons = "   ".join(
            f"{BOLD}{choice.label}{END}"
            if len(choice.label) == 1
            else f"{DIM}{number}{END} {BOLD}{choice.label}{END}"
            for number, choice in enumerate(text.buttons, 1)
        )
        body = "\n".join(f"  {line}" for line in lines)
        return f"\n{body}\n" + (f"\n  {buttons}\n" if buttons else "")


def _wrapped(line: str, width: int) -> list[str]:
    """The line in pieces; what follows a bullet or a letter stays under its text."""
    mark = re.match(r"(• |\w{1,2}\. )?", line)
    hanging = " " * (mark.end() if mark else 0)
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_on_hyphens=False) or [""]
