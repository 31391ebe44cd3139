"""Cuts a course into what can be quoted: passages, and the sentences of each, as slices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.course import Course, LessonText
from lessons.typed import fold

LINE = re.compile(r"[^\n]+")
STOP = re.compile(r"[.!?…]+(?:\s?[”»\"’)\]])*\s+")  # the end of a sentence, unless it goes on small
SHORT_FORM = re.compile(
    r"(?:^|[\s(])(?:TP|PGS|GS|TS|ThS|Mr|Mrs|Ms|Dr|MM?|Mme|No|[Aa]rt|cf|vs)\.\s+$"
)
ITEM = re.compile(r"\s*(?:[•*–-]\s|\d{1,2}[.)]\s)")
QUOTES = {"“": 1, "«": 1, "”": -1, "»": -1}
LABELS = {"y chinh", "main idea", "l essentiel"}  # "Main idea: …" is quoted without its label
VERDICT_WORDS = 4  # "False." or "The statement is false." means nothing without its question

# Sentences that begin so lean on the one before, folded: they are not quoted without it.
LEANING = {
    "vi": r"(vi vay|vi the|do do|khi do|do lai|dieu (do|nay)|hien tuong nay|sau do|tuy nhien"
    r"|nho vay|nhu vay|nhung|cung|ngoai ra|trong do)\b",
    "en": r"(so|then|it|its|this|these|those|they|but|however|even then|such|nor|also)\b",
    "fr": r"(donc|puis|alors|il|ils|elle|elles|cela|ce|c est|ces|mais|toutefois|ainsi)\b",
}

WINDOW = 3  # sentences quoted together at most

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A screen or an explanation of a lesson ("c6/l5"); what to do now is no answer and left out.

    `sentences` are (start, end) in `text`, in order. A line that ends with a colon and the list it
    introduces are one sentence: "Never:" must not be lost when an item is quoted. `windows` are
    (first, last) sentences that may be quoted together. `about` is searched but never quoted: the
    question an explanation belongs to.
    """

    lesson: str
    text: str
    sentences: tuple[Span, ...]
    windows: tuple[Span, ...]
    about: str = ""


def passages(course: Course, language: str) -> Iterator[tuple[LessonText, tuple[Passage, ...]]]:
    """The lessons a course has in this language, each with its passages, the opening one first."""
    for lesson in course.lessons:
        text = lesson.texts.get(language)
        if text is not None:
            yield text, tuple(_of_lesson(f"{course.id}/{lesson.id}", text, language))


def _of_lesson(name: str, lesson: LessonText, language: str) -> Iterator[Passage]:
    """Screens and explanations that say something."""
    for text in lesson.screens:
        if spans := _without_label(text, sentences(text)):
            yield Passage(name, text, spans, tuple(_windows(text, spans, language)))
    for block in (question.block for question in lesson.questions):
        text = block.explanation
        if spans := _without_verdict(text, sentences(text)):
            windows = tuple(_windows(text, spans, language))
            yield Passage(name, text, spans, windows, block.prompt)


def _without_label(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same sentences; the first without a label such as "Main idea:"."""
    if not spans:
        return ()
    start, end = spans[0]
    label, _, rest = text[start:end].partition(":")
    if fold(label) not in LABELS or not rest.strip():
        return spans
    return (_trimmed(text, end - len(rest), end), *spans[1:])


def _without_verdict(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same sentences without a first one that only says right or wrong."""
    verdict = len(spans) > 1 and len(text[slice(*spans[0])].split()) <= VERDICT_WORDS
    return spans[1:] if verdict else spans


def _windows(text: str, spans: tuple[Span, ...], language: str) -> Iterator[Span]:
    """What can stand alone: the first sentence does not lean on the one before, and the last is no
    question that the next one answers."""
    leaning = re.compile(LEANING.get(language, "(?!)"))
    for first, span in enumerate(spans):
        if first and leaning.match(fold(text[slice(*span)])):
            continue
        for last in range(first, min(first + WINDOW, len(spans))):
            if last + 1 == len(spans) or text[spans[last][1] - 1] != "?":
                yield first, last


def sentences(text: str) -> tuple[Span, ...]:
    """(start, end) of every sentence of a text, without white space at either end."""
    spans: list[Span] = []
    introduces = False  # the sentence before ends with a colon: what is listed belongs to it
    in_list = False
    for line in LINE.finditer(text):
        start, end = _trimmed(text, *line.span())
        if start == end:
            continue
        joins = introduces or (in_list and _continues(text, spans[-1][1], line))
        if joins:
            spans[-1] = (spans[-1][0], end)
        else:
            spans += _in_line(text, start, end)
        in_list = joins
        introduces = not joins and text[end - 1] == ":"
    return tuple(spans)


def _continues(text: str, end: int, line: re.Match[str]) -> bool:
    """Whether a line goes on with the list before it: an item, or no empty line between."""
    return "\n\n" not in text[end : line.start() + 1] or ITEM.match(line[0]) is not None


def _in_line(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one line; what stands in quotation marks is not cut apart."""
    for stop in STOP.finditer(text, start, end):
        piece = text[start : stop.end()]
        open_quotes = sum(QUOTES.get(letter, 0) for letter in piece)
        goes_on = open_quotes > 0 or text[stop.end() : end][:1].islower()
        if not goes_on and not SHORT_FORM.search(piece):
            yield _trimmed(text, start, stop.end())
            start = stop.end()
    if start < end:
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    blank = len(piece) - len(piece.lstrip())
    return (start + blank, start + len(piece.rstrip())) if piece.strip() else (start, start)
