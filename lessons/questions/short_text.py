"""Short text: a few words are typed; what contains an accepted answer is right."""

from dataclasses import dataclass
from typing import ClassVar, Self

from lessons.course import Block, Marked, Miswritten, More, Option, Shown
from lessons.typed import clean, fold, mentioned
from lessons.typed_numbers import same_day

EXAMPLE = """
### q1 · short text

Only which kind of document may be given to a public assistant?

- [x] public / published
- [ ] internal
  - misconception: internal-is-harmless
  - feedback: This answer takes what is internal for harmless.
- misconception: any-document-will-do
- feedback: This answer names another kind of document.

> Only a public document, one that has been published.
"""

BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class ShortText:
    block: Block
    NAMES: ClassVar = ("trả lời ngắn", "short text", "réponse courte")
    typed: ClassVar = True

    @classmethod
    def read(cls, block: Block) -> Self:
        if not any(option.right for option in block.options):
            raise Miswritten(block.line, "needs an accepted answer: write it as '- [x] …'")
        for option in block.options:
            if not all(fold(spelling) for spelling in option.text.split(BETWEEN)):
                raise Miswritten(
                    option.line,
                    f"'{option.text}' has a spelling without letters or digits: "
                    "write words between the ' / '",
                )
        return cls(block)

    @property
    def guess(self) -> float:
        return 0.0

    def show(self, seed: int) -> Shown:
        del seed
        return Shown(self.block.prompt)

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """Right when an accepted answer was said and no wrong one; None when there are no words."""
        del so_far, seed
        text = clean(text)
        if not fold(text):
            return None
        said = self._dated(text) or self._worded(text)
        option = next((option for option in said if not option.right), said[0] if said else None)
        if option is None:
            return Marked(0.0, self.block.misconception, self.block.feedback)
        return Marked(float(option.right), option.misconception, option.feedback)

    def _spellings(self) -> list[tuple[Option, str]]:
        by_right = sorted(self.block.options, key=lambda option: not option.right)
        return [(each, spelling) for each in by_right for spelling in each.text.split(BETWEEN)]

    def _dated(self, text: str) -> list[Option]:
        return [option for option, spelling in self._spellings() if same_day(text, spelling)]

    def _worded(self, text: str) -> list[Option]:
        spellings = self._spellings()
        found = mentioned(text, [spelling for _, spelling in spellings], self.block.prompt)
        return [spellings[index][0] for index in found]

    def solution(self, seed: int) -> tuple[str, ...]:
        return (self.reveal(seed),)

    def reveal(self, seed: int) -> str:
        del seed
        return self._spellings()[0][1]
