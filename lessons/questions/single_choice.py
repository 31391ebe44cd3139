"""Single choice: one right option among two to eight, shown in an order of the learner's own."""

from dataclasses import dataclass
from typing import ClassVar, Self

from lessons.chance import mixed
from lessons.course import Block, Marked, Miswritten, More, Option, Shown
from lessons.typed import LETTERS, chosen

EXAMPLE = """
### q1 · single choice

What does a generative assistant do?

- [x] It writes an answer
- [ ] It looks an answer up
  - misconception: ai-is-a-legal-database
  - feedback: This option takes the assistant for a database of texts.

> It writes an answer, word by word.
"""


@dataclass(frozen=True, slots=True)
class SingleChoice:
    block: Block
    NAMES: ClassVar = ("một lựa chọn", "single choice", "choix unique")
    typed: ClassVar = False

    @classmethod
    def read(cls, block: Block) -> Self:
        if not 2 <= len(block.options) <= len(LETTERS):
            raise Miswritten(
                block.line, f"needs 2 to {len(LETTERS)} options: write each as '- [ ] …'"
            )
        if sum(option.right for option in block.options) != 1:
            raise Miswritten(block.line, "needs exactly one right option: mark it with '- [x]'")
        return cls(block)

    @property
    def guess(self) -> float:
        return 1 / len(self.block.options)

    def _order(self, seed: int) -> tuple[Option, ...]:
        return mixed(self.block.options, seed)

    def _right(self, seed: int) -> int:
        return [option.right for option in self._order(seed)].index(True)

    def show(self, seed: int) -> Shown:
        pairs = list(zip(LETTERS, self._order(seed), strict=False))
        lines = [f"{letter}. {option.text}" for letter, option in pairs]
        buttons = tuple((letter, letter) for letter, _ in pairs)
        return Shown("\n".join([self.block.prompt, "", *lines]), buttons)

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        del so_far  # an answer has one step
        options = self._order(seed)
        index = chosen(text, [option.text for option in options])
        if index is None:
            return None
        option = options[index]
        return Marked(float(option.right), option.misconception, option.feedback)

    def solution(self, seed: int) -> tuple[str, ...]:
        return (LETTERS[self._right(seed)],)

    def reveal(self, seed: int) -> str:
        right = self._right(seed)
        return f"{LETTERS[right]}. {self._order(seed)[right].text}"
