"""A link with a one-time code was followed into this chat: asked first, then joined or not."""

import re

from lessons.dialogue.places import show
from lessons.dialogue.turns import Sitting, Turn, WantsJoin, led
from lessons.messages import Choice, Heard

FOLLOWED = re.compile(r"/start ([A-Z0-9]{8})")


def code_of(heard: Heard) -> str | None:
    """The code of a link that was followed, as a messenger hands it over."""
    found = FOLLOWED.fullmatch(heard.text) if heard.medium == "text" else None
    return found[1] if found else None


def ask(sitting: Sitting, code: str) -> Turn:
    """Anybody can make somebody follow a link, so nothing is joined unasked."""
    voice = sitting.voice
    parts = [voice.say("link.ask", code=code)]
    if sitting.learner.consent == "yes":
        parts.append(voice.say("link.replace"))
    yes, no = Choice(f"join:{code}", voice.say("link.yes")), Choice("join:no", voice.say("link.no"))
    return sitting.says(" ".join(parts), (yes, no))


def answered(sitting: Sitting, value: str) -> Turn:
    """Joined only by the button that was just offered; a button of long ago asks again."""
    if value == "no":
        return led(sitting.voice.say("link.not_joined"), show(sitting))
    if all(choice.id != f"join:{value}" for choice in sitting.learner.offered):
        return ask(sitting, value)
    return Turn(sitting.learner, wants=WantsJoin(value))


def refused(sitting: Sitting) -> Turn:
    return led(sitting.voice.say("link.invalid"), show(sitting))
