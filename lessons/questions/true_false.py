"""True or false: one statement, two options that always stand in the same order."""

from dataclasses import dataclass
from typing import ClassVar, Self

from lessons.course import Block, Marked, Miswritten, More, Shown
from lessons.texts import languages, words
from lessons.typed import bare, chosen, fold, understood

EXAMPLE = """
### q1 · true or false

A fluent answer is a right answer.

- [ ] True
  - misconception: fluency-means-truth
  - feedback: This option takes fluency for truth.
- [x] False

> False. Fluent sentences may still be wrong.
"""

KEYS = ("true", "false")
VALUES = ("A", "B")


@dataclass(frozen=True, slots=True)
class TrueFalse:
    block: Block
    NAMES: ClassVar = ("đúng sai", "true or false", "vrai ou faux")
    typed: ClassVar = False

    @classmethod
    def read(cls, block: Block) -> Self:
        pairs = [
            tuple(words(each, f"question.typed.{key}")[0] for key in KEYS) for each in languages()
        ]
        if tuple(option.text.lower() for option in block.options) not in pairs:
            known = ", ".join(f"'{true}' and '{false}'" for true, false in pairs)
            raise Miswritten(
                block.line, f"needs two options in this order: write '- [ ] …' with {known}"
            )
        if sum(option.right for option in block.options) != 1:
            raise Miswritten(block.line, "needs exactly one right option: mark it with '- [x]'")
        return cls(block)

    @property
    def guess(self) -> float:
        return 0.5

    def show(self, seed: int) -> Shown:
        del seed  # true stands before false for everyone
        labels = (option.text for option in self.block.options)
        return Shown(self.block.prompt, tuple(zip(VALUES, labels, strict=True)))

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        del so_far, seed
        options = self.block.options
        holds = _holds(fold(" ".join(bare(text))))
        index = chosen(text, [option.text for option in options]) if holds is None else not holds
        if index is None:
            return None
        option = options[index]
        return Marked(float(option.right), option.misconception, option.feedback)

    def solution(self, seed: int) -> tuple[str, ...]:
        return (self.reveal(seed),)

    def reveal(self, seed: int) -> str:
        del seed
        return next(option.text for option in self.block.options if option.right)


def _holds(said: str) -> bool | None:
    """Whether folded words call a statement true ("not false" does); None if they do neither."""
    if said in understood("true"):
        return True
    if said in understood("false"):
        return False
    first, _, rest = said.partition(" ")
    denied = _holds(rest) if rest and first in understood("denials") else None
    return None if denied is None else not denied
