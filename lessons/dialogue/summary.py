"""A course on one page: its summary and the boxes to tick, asked for or offered at its end."""

from lessons.dialogue.commands import listed
from lessons.dialogue.lesson import guarding
from lessons.dialogue.turns import Sitting, Turn
from lessons.messages import Choice
from lessons.typed import fold


def asked(sitting: Sitting) -> Turn:
    """The one page of the learner's course."""
    course = sitting.course
    if course is None:
        return sitting.says(sitting.voice.say("error.no_course"))
    return show(sitting, course.id)


def show(sitting: Sitting, course_id: str) -> Turn:
    """The one page of a course; the place stays where it is."""
    course = sitting.library.course(course_id, sitting.version(course_id))
    page = None if course is None else course.summary(sitting.learner.language)
    others = tuple(each for each in _buttons(sitting) if each.id != f"summary:{course_id}")
    choices = (*sitting.menu("continue"), *others)
    if page is None:
        text = sitting.voice.say("summary.none", course=course_id.upper()[:16])
        return sitting.says(text, choices)
    boxes = [sitting.voice.say("summary.box", text=box) for box in page.boxes]
    checklist = "\n".join((sitting.voice.say("summary.checklist"), *boxes))
    text = "\n\n".join((page.title, page.text, checklist))
    return guarding(course, sitting.headed(page.title, text, choices))


def typed(sitting: Sitting, text: str) -> str | None:
    """The button that "tóm tắt C4" means: a word for the summary, and a course."""
    said, _, name = fold(text).rpartition(" ")
    words = listed(sitting.learner.language, "commands.summary")
    known = any(course.id == name for course in sitting.library.newest())
    return f"summary:{name}" if known and said in words else None


def _buttons(sitting: Sitting) -> list[Choice]:
    """The pages of all courses that have one."""
    language = sitting.learner.language
    having = (course for course in sitting.library.newest() if course.summary(language))
    return [Choice(f"summary:{course.id}", course.id.upper()) for course in having]
