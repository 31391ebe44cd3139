"""The message whose button was tapped shows what was answered, where messages can be changed."""

from dataclasses import replace

from lessons.dialogue import asking
from lessons.dialogue.turns import Sitting, Turn
from lessons.learner import Asked
from lessons.messages import Heard


def closed(before: Sitting, heard: Heard, value: str, done: Turn) -> Turn:
    """The turn that answered a question, with what becomes of the tapped message: the next step of
    an answer takes its place; a whole answer leaves it with the choice made and no buttons."""
    if heard.medium != "tap" or not heard.shown or asking.pending(before) is None:
        return done
    first, place, asked = done.says[0], done.learner.place, asking.show(before).says[0]
    styles = (*first.styles, *asked.styles)
    if isinstance(place, Asked) and place.so_far:
        lead, _, _ = heard.shown.rpartition(asked.text.strip())
        step = asking.show(replace(before, learner=done.learner)).says[0]
        first = replace(first, instead=True, closing=f"{lead}{step.text}", styles=styles)
    else:
        reads = f"{heard.shown}\n\n{_chosen(before, value, right=first.cheer != '')}"
        first = replace(first, closing=reads, styles=styles)
    return replace(done, says=(first, *done.says[1:]))


def _chosen(before: Sitting, value: str, *, right: bool) -> str:
    """The button that was tapped, with a sign when the answer was right."""
    ours = (each for each in before.learner.offered if each.id.partition(":")[2] == value)
    label = next((each.label for each in ours), "")
    return before.voice.say("asking.chosen_right" if right else "asking.chosen", label=label)
