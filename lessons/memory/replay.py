"""From the log of answers to memory: what is stored can be computed anew, and is, when parameters
change or an answer is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lessons.memory.card import RETENTION, Card, Grade, review
from lessons.memory.fsrs6 import DEFAULTS, Parameters


@dataclass(frozen=True, slots=True)
class Logged:
    """An answer as it stands in the practice ledger; `grade` is 0 for a try that was not the last.

    `anew`: the item's key had changed, and its memory began with this answer. `due` is the day it
    was given then, None where that was not written down yet.
    """

    item: str
    day: date
    grade: int
    version: int = 0
    kind: str = ""
    anew: bool = False
    due: date | None = None
    brought: Card | None = None  # no answer, but what memory had when the log began


def taken_back(log: Sequence[Logged], item: str) -> list[Logged]:
    """The log without the last answer to an item."""
    for place in reversed(range(len(log))):
        if log[place].item == item and log[place].brought is None:
            return [*log[:place], *log[place + 1 :]]
    return list(log)


def replayed(log: Iterable[Logged], w: Parameters = DEFAULTS) -> Mapping[str, Card]:
    """Every item's card as the log leads to it; due on the day that was given with the last answer,
    whatever the load of that time was."""
    cards: dict[str, Card] = {}
    for answer in log:
        if answer.brought is not None:
            cards[answer.item] = answer.brought
        if not answer.grade:
            continue
        before = None if answer.anew else cards.get(answer.item)
        card = review(before, Grade(answer.grade), answer.day, RETENTION, w)
        due = max(answer.due or card.due, card.last)
        cards[answer.item] = replace(card, due=due, version=answer.version)
    return cards
