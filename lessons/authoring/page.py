"""Problem, Page, Line: one course file while it is read, and what is found wrong with it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lessons.authoring import wording

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")
SCREEN_BREAK = re.compile(r"-{3,}|—+")  # some editors turn --- into a long dash
LINE_LIMIT = 2000  # characters; a message has at most four thousand
QUOTED = 60  # characters of a line that a message repeats
BULLET = re.compile(r"[-*+]\s+")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something an author has to put right: where, and a sentence that says how."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"

    def within(self, folder: str) -> "Problem":
        """The same problem, its file named so that an editor finds it."""
        return replace(self, file=f"{folder}/{self.file}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, counted from 1."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def shown(self) -> str:
        """The text as a message quotes it: short, and nothing a terminal would obey."""
        text = "".join(c if c.isprintable() else "\ufffd" for c in self.text)
        return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"

    @property
    def indented(self) -> bool:
        return self.raw[:1].isspace()


@dataclass(slots=True)
class Page:
    """A course file, line by line in NFC, and the list where its problems are noted."""

    name: str
    lines: tuple[Line, ...]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, text: str) -> "Page":
        """The page of a file's text. A byte order mark and any kind of line end are welcome."""
        raws = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
        # Normalising takes the square of a line's marks, so an endless line is cut first.
        normal = (unicodedata.normalize("NFC", raw[:LINE_LIMIT]).rstrip() for raw in raws)
        page = cls(name, tuple(Line(number, raw) for number, raw in enumerate(normal, start=1)))
        for number, raw in enumerate(raws, start=1):
            if len(raw) > LINE_LIMIT:
                page.wrong(number, wording.LINE_TOO_LONG.format(limit=LINE_LIMIT))
            strange = next((c for c in raw if unicodedata.category(c) in ("Cc", "Cs")), "\t")
            if strange != "\t":
                page.wrong(number, wording.UNSHOWABLE.format(code=f"U+{ord(strange):04X}"))
        return page

    def wrong(self, line: int, what: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.name, line, what))


def prose(lines: Iterable[Line]) -> str:
    """The text of some lines: paragraphs with one empty line between them."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.raw for line in lines)).strip()


def first_line(lines: Sequence[Line], default: int) -> int:
    """The number of the first line that is not empty."""
    return next((line.number for line in lines if line.text), default)
