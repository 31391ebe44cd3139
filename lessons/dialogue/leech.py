"""A question forgotten again and again: the learner is shown the lesson, the trainer the item."""

from dataclasses import replace

from lessons.dialogue.turns import Sitting, Turn
from lessons.facts import Answered, LeechMet
from lessons.memory import Grade
from lessons.memory.scheduling import is_leech
from lessons.messages import Choice


def lapses(sitting: Sitting, item: str, fact: Answered) -> int:
    """The lapses of an item where the last answer was one too many, else 0."""
    card = sitting.cards.get(item)
    if card is None or fact.grade != Grade.AGAIN or card.last >= sitting.day:
        return 0
    return card.lapses + 1 if is_leech(card.lapses, card.lapses + 1) else 0


def noted(sitting: Sitting, item: str, lapses: int, done: Turn) -> Turn:
    """The turn with a way to the lesson, and the fact that trainers count."""
    first, label = done.says[0], sitting.voice.say("ask.open")
    opening = Choice(f"open:{item.rpartition('/')[0]}", label)
    said = replace(first, choices=(*first.choices, opening))
    facts = (*done.facts, LeechMet(item, lapses))
    return replace(done, says=(said, *done.says[1:]), facts=facts)
