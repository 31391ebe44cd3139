"""What a lesson was good for: asked once, days later, below the first message of a session."""

from dataclasses import replace
from datetime import timedelta

from lessons.dialogue.meaning import meaning
from lessons.dialogue.places import show
from lessons.dialogue.turns import Sitting, Turn, WantsReview, led
from lessons.dialogue.tutor import beside
from lessons.facts import Used
from lessons.learner import Arriving, Consenting
from lessons.messages import Choice, Heard

AFTER = timedelta(days=3)  # from the end of a lesson
SILENCE = timedelta(minutes=30)  # after it a message begins another session
ANSWERS = {"yes": "used", "no": "not_yet", "unfit": "unfit"}  # ":yes" and ":no" are heard as such
ONWARD = ("continue", "next", "start", "review", "fine")  # to study, not to look something up


def begins(sitting: Sitting) -> bool:
    """Whether a study session begins with this message; before `active_at` knows of it."""
    last = sitting.learner.active_at
    return last is None or sitting.now - last > SILENCE


def added(sitting: Sitting, heard: Heard, done: Turn) -> Turn:
    """The turn that begins a session, with the question below it if there is a lesson to ask about:
    the one finished first. It is asked about no more, whatever becomes of it."""
    learner = done.learner
    ripe = [
        path
        for path, on in learner.finished_on.items()
        if sitting.day - on >= AFTER and sitting.library.lesson(path)
    ]
    if not ripe or learner.consent != "yes" or isinstance(learner.place, Arriving | Consenting):
        return done
    meant = meaning(sitting, heard)
    if meant.sort not in ("tap", "command") or meant.what.removeprefix("c:") not in ONWARD:
        return done
    left = {path: on for path, on in learner.finished_on.items() if path != ripe[0]}
    done = replace(done, learner=replace(learner, finished_on=left))
    if isinstance(done.wants, WantsReview):
        return replace(done, wants=WantsReview(ripe[0]))
    return done if done.wants else asking_about(sitting, done, ripe[0])


def asking_about(sitting: Sitting, done: Turn, path: str) -> Turn:
    """The turn with the question below its last message; the message's own buttons stay first."""
    at = sitting.library.lesson(path)
    if at is None:
        return done
    voice, title = sitting.voice, at[1].text(sitting.learner.language).title
    *before, last = done.says
    text = f"{last.text}\n\n{voice.say('follow_up.ask', title=title)}"
    choices = tuple(
        Choice(f"used:{path}:{answer}", voice.say(f"follow_up.{key}"))
        for answer, key in ANSWERS.items()
    )
    asked = replace(last, text=text, choices=(*last.choices, *choices))
    return replace(done, says=(*before, asked))


def answered(sitting: Sitting, value: str) -> Turn:
    """Recorded beside what is under way. A button of long ago is past."""
    path, _, answer = value.partition(":")
    if answer not in ANSWERS or all(c.id != f"used:{value}" for c in sitting.learner.offered):
        return led(sitting.voice.say("asking.past"), show(sitting))
    return beside(sitting, sitting.voice.say("follow_up.thanks"), (), Used(path, ANSWERS[answer]))
