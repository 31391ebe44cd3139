"""The day of an exam: set by the learner, so that everything is fresh in memory on it."""

from datetime import date

from lessons.dialogue.dates import day_of
from lessons.dialogue.settings import DAY
from lessons.dialogue.turns import Sitting, Turn
from lessons.facts import SettingChanged
from lessons.messages import Choice


def ask(sitting: Sitting) -> Turn:
    """When the exam of the learner's course is; any day ahead may be typed."""
    course, voice = sitting.course, sitting.voice
    if course is None:
        return sitting.says(voice.say("error.no_course"))
    if sitting.learner.consent != "yes":
        return sitting.says(voice.say("exam.needs_consent"))
    known = sitting.learner.exams.get(course.id)
    name = course.id.upper()
    text = voice.say("exam.ask", course=name)
    if known is not None:
        text = voice.say("exam.is", course=name, day=f"{known:{DAY}}")
    return sitting.says(text, (Choice(f"exam:{course.id}:none", voice.say("exam.none")),))


def chosen(sitting: Sitting, value: str) -> Turn:
    """An exam day was set ("c6:2026-12-20") or dropped ("c6:none")."""
    course_id, _, said = value.partition(":")
    voice, day = sitting.voice, _iso(said)
    course = sitting.library.course(course_id)
    if course is None or sitting.learner.consent != "yes":
        return ask(sitting)
    name = course_id.upper()
    exams = {each: on for each, on in sitting.learner.exams.items() if each != course_id}
    fact = SettingChanged(f"exam:{course_id}", said[:40])
    if day is None:
        return sitting.having(exams=exams).says(voice.say("exam.unset", course=name), (), (fact,))
    if day <= sitting.day:
        return sitting.says(voice.say("exam.past"), sitting.learner.offered)
    changed = sitting.having(exams={**exams, course_id: day})
    text = voice.say("exam.set", course=name, day=f"{day:{DAY}}")
    return changed.says(text, sitting.menu("continue", "review"), (fact,))


def typed(sitting: Sitting, text: str) -> str | None:
    """The choice that a typed day means while the day of an exam is asked for."""
    asked = [choice.id for choice in sitting.learner.offered if choice.id.startswith("exam:")]
    day = day_of(text, sitting.day) if asked else None
    return None if day is None else f"{asked[0].removesuffix(':none')}:{day:%Y-%m-%d}"


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
