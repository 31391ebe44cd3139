"""Ordering: three to six items are put in order, typed as "3 1 2" or chosen one by one."""

from dataclasses import dataclass
from itertools import count, pairwise
from math import factorial
from typing import ClassVar, Self

from lessons.chance import mixed
from lessons.course import Block, Marked, Miswritten, More, Shown
from lessons.texts import say
from lessons.typed import LETTERS, chosen, fold, listed, order

EXAMPLE = """
### q1 · ordering

In which order is a summary checked?

1. Read the summary
2. Open the source
3. Compare the two
- misconception: reading-is-checking
- feedback: This order compares before the source is open.

> Read the summary, open the source, compare the two.
"""

FEWEST, MOST = 3, 6
PARTLY = 0.5  # a wrong order earns at most half: a step out of place breaks a procedure


@dataclass(frozen=True, slots=True)
class Ordering:
    block: Block
    NAMES: ClassVar = ("sắp xếp", "ordering", "classement")
    typed: ClassVar = False

    @classmethod
    def read(cls, block: Block) -> Self:
        if not FEWEST <= len(block.steps) <= MOST:
            raise Miswritten(
                block.line,
                f"needs {FEWEST} to {MOST} items in the right order: write each as '1. …'",
            )
        if len({fold(step) for step in block.steps}) < len(block.steps):
            raise Miswritten(block.line, "has the same item twice: write each item once")
        return cls(block)

    @property
    def guess(self) -> float:
        return 1 / factorial(len(self.block.steps))

    def _mix(self, seed: int) -> tuple[int, ...]:
        """The places of the items as they are shown; never already in order."""
        places = range(len(self.block.steps))
        tries = (mixed(places, each) for each in count(seed))
        return next(mix for mix in tries if mix != tuple(places))

    def _items(self, seed: int) -> list[str]:
        return [self.block.steps[place] for place in self._mix(seed)]

    def _buttons(self, so_far: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        labels = enumerate(LETTERS[: len(self.block.steps)], 1)
        return tuple((f"+{letter}", str(n)) for n, letter in labels if letter not in so_far)

    def show(self, seed: int) -> Shown:
        lines = [f"{n}. {item}" for n, item in enumerate(self._items(seed), 1)]
        example = " ".join(str(n) for n in range(1, len(lines) + 1))  # never right: it is mixed
        hint = say(self.block.language, "question.ordering_hint", example=example)
        return Shown("\n".join([self.block.prompt, "", *lines, "", hint]), self._buttons(()))

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """The whole order or one more step; an empty text repeats the step."""
        items = self._items(seed)
        if so_far and not text:
            return self._more(so_far)
        whole = order(text, len(items)) or listed(text, items)
        if whole and len(set(whole)) == len(items):
            return self._mark(whole, seed)
        buttons = [f"+{letter}" for letter in LETTERS[: len(items)]]
        index = buttons.index(text) if text in buttons else chosen(text, items)
        return None if index is None else self._step(LETTERS[index], so_far, seed)

    def _step(self, letter: str, so_far: tuple[str, ...], seed: int) -> Marked | More:
        """One more item placed; the last one places itself."""
        placed = so_far if letter in so_far else (*so_far, letter)
        letters = LETTERS[: len(self.block.steps)]
        left = [each for each in letters if each not in placed]
        if len(left) <= 1:
            return self._mark(tuple(letters.index(each) for each in (*placed, *left)), seed)
        return self._more(placed)

    def _more(self, placed: tuple[str, ...]) -> More:
        numbers = ", ".join(str(LETTERS.index(each) + 1) for each in placed)
        text = say(self.block.language, "question.placed", placed=numbers)
        return More(placed, Shown(text, self._buttons(placed)))

    def _mark(self, indices: tuple[int, ...], seed: int) -> Marked:
        """1, or else half the share of neighbours that stand the right way round."""
        neighbours = list(pairwise(self._mix(seed)[index] for index in indices))
        rising = sum(first < second for first, second in neighbours)
        if rising == len(neighbours):
            return Marked(1.0)
        score = PARTLY * rising / len(neighbours)
        return Marked(score, self.block.misconception, self.block.feedback)

    def solution(self, seed: int) -> tuple[str, ...]:
        mix = self._mix(seed)
        return (" ".join(str(mix.index(place) + 1) for place in range(len(mix))),)

    def reveal(self, seed: int) -> str:
        del seed
        return " → ".join(self.block.steps)
