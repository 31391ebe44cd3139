"""The last answer taken back: a slip of the thumb is no knowledge lost."""

from datetime import timedelta

from lessons.dialogue.places import show
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import Undone
from lessons.learner import Asked

SOON = timedelta(hours=1)  # afterwards the answer stands


def undone(sitting: Sitting) -> Turn:
    """The question of the last answer is put again; memory stands as before it."""
    before, voice = sitting.learner.before, sitting.voice
    if not isinstance(before, Asked) or sitting.now - before.asked_at > SOON:
        return sitting.says(voice.say("undo.nothing"), sitting.learner.offered)
    back = sitting.having(before=None).entering(before)
    return led(voice.say("undo.done"), show(back), (Undone(before.item),))
