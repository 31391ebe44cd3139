"""The end of a lesson, with one thing to do now, and the end of a review."""

from collections.abc import Mapping
from datetime import date

from lessons.dialogue import placed
from lessons.dialogue.settings import ask_form, ask_reminder
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import LessonFinished
from lessons.learner import Asked, Resting
from lessons.messages import Choice

ASKED_UNTIL = 2  # lessons: form of address and reminder time are asked after the first ones only


def end(sitting: Sitting, place: Asked) -> Turn:
    """The session is over: what was reached, and what comes next."""
    if place.placing is not None:
        return placed.end(sitting, place)
    return _lesson_end(sitting, place) if place.lesson else _review_end(sitting, place)


def rest_buttons(sitting: Sitting) -> tuple[Choice, ...]:
    """Where nothing is pending: the next lesson, or a pause."""
    voice = sitting.voice
    onward = Choice("c:continue", voice.say("lesson.next_lesson"))
    return (onward, Choice("c:rest", voice.say("lesson.rest")))


def _lesson_end(sitting: Sitting, place: Asked) -> Turn:
    at = sitting.library.lesson(f"{place.course}/{place.lesson}", place.version)
    assert at is not None
    course, lesson = at
    voice, text = sitting.voice, lesson.text(sitting.learner.language)
    path = f"{course.id}/{lesson.id}"
    done = tuple(dict.fromkeys((*sitting.learner.done, path)))
    rested = sitting.having(done=done, finished_on=_to_ask_about(sitting, path))
    rested = rested.entering(place.after or Resting())
    parts = [
        voice.say(
            "lesson.end", number=course.number(lesson.id), right=len(place.right), total=place.total
        ),
        voice.say("lesson.action", action=text.action),
    ]
    if text.claims:
        secondary = any(claim.mark == "G" for claim in text.claims)
        hints = ["lesson.sources_secondary"] * secondary + ["lesson.sources_hint"]
        parts.append(" ".join(voice.say(key) for key in hints))
    if rested.finished(course):
        count, name = len(course.lessons), course.id.upper()
        parts.append(voice.say("lesson.course_done", count=count, course=name))
    fact = LessonFinished(course.id, course.version, lesson.id, len(place.right), place.total)
    onward = _what_next(rested, rested.one_page(course) if rested.finished(course) else ())
    return led("\n\n".join(parts), onward, (fact,))


def _to_ask_about(sitting: Sitting, path: str) -> Mapping[str, date]:
    """The lessons that are to be asked about later, with this one if it is finished for the first
    time (dialogue/follow_up.py)."""
    learner = sitting.learner
    if learner.consent != "yes" or path in learner.done:
        return learner.finished_on
    return {**learner.finished_on, path: sitting.day}


def _what_next(sitting: Sitting, more: tuple[Choice, ...]) -> Turn:
    """What is still to be asked of the person, else the way on, and more beside it."""
    learner = sitting.learner
    if len(learner.done) <= ASKED_UNTIL:
        if learner.consent == "yes" and not learner.remind_asked:
            return ask_reminder(sitting)
        if not learner.form_asked:
            return ask_form(sitting)
    return Turn(learner, sitting.says("", (*more, *rest_buttons(sitting))).says)


def _review_end(sitting: Sitting, place: Asked) -> Turn:
    voice = sitting.voice
    text = voice.say("review.end", right=len(place.right), total=place.total)
    more: tuple[Choice, ...] = ()
    if place.waiting:
        text = f"{text} {voice.say('review.more', count=place.waiting)}"
        more = (Choice("c:review", voice.say("review.onward")),)
    rested = sitting.entering(place.after or Resting())
    if place.after is None:
        return rested.says(text, (*more, *rest_buttons(rested)))
    return rested.says(
        f"{text} {voice.say('review.back_to_lesson')}",
        (*more, Choice("c:continue", voice.say("menu.continue"))),
    )
