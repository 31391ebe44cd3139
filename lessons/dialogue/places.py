"""Where the learner is, shown again: after an interruption, a change of language, days later."""

from lessons.dialogue import arriving, asking, ending, lesson
from lessons.dialogue.turns import Sitting, Turn
from lessons.learner import Arriving, Asked, Consenting, Reading


def show(sitting: Sitting) -> Turn:
    """The same screen or question as before, or the way on when nothing is pending."""
    place = sitting.learner.place
    match place:
        case Arriving():
            return arriving.greet(sitting)
        case Consenting():
            return arriving.ask_consent(sitting)
        case Reading():
            return lesson.show(sitting, named=True)
        case Asked() if asking.pending(sitting) is not None:
            return asking.show(sitting)
        case Asked():
            return asking.ask(sitting, place)
        case _:
            return sitting.says(sitting.voice.say("rest.idle"), ending.rest_buttons(sitting))
