"""A text as a small tree of paragraphs and spans, and the tree as HTML or as plain text again.

Only the phrases that a message names are set off. What looks like markup in a text is text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from lessons.messages import Style

GAP = "\n\n"  # between paragraphs
TAGS: dict[Style, str] = {"head": "b", "quote": "i", "code": "code"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A styled phrase: from `start` to before `end` in the text."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`quoted`: it is a quotation as a whole."""

    spans: tuple[Span, ...]
    quoted: bool = False


def marks(text: str, styles: Iterable[tuple[Style, str]]) -> list[Mark]:
    """Where each phrase stands first, in the order of the text. Phrases that are not there are
    left out, and so are those that overlap with one named before."""
    found: list[Mark] = []
    for style, phrase in styles:
        start = text.find(phrase) if phrase.strip() else -1
        end = start + len(phrase)
        if start >= 0 and all(end <= mark.start or mark.end <= start for mark in found):
            found.append(Mark(start, end, style))
    return sorted(found, key=lambda mark: mark.start)


def tree(
    text: str, marks: Sequence[Mark] = (), start: int = 0, end: int | None = None
) -> list[Paragraph]:
    """The paragraphs of the text between two places, each with its part of the marks."""
    paragraphs = []
    for words in text[start:end].split(GAP):
        paragraphs.append(_paragraph(text, marks, start, start + len(words)))
        start += len(words) + len(GAP)
    return paragraphs


def _paragraph(text: str, marks: Sequence[Mark], start: int, end: int) -> Paragraph:
    spans: list[Span] = []
    at, words = start, text[start:end].strip()
    for mark in marks:
        first, last = max(at, mark.start), min(end, mark.end)
        if first >= last:
            continue
        if mark.style == "quote" and text[first:last].strip() == words:
            return Paragraph((Span(text[start:end]),), quoted=True)
        spans += [Span(text[at:first]), Span(text[first:last], mark.style)]
        at = last
    return Paragraph(tuple(span for span in (*spans, Span(text[at:end])) if span.text))


def plain(paragraphs: Iterable[Paragraph]) -> str:
    return GAP.join("".join(span.text for span in each.spans) for each in paragraphs)


def html(paragraphs: Iterable[Paragraph]) -> str:
    """In the few tags that messengers know: b, i, code, blockquote."""
    return GAP.join(map(_html, paragraphs))


def _html(paragraph: Paragraph) -> str:
    inner = "".join(
        _tagged(TAGS[span.style], span.text) if span.style else escape(span.text, quote=False)
        for span in paragraph.spans
    )
    return f"<blockquote>{inner}</blockquote>" if paragraph.quoted else inner


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text, quote=False)}</{tag}>"
