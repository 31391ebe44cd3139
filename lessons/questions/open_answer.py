"""Open answer: a few sentences are typed, then the learner compares them with a good answer."""

from dataclasses import dataclass
from typing import ClassVar, Self

from lessons.course import Block, Marked, Miswritten, More, Shown
from lessons.texts import say
from lessons.typed import chosen, clean, fold

EXAMPLE = """
### q1 · open answer

How is a summary of a bill checked?

- [x] The source is opened
- [x] Figures and dates are compared
- misconception: fluency-means-truth
- feedback: This answer trusts the summary without its source.

> The source is opened, then figures and dates are compared.
"""

KEPT = 1000  # characters of the answer that are kept until it is compared
GRADES = (("all", 1.0), ("some", 0.5), ("none", 0.0))
VALUES = tuple(f"+{grade}" for grade, _ in GRADES)


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    block: Block
    NAMES: ClassVar = ("tự luận", "open answer", "réponse libre")
    typed: ClassVar = True

    @classmethod
    def read(cls, block: Block) -> Self:
        if not block.options:
            raise Miswritten(
                block.line, "needs the points of a good answer: write each as '- [x] …'"
            )
        for option in block.options:
            if not option.right:
                raise Miswritten(
                    option.line,
                    "an open answer has no wrong options: write a point as '- [x] …', "
                    "or take it out",
                )
        return cls(block)

    @property
    def guess(self) -> float:
        return 0.0

    def _say(self, key: str, **values: str) -> str:
        return say(self.block.language, f"question.{key}", **values)

    def show(self, seed: int) -> Shown:
        del seed
        return Shown(f"{self.block.prompt}\n\n{self._say('open_hint')}")

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """First the answer, then how many of the points it had; an empty text repeats the step."""
        del seed
        if so_far:
            return self._grade(text) if text else self._more(so_far[0])
        answer = clean(text)
        return self._more(answer) if fold(answer) and text not in VALUES else None

    def _labels(self) -> tuple[str, ...]:
        return tuple(self._say(grade) for grade, _ in GRADES)

    def _more(self, answer: str) -> More:
        points = "\n".join(f"• {option.text}" for option in self.block.options)
        buttons = tuple(zip(VALUES, self._labels(), strict=True))
        return More((answer[:KEPT],), Shown(self._say("compare", points=points), buttons))

    def _grade(self, text: str) -> Marked | None:
        index = VALUES.index(text) if text in VALUES else chosen(text, self._labels())
        if index is None:
            return None
        score = GRADES[index][1]
        if score == 1:
            return Marked(1.0)
        return Marked(score, self.block.misconception, self.block.feedback)

    def solution(self, seed: int) -> tuple[str, ...]:
        return (self.reveal(seed), "1")

    def reveal(self, seed: int) -> str:
        del seed
        return say(self.block.language, "question.joint").join(
            option.text for option in self.block.options
        )
