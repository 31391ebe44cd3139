"""Number: a figure, a number word or a date is typed; some answers have a tolerance."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from lessons.course import Block, Marked, Miswritten, More, Option, Shown
from lessons.texts import say
from lessons.typed_numbers import date, readings, same_day

EXAMPLE = """
### q1 · number

In which year did the law enter into force?

- [x] 2026
- [ ] 2025
  - misconception: enacted-is-in-force
  - feedback: This is the year in which the law was passed.

> It has been in force since 2026.
"""

ANSWER = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?)(?:\s*(?:±|\+/?-)\s*([0-9]+(?:[.,][0-9]+)?))?")
UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Number:
    block: Block
    NAMES: ClassVar = ("số", "number", "nombre")
    typed: ClassVar = True

    @classmethod
    def read(cls, block: Block) -> Self:
        if not any(option.right for option in block.options):
            raise Miswritten(block.line, "needs the right number: write it as '- [x] 2026'")
        for option in block.options:
            _check(option)
        return cls(block)

    @property
    def guess(self) -> float:
        return 0.0

    def show(self, seed: int) -> Shown:
        del seed
        return Shown(self.block.prompt)

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """Marked; None when no number (or more than one) was typed."""
        del so_far, seed
        if not readings(text) and date(text) is None:
            return None
        by_right = sorted(self.block.options, key=lambda option: not option.right)
        option = next((option for option in by_right if _fits(text, option.text)), None)
        if option is None:
            return Marked(0.0, self.block.misconception, self.block.feedback)
        return Marked(float(option.right), option.misconception, option.feedback)

    def _key(self) -> str:
        return next(option.text for option in self.block.options if option.right)

    def solution(self, seed: int) -> tuple[str, ...]:
        del seed
        return (re.split("±|[+]", self._key())[0].strip(),)

    def reveal(self, seed: int) -> str:
        if date(self._key()):
            return self._key()
        sign = say(self.block.language, "question.decimal_sign")
        return re.sub("[.,]", sign, self.solution(seed)[0])


def _check(option: Option) -> None:
    if date(option.text):
        return
    answer = ANSWER.fullmatch(option.text.strip())
    if answer is None:
        raise Miswritten(
            option.line,
            f"'{option.text}' is not a number: write '2026', '37.5', '37.5 ± 0.5' "
            "or a date such as '01/01/2026'",
        )
    if UNCLEAR.fullmatch(answer[1]):
        plain, longer = re.sub("[.,]", "", answer[1]), f"{answer[1]}0"
        raise Miswritten(
            option.line,
            f"'{answer[1]}' can be read in two ways: write '{plain}', or '{longer}'",
        )


def _fits(text: str, answer: str) -> bool:
    """A date fits the same date and its year; a number fits within the tolerance."""
    if date(answer):
        return same_day(text, answer)
    figure, _, margin = re.sub(r"±|\+/?-", "±", answer.replace(",", ".")).partition("±")
    key, tolerance = Decimal(figure.strip()), Decimal(margin.strip() or 0)
    day = date(text)
    if day and FIRST_YEAR <= key <= LAST_YEAR:
        return day.year == key
    return any(abs(value - key) <= tolerance for value in readings(text))
