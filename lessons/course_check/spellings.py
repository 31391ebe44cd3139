"""Documents and addresses are spelled the same everywhere, so that who looks one up finds it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lessons.authoring import Problem, wording
from lessons.course import Course
from lessons.course_check.passages import Part, Passage, passages
from lessons.course_check.words import documents, numbered
from lessons.typed import fold

# "356/2025/NĐ-CP", "398/NQ-UBTVQH16": a number, perhaps a year, and who issued what
DOCUMENT = re.compile(r"(?<![\w/.])(\d{1,4})(?:/(\d{4}))?/([^\W\d_][\w-]*\w)")
DIGIT = re.compile(r"\d")
LINK = re.compile(
    r"(?<![@\w.-])(?:https?://)?(?:[a-z0-9-]+\.)+(?:vn|org|com|net|info|int|eu|edu|io|fr|uk)\b"
    r"(?:/[^\s;,)»”]*)?",
    re.IGNORECASE,
)


@cache
def _short() -> dict[str, re.Pattern[str]]:
    """How an ending begins (nd) -> the names of such documents with a number that lacks it."""
    by = "|".join(map(re.escape, numbered()))
    number = rf"\s+(?:(?:{by})\s*)?(\d{{1,4}})(?:/(\d{{4}}))?(?![\w/]|[.,]\d)"
    return {
        ending: re.compile(rf"\b(?:{'|'.join(names)}){number}", re.IGNORECASE)
        for ending, names in documents().items()
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """A document or address as it is spelled somewhere. Of what may be one, `key` is the same."""

    folder: str
    file: str
    line: int
    key: str  # an address, or a document's number
    text: str
    year: str = ""
    ending: str = ""  # folded letters: ndcp, qh
    short: bool = False  # "NĐ 356": `ending` is only its beginning

    @property
    def place(self) -> str:
        return (
            f"{self.folder}/{self.file}:{self.line}" if self.folder else f"{self.file}:{self.line}"
        )


def judged(read: Sequence[Passage]) -> Iterator[Problem]:
    for astray, other in _pairs(list(_found("", read))):
        yield _problem(astray, other)


def judged_together(courses: Mapping[str, Course]) -> Iterator[Problem]:
    """Spellings that differ between courses; those within one are its own problem."""
    each = [list(_found(folder, passages(course))) for folder, course in courses.items()]
    texts = [{found.text for found in founds} for founds in each]
    for astray, other in _pairs([found for founds in each for found in founds]):
        if not any({astray.text, other.text} <= own for own in texts):
            yield _problem(astray, other).within(astray.folder)


def _found(folder: str, read: Iterable[Passage]) -> Iterator[_Found]:
    for passage in read:
        if passage.part is Part.ACCEPTED:
            continue
        place = (folder, passage.file, passage.line)
        for link in LINK.finditer(passage.text) if "." in passage.text else ():
            text = link[0].rstrip("./")
            key = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.casefold())
            yield _Found(*place, key, text)
        if not DIGIT.search(passage.text):
            continue
        rest = LINK.sub(" ", passage.text)
        for number, year, ending in DOCUMENT.findall(rest):
            text = "/".join(filter(None, [number, year, ending]))
            yield _Found(*place, number, text, year, _letters(ending))
        for kind, pattern in _short().items():
            for short in pattern.finditer(rest):
                yield _Found(*place, short[1], short[0], short[2] or "", kind, short=True)


def _letters(ending: str) -> str:
    """Those of "NĐ-CP" or "QH15", for comparing."""
    return re.sub(r"[\W\d_]", "", fold(ending))


def _pairs(found: Sequence[_Found]) -> Iterator[tuple[_Found, _Found]]:
    """Each spelling that has a commoner one, where it first stands, and that one."""
    times = Counter(each.text for each in found)
    first = {each.text: each for each in reversed(found)}
    by_key: dict[str, list[_Found]] = {}
    for each in first.values():
        by_key.setdefault(each.key, []).append(each)
    for group in by_key.values():
        group.sort(key=lambda each: (each.short, -times[each.text], *_likely(each)))
        for place, astray in enumerate(group):
            other = next((each for each in group[:place] if _one(each, astray)), None)
            if other is not None:
                yield astray, other


def _likely(found: _Found) -> tuple[object, ...]:
    """Of equally common spellings: with the whole ending, with its marks, without a prefix."""
    return -len(found.ending), found.text.isascii(), len(found.text), found.text


def _one(other: _Found, astray: _Found) -> bool:
    """Both name one document: a short name begins another's, an ending is spelled otherwise."""
    if other.short:
        return False
    if astray.short:
        years = astray.year in ("", other.year)
        return years and other.ending.startswith(astray.ending)
    endings = sorted((other.ending, astray.ending), key=len)
    return other.year == astray.year and endings[1].startswith(endings[0])


def _problem(astray: _Found, other: _Found) -> Problem:
    what = wording.SPELLED_OTHERWISE
    text = what.format(text=astray.text, other=other.text, place=other.place)
    return Problem(astray.file, astray.line, text)
