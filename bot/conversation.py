"""A conversation in one terminal: lines in, the tutor's messages out, reminders meanwhile."""

import asyncio
import getpass
import io
import os
import secrets
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from bot import transcript
from bot.outbox import Begin
from bot.platforms.console import Console
from bot.render import Part, Text
from bot.wiring import House
from lessons.messages import Address, Choice, Heard, Kind
from lessons.ports import Unavailable
from lessons.texts import Voice, languages, words
from lessons.typed import fold
from lessons.use_cases.link import join

PLATFORM = "console"


async def hold(house: House, code: str = "") -> None:
    """Until the input ends. With a code, go on as the person it was given to."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may lack some of our letters
    address = Address(PLATFORM, getpass.getuser())
    pretty = sys.stdin.isatty() and sys.stdout.isatty()
    terminal = Terminal(house, address, Console(_write, pretty=pretty))
    lines = typed_lines()
    if code and await house.store.learner(address) is not None:
        await _agreed(lines if pretty else None)
    if code and not await join(house.store, code, address, house.now()):
        raise Unavailable(Voice(_language() or "vi").say("link.invalid"))
    ticker = house.ticker()
    ticker.start()
    try:
        await (terminal.by_hand(lines, code != "") if pretty else terminal.piped(lines))
    finally:
        ticker.stop()


async def _agreed(lines: AsyncIterator[str] | None) -> None:
    """Ask before a code takes away what is kept here; through a pipe nobody can be asked.

    Raises Unavailable unless the next line says yes, in any of our languages.
    """
    voice = Voice(_language() or "vi")
    if lines is None:
        raise Unavailable(f"{voice.say('link.replace')} {voice.say('link.not_joined')}")
    _write(f"{voice.say('link.replace')}\n{voice.say('link.confirm')} ")
    yes = {fold(word) for each in languages() for word in words(each, "question.typed.true")}
    if fold(await anext(lines, "")) not in yes:
        raise Unavailable(voice.say("link.not_joined"))


class Terminal:
    """One chat address with its way in and its way out."""

    caps, at_once = Console.caps, Console.at_once

    def __init__(self, house: House, address: Address, console: Console) -> None:
        self._house = house
        self._address = address
        self._console = console
        self._shown: list[Choice] = []
        self._lane = house.lane(PLATFORM, self)

    def closed_for(self) -> float:
        return self._console.closed_for()

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:
        if isinstance(part, Text) and part.buttons:
            self._shown = list(part.buttons)
        return await self._console.deliver(address, part, kind, begin)

    async def by_hand(self, lines: AsyncIterator[str], joined: bool) -> None:
        """For a person at the keyboard: greeted at once, answered as they type."""
        sending = asyncio.create_task(self._lane.run(self._house.bell))
        try:
            if not joined:
                await self._hear("/start")
            async for line in lines:
                await self._hear(line)
                await self._house.bell.wait(0.05)
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending

    async def piped(self, lines: AsyncIterator[str]) -> None:
        """For a pipe: learner lines in, a transcript out. Without any line, the greeting."""
        heard = 0
        async for raw in lines:
            if not raw.strip() or raw.startswith(("--", "  ", "#", "(")):
                continue  # what a transcript has besides what is said
            heard += 1
            await self._act(raw)
            await self._deliver()
        if not heard:
            await self._hear("/start")
            await self._deliver()

    async def _deliver(self) -> None:
        while await self._lane.deliver():
            pass

    async def _act(self, raw: str) -> None:
        try:
            line = transcript.read(raw).lines[0]
        except transcript.Unreadable:
            line = transcript.Speak(transcript.LEARNER, raw)
        match line:
            case transcript.Speak(transcript.LEARNER, text):
                _write(f"{transcript.line_text(line)}\n")
                await self._hear(text)
            case transcript.Tap(_, label):
                _write(f"{transcript.line_text(line)}\n")
                tapped = [choice.id for choice in self._shown if choice.label == label]
                await self._hear(*((tapped[0], "tap") if tapped else (label, "text")))
            case transcript.Told() | transcript.Happened():
                return
            case _:
                spoken = transcript.Speak(transcript.LEARNER, raw)
                _write(f"{transcript.line_text(spoken)}\n")
                await self._hear(raw)

    async def _hear(self, text: str, medium: str = "text") -> None:
        update = secrets.token_hex(8)
        heard = Heard(self._address, update, text, language=_language())
        if medium == "tap":
            heard = Heard(self._address, update, text, "tap", _language())
        try:
            await self._house.inbox.hear(heard)
        except Unavailable:
            self._console.show(Text(Voice(_language() or "vi").say("error.later")))


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _language() -> str:
    """The language of the terminal, if it is one of ours."""
    spoken = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES")
              or os.environ.get("LANG") or "")  # fmt: skip
    short = spoken.partition("_")[0].partition(".")[0].casefold()
    return short if short in languages() else ""


async def typed_lines() -> AsyncIterator[str]:
    """Lines of standard input as they come, without holding up the event loop; ends at its end."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: the conversation is over
            for line in _input_lines():
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


def _input_lines() -> Iterator[str]:
    """On a terminal with line editing; through a pipe as bytes, whatever they are."""
    if not sys.stdin.isatty():
        for raw in sys.stdin.buffer:
            yield raw.decode("utf-8", "replace").rstrip("\r\n")
        return
    with suppress(ImportError):
        import readline  # noqa: F401  # gives input() its editing keys
    while True:
        try:
            yield input()
        except (EOFError, UnicodeDecodeError):
            return
