"""Front, Header: the `key: value` lines between two lines of dashes that begin a course file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lessons.authoring import wording
from lessons.authoring.page import ID, SCREEN_BREAK, Line, Page
from lessons.memory import RETENTION

ENTRY = re.compile(r"([\w.-]+)\s*:\s*(.*)")
LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a page: key to (line, value), and the lines below it."""

    page: Page
    values: Mapping[str, tuple[int, str]]
    body: tuple[Line, ...]

    def line(self, key: str) -> int:
        return self.values.get(key, (1, ""))[0]

    def text(self, key: str) -> str:
        return self.values.get(key, (1, ""))[1]

    def several(self, key: str) -> tuple[str, ...]:
        """The values of a list, `a, b, c`. One that stands twice is a problem."""
        found = [each.strip() for each in self.text(key).split(",") if each.strip()]
        for twice in sorted({each for each in found if found.count(each) > 1}):
            self.page.wrong(self.line(key), wording.LISTED_TWICE.format(key=key, value=twice))
        return tuple(dict.fromkeys(found))

    def judge(self, required: Sequence[str], optional: Iterable[str] = ()) -> None:
        """Note the keys that are missing, empty or unknown."""
        for key in required:
            if key not in self.values:
                self.page.wrong(1, wording.KEY_MISSING.format(key=key))
        for key, (line, value) in self.values.items():
            if key not in {*required, *optional}:
                known = ", ".join([*required, *optional])
                self.page.wrong(line, wording.KEY_UNKNOWN.format(key=key, known=known))
            elif not value:
                self.page.wrong(line, wording.KEY_EMPTY.format(key=key))


def read_front(page: Page) -> Front:
    """The front matter of a page; without one, every line is body."""
    start = next((i for i, line in enumerate(page.lines) if line.text), 0)
    if not SCREEN_BREAK.fullmatch(page.lines[start].text):
        page.wrong(page.lines[start].number, wording.FRONT_MISSING)
        return Front(page, {}, page.lines)
    values: dict[str, tuple[int, str]] = {}
    for index, line in enumerate(page.lines[start + 1 :], start=start + 1):
        if SCREEN_BREAK.fullmatch(line.text):
            return Front(page, values, page.lines[index + 1 :])
        if line.text.startswith("#"):
            page.wrong(line.number, wording.FRONT_OPEN)
            return Front(page, values, page.lines[index:])
        if line.text:
            _read_entry(page, line, values)
    page.wrong(page.lines[start].number, wording.FRONT_OPEN)
    return Front(page, values, ())


def _read_entry(page: Page, line: Line, values: dict[str, tuple[int, str]]) -> None:
    entry = ENTRY.fullmatch(line.text)
    if entry is None:
        page.wrong(line.number, wording.NOT_AN_ENTRY.format(text=line.shown))
        return
    key, value = entry[1].lower(), entry[2]
    if key in values:
        page.wrong(line.number, wording.KEY_TWICE.format(key=key, line=values[key][0]))
    else:
        values[key] = (line.number, value)


@dataclass(frozen=True, slots=True)
class Header:
    """What course.md says about the course."""

    id: str
    version: int
    titles: Mapping[str, str]  # every declared language, in order
    lessons: tuple[str, ...]
    frameworks: tuple[str, ...]
    licence: str
    order: int
    protected: bool
    retention: float
    lessons_line: int


def read_header(page: Page) -> Header:
    """The course's header. What is below the front matter are notes for the authors."""
    front = read_front(page)
    languages = [language.lower() for language in front.several("languages")]
    titles = [f"title.{language}" for language in languages] or [
        key for key in front.values if key.startswith("title.")
    ]
    front.judge(
        ["id", "version", "languages", "lessons", *titles],
        ["frameworks", "licence", "order", "protect", "retention"],
    )
    lessons = front.several("lessons")
    _judge_ids(front, "id", [front.text("id")] if front.text("id") else [])
    _judge_ids(front, "lessons", lessons)
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            what = wording.NOT_A_LANGUAGE.format(value=language)
            page.wrong(front.line("languages"), what)
    return Header(
        id=front.text("id"),
        version=_whole(front, "version", 0),
        titles={language: front.text(f"title.{language}") for language in languages},
        lessons=lessons,
        frameworks=front.several("frameworks"),
        licence=front.text("licence"),
        order=_whole(front, "order", 100),
        protected=_switch(front, "protect"),
        retention=_retention(front),
        lessons_line=front.line("lessons"),
    )


def _judge_ids(front: Front, key: str, ids: Iterable[str]) -> None:
    for each in ids:
        if not ID.fullmatch(each):
            front.page.wrong(front.line(key), wording.NOT_AN_ID.format(value=each))


def _whole(front: Front, key: str, otherwise: int) -> int:
    """A whole number from 1."""
    value = front.text(key)
    if re.fullmatch(r"[1-9][0-9]{0,8}", value):
        return int(value)
    if value:
        what = wording.NOT_A_WHOLE_NUMBER.format(key=key, value=value)
        front.page.wrong(front.line(key), what)
    return otherwise


def _retention(front: Front) -> float:
    """How likely an item is to be remembered when it is asked again; 0.85 without it."""
    value = front.text("retention") or f"{RETENTION}"
    if re.fullmatch(r"0[.,]\d{1,3}", value) and 0.7 <= float(value.replace(",", ".")) <= 0.97:
        return float(value.replace(",", "."))
    front.page.wrong(front.line("retention"), wording.NOT_A_RETENTION.format(value=value))
    return RETENTION


def _switch(front: Front, key: str) -> bool:
    """A setting that is yes or no; no without it."""
    value = front.text(key).lower()
    if value not in ("", "yes", "no"):
        front.page.wrong(front.line(key), wording.NOT_YES_OR_NO.format(key=key, value=value))
    return value == "yes"
