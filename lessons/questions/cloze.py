"""Cloze: the words for the blanks of a sentence are typed, one after the other."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from lessons.course import Block, Marked, Miswritten, More, Shown
from lessons.texts import say
from lessons.typed import after, clean, fold, mentioned

EXAMPLE = """
### q1 · cloze

An assistant ___ an answer; it does not ___ one up.

1. writes / makes / composes
2. look / search
- misconception: ai-retrieves
- feedback: This answer takes the assistant for a search tool.

> It writes an answer; it does not look one up.
"""

BLANK = re.compile("_{3,}")
BETWEEN = " / "
SEPARATORS = (r"[;\n]", r"/", r",(?!\d)")  # the surest first; 37,5 is one word


@dataclass(frozen=True, slots=True)
class Cloze:
    block: Block
    NAMES: ClassVar = ("điền chỗ trống", "cloze", "texte à trous")
    typed: ClassVar = True

    @classmethod
    def read(cls, block: Block) -> Self:
        blanks, steps = len(BLANK.findall(block.prompt)), len(block.steps)
        if not blanks or blanks != steps:
            raise Miswritten(
                block.line,
                f"has {blanks} blanks and {steps} lines of words: write each blank as '___' "
                "and one line '1. …' for each",
            )
        for number, step in enumerate(block.steps, 1):
            if ";" in step or not all(fold(word) for word in step.split(BETWEEN)):
                raise Miswritten(
                    block.line,
                    f"line {number}. has no words in one place, or a semicolon: "
                    "write words, separated by ' / '",
                )
        return cls(block)

    @property
    def guess(self) -> float:
        return 0.0

    def show(self, seed: int) -> Shown:
        del seed
        count = len(self.block.steps)
        if count == 1:
            return Shown(self.block.prompt)
        hint = say(self.block.language, "question.cloze_hint", count=count)
        return Shown(f"{self.block.prompt}\n\n{hint}")

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """The share of blanks that are filled well; None when no words were typed."""
        del so_far, seed
        text = clean(text)
        if not fold(text):
            return None
        score = self._filled(text) / len(self.block.steps)
        if score == 1:
            return Marked(1.0)
        return Marked(score, self.block.misconception, self.block.feedback)

    def _filled(self, text: str) -> int:
        """How many blanks are right: part by part, or else in the order the words stand."""
        for separator in SEPARATORS:
            parts = [part for part in re.split(separator, text) if fold(part)]
            if len(parts) == len(self.block.steps):
                steps = zip(parts, self.block.steps, strict=True)
                return sum(self._fits(part, step) for part, step in steps)
        return _in_order(text, self.block.steps)

    def _fits(self, part: str, step: str) -> bool:
        return bool(mentioned(part, step.split(BETWEEN), self.block.prompt))

    def solution(self, seed: int) -> tuple[str, ...]:
        return (self.reveal(seed),)

    def reveal(self, seed: int) -> str:
        del seed
        return say(self.block.language, "question.joint").join(
            step.split(BETWEEN)[0] for step in self.block.steps
        )


def _in_order(text: str, steps: tuple[str, ...]) -> int:
    """How many blanks find one of their words behind those of the blank before."""
    filled = 0
    for step in steps:
        rests = [after(text, word) for word in step.split(BETWEEN)]
        found = [rest for rest in rests if rest is not None]
        if found:
            filled, text = filled + 1, max(found, key=len)
    return filled
