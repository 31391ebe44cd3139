"""Matching: three to five pairs, typed as "1c 2a 3b" or chosen one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from math import factorial
from typing import ClassVar, Self

from lessons.chance import mixed
from lessons.course import Block, Marked, Miswritten, More, Shown
from lessons.texts import say
from lessons.typed import LETTERS, chosen, clean, fold, paired

EXAMPLE = """
### q1 · matching

Which tool for which work?

- The wording of an article of law → The database of laws
- A draft outline → An assistant
- The state of an application → The service portal
- misconception: one-tool-does-everything
- feedback: This matching uses one tool for everything.

> Law: the database of laws; an outline: an assistant; an application: the service portal.
"""

FEWEST, MOST = 3, 5


@dataclass(frozen=True, slots=True)
class Matching:
    block: Block
    NAMES: ClassVar = ("ghép cặp", "matching", "appariement")
    typed: ClassVar = False

    @classmethod
    def read(cls, block: Block) -> Self:
        if not FEWEST <= len(block.pairs) <= MOST:
            raise Miswritten(
                block.line, f"needs {FEWEST} to {MOST} pairs: write each as '- left → right'"
            )
        for side in zip(*block.pairs, strict=True):
            twice = next((text for text in side if [*map(fold, side)].count(fold(text)) > 1), None)
            if twice:
                raise Miswritten(
                    block.line, f"'{twice}' stands in two pairs: give each left one its own right"
                )
        return cls(block)

    @property
    def guess(self) -> float:
        return 1 / factorial(len(self.block.pairs))

    def _mix(self, seed: int) -> tuple[int, ...]:
        """Whose right sides are shown as a, b, c …; never already beside their left ones."""
        pairs = range(len(self.block.pairs))
        tries = (mixed(pairs, each) for each in count(seed))
        return next(mix for mix in tries if mix != tuple(pairs))

    def _rights(self, seed: int) -> list[str]:
        return [self.block.pairs[pair][1] for pair in self._mix(seed)]

    def _buttons(self, so_far: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        letters = LETTERS[: len(self.block.pairs)]
        return tuple((f"+{each}", each.lower()) for each in letters if each not in so_far)

    def show(self, seed: int) -> Shown:
        lefts = [f"{n}. {left}" for n, (left, _) in enumerate(self.block.pairs, 1)]
        letters = LETTERS[: len(lefts)].lower()
        rights = [f"{a}. {text}" for a, text in zip(letters, self._rights(seed), strict=True)]
        example = _written(range(len(lefts)))  # never right: the right column is mixed
        hint = say(self.block.language, "question.matching_hint", example=example)
        lines = [self.block.prompt, "", *lefts, "", *rights, "", hint]
        return Shown("\n".join(lines), self._buttons(()))

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """All pairs or the next one; an empty text repeats the step."""
        if so_far and not text:
            return self._more(so_far)
        rights = self._rights(seed)
        whole = paired(text, len(rights))
        if whole:
            return self._mark(whole, seed)
        buttons = [f"+{letter}" for letter in LETTERS[: len(rights)]]
        right = _right(text, str(len(so_far) + 1))
        index = buttons.index(text) if text in buttons else chosen(right, rights)
        return None if index is None else self._step(LETTERS[index], so_far, seed)

    def _step(self, letter: str, so_far: tuple[str, ...], seed: int) -> Marked | More:
        """The next left one gets this right one; the last pair makes itself."""
        given = so_far if letter in so_far else (*so_far, letter)
        letters = LETTERS[: len(self.block.pairs)]
        left = [each for each in letters if each not in given]
        if len(left) <= 1:
            return self._mark(tuple(letters.index(each) for each in (*given, *left)), seed)
        return self._more(given)

    def _more(self, given: tuple[str, ...]) -> More:
        pairs = [f"{n} → {each.lower()}" for n, each in enumerate(given, 1)]
        asked = f"{len(given) + 1}. {self.block.pairs[len(given)][0]} → ?"
        return More(given, Shown("\n".join([*pairs, asked]), self._buttons(given)))

    def _mark(self, indices: tuple[int, ...], seed: int) -> Marked:
        """The share of pairs that are right."""
        mix = self._mix(seed)
        score = sum(mix[index] == pair for pair, index in enumerate(indices)) / len(mix)
        if score == 1:
            return Marked(1.0)
        return Marked(score, self.block.misconception, self.block.feedback)

    def solution(self, seed: int) -> tuple[str, ...]:
        mix = self._mix(seed)
        return (_written(mix.index(pair) for pair in range(len(mix))),)

    def reveal(self, seed: int) -> str:
        del seed
        return say(self.block.language, "question.joint").join(
            f"{left} → {right}" for left, right in self.block.pairs
        )


def _written(rights: Iterable[int]) -> str:
    """The letter of each left one, in a row: 1c 2a 3b."""
    return " ".join(f"{n}{LETTERS[index].lower()}" for n, index in enumerate(rights, 1))


def _right(text: str, asked: str) -> str:
    """What was typed for one left side: "1c" is "c" when 1 is asked; a number is no right side."""
    label = fold(clean(text)).removeprefix(asked).strip()
    if len(label) > 1:
        return text
    return label if label.isalpha() else ""
