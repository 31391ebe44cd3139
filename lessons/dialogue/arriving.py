"""The first minute: who is speaking, the three languages, and consent as an equal choice."""

from lessons.dialogue.lesson import begin_next
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import Consented
from lessons.learner import Consenting
from lessons.messages import Choice, Said
from lessons.texts import languages, say

CONSENT_TEXT = 2  # the version of [consent] in the text files: raise it when their meaning changes


def greet(sitting: Sitting) -> Turn:
    """Two messages: what the tutor is, with the languages; and the question of consent."""
    at = sitting.having(place=Consenting())
    names = tuple(Choice(f"lang:{lang}", say(lang, "language.name")) for lang in languages())
    hello = Said(at.voice.say("greeting.hello"), names)
    return Turn(at.learner, (hello, *ask_consent(at).says))


def ask_consent(sitting: Sitting, lead: str = "consent.ask") -> Turn:
    voice = sitting.voice
    choices = (
        Choice("consent:yes", voice.say("consent.yes")),
        Choice("consent:no", voice.say("consent.no")),
    )
    return sitting.says(voice.say(lead), choices)


def consented(sitting: Sitting, platform: str) -> Turn:
    """Answers may be kept from now on; on to the first lesson, or on where the learner is."""
    if sitting.learner.consent == "yes":
        return sitting.says(sitting.voice.say("consent.agreed_already"), sitting.learner.offered)
    fact = Consented(CONSENT_TEXT, sitting.learner.language, platform)
    arriving = isinstance(sitting.learner.place, Consenting)
    agreed = sitting.having(consent="yes")
    if arriving:
        return led(agreed.voice.say("consent.agreed"), begin_next(agreed), (fact,))
    text = agreed.voice.say("consent.agreed_now")
    return agreed.says(text, sitting.learner.offered, (fact,))


def declined(sitting: Sitting) -> Turn:
    """Learning goes on and nothing is kept."""
    if sitting.learner.consent == "no":
        return sitting.says(sitting.voice.say("consent.refused_already"), sitting.learner.offered)
    refused = sitting.having(consent="no")
    return led(refused.voice.say("consent.refused"), begin_next(refused))
