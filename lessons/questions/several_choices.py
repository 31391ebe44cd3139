"""Several choices: two or more right options; letters typed at once, or chosen one by one."""

from dataclasses import dataclass
from typing import ClassVar, Self

from lessons.chance import mixed
from lessons.course import Block, Marked, Miswritten, More, Option, Shown
from lessons.texts import say
from lessons.typed import LETTERS, same, several

EXAMPLE = """
### q1 · several choices

What may be given to a public assistant?

- [x] A published bill
- [x] A question of one's own
- [ ] A file marked secret
  - misconception: convenience-beats-secrecy
  - feedback: This option puts convenience above secrecy.

> A published bill and a question of one's own.
"""

DONE = "+done"  # a tapped letter is "+A": a typed "A" is the whole answer


@dataclass(frozen=True, slots=True)
class SeveralChoices:
    block: Block
    NAMES: ClassVar = ("nhiều lựa chọn", "several choices", "choix multiple")
    typed: ClassVar = False

    @classmethod
    def read(cls, block: Block) -> Self:
        if not 2 <= len(block.options) <= len(LETTERS):
            raise Miswritten(
                block.line, f"needs 2 to {len(LETTERS)} options: write each as '- [ ] …'"
            )
        if sum(option.right for option in block.options) < 2:
            raise Miswritten(
                block.line,
                "needs two or more right options: mark each with '- [x]', "
                "or make it a single choice",
            )
        return cls(block)

    @property
    def guess(self) -> float:
        return 1 / ((1 << len(self.block.options)) - 1)

    def _order(self, seed: int) -> tuple[Option, ...]:
        return mixed(self.block.options, seed)

    def _letters(self) -> str:
        return LETTERS[: len(self.block.options)]

    def _say(self, key: str, **values: str) -> str:
        return say(self.block.language, f"question.{key}", **values)

    def _buttons(self) -> tuple[tuple[str, str], ...]:
        letters = tuple((f"+{letter}", letter) for letter in self._letters())
        return (*letters, (DONE, self._say("done")))

    def show(self, seed: int) -> Shown:
        options = zip(LETTERS, self._order(seed), strict=False)
        lines = [f"{letter}. {option.text}" for letter, option in options]
        hint = self._say("several_hint", done=self._say("done"))
        return Shown("\n".join([self.block.prompt, "", *lines, "", hint]), self._buttons())

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """A typed text is the whole answer, a tap one step; an empty text repeats the step."""
        if so_far and not text:
            return self._more(so_far)
        if text in {f"+{letter}" for letter in self._letters()}:
            return self._more(tuple(sorted(set(so_far) ^ {text[1:]})))
        if text == DONE or (so_far and same(text, self._say("done"))):
            picked = tuple(i for i, letter in enumerate(self._letters()) if letter in so_far)
            return self._mark(picked, seed) if picked else self._more(())
        indices = several(text, [option.text for option in self._order(seed)])
        return self._mark(indices, seed) if indices else None

    def _more(self, letters: tuple[str, ...]) -> More:
        shown = self._say("chosen", chosen=", ".join(letters)) if letters else None
        return More(letters, Shown(shown or self._say("none_chosen"), self._buttons()))

    def _mark(self, indices: tuple[int, ...], seed: int) -> Marked:
        """Each wrong option takes one right one back."""
        picked = [self._order(seed)[index] for index in indices]
        wrong = [option for option in picked if not option.right]
        all_right = sum(option.right for option in self.block.options)
        score = max(0, len(picked) - 2 * len(wrong)) / all_right
        if wrong:
            return Marked(score, wrong[0].misconception, wrong[0].feedback)
        return Marked(score, feedback="" if score == 1 else self._say("incomplete"))

    def _right(self, seed: int) -> list[tuple[str, Option]]:
        options = zip(LETTERS, self._order(seed), strict=False)
        return [(letter, option) for letter, option in options if option.right]

    def solution(self, seed: int) -> tuple[str, ...]:
        return (" ".join(letter for letter, _ in self._right(seed)),)

    def reveal(self, seed: int) -> str:
        return say(self.block.language, "question.joint").join(
            f"{letter}. {option.text}" for letter, option in self._right(seed)
        )
