"""How long a text is for a platform, and where it is parted when it is longer than that."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Literal
from unicodedata import category

Unit = Literal["utf16", "points"]

UNSEEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}  # categories of characters that leave no mark
JOINER = "\u200d"  # makes one picture of two
FLAGS = range(0x1F1E6, 0x1F200)  # letters, of which two make one flag
UNBROKEN = "\u00a0\u202f"  # spaces that keep their neighbours together

_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
_EXTENDS = re.compile(f"[{JOINER}\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")  # skin tones, tags
_SENTENCES = re.compile(r".*[.!?…](?=\s)", re.DOTALL)


def sendable(text: str) -> str:
    """The text as every platform takes it: what no encoding carries is replaced."""
    return _UNSENDABLE.sub("\ufffd", text)


def visible(text: str) -> bool:
    return any(category(c) not in UNSEEN for c in text)


def size(text: str, unit: Unit) -> int:
    """The length in UTF-16 units or in code points."""
    return len(text) + (sum(c > "\uffff" for c in text) if unit == "utf16" else 0)


def ranges(text: str, limit: int, unit: Unit) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text begin and end, `limit` units each at most: parted at paragraphs,
    else at lines, else at words, else between characters. The space between them is left out."""
    start = 0
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        end = _end(text, start, limit, unit)
        piece = text[start:end].rstrip()
        if visible(piece):
            yield start, start + len(piece)
        start = end


def shortened(text: str, limit: int, unit: Unit) -> str:
    """The text; when it is too long, its first sentences or else words, and "…"."""
    if size(text, unit) <= limit:
        return text
    end = _reach(text, 0, limit - 1, unit)
    sentences = _SENTENCES.match(text[:end])
    if sentences and sentences.end() >= end / 2:
        return f"{sentences[0]} …"
    return f"{text[: _word_end(text, 0, end)].rstrip()}…"


def _end(text: str, start: int, limit: int, unit: Unit) -> int:
    end = max(start + 1, _reach(text, start, limit, unit))
    if end == len(text):
        return end
    gaps = (text.rfind(gap, start, end + len(gap)) for gap in ("\n\n", "\n"))
    return next((at for at in gaps if at > start), None) or _word_end(text, start, end)


def _reach(text: str, start: int, limit: int, unit: Unit) -> int:
    """The end of the longest piece from `start` that is no longer than the limit."""
    end = max(start, min(len(text), start + limit))
    while size(text[start:end], unit) > limit:
        end -= (size(text[start:end], unit) - limit + 1) // 2
    return end


def _word_end(text: str, start: int, end: int) -> int:
    """The last end of a word up to `end`, else of a character as it is read."""
    places = range(end, start, -1)
    words = (at for at in places if text[at].isspace() and text[at] not in UNBROKEN)
    characters = (at for at in places if not _continues(text, start, at))
    return next(words, None) or next(characters, end)


def _continues(text: str, start: int, at: int) -> bool:
    """Whether the code point belongs to the character before it, in a text read from `start`."""
    if category(text[at])[0] == "M" or _EXTENDS.match(text[at]) or text[at - 1] == JOINER:
        return True
    letters = takewhile(lambda place: ord(text[place]) in FLAGS, range(at - 1, start - 1, -1))
    return ord(text[at]) in FLAGS and sum(1 for _ in letters) % 2 == 1
