"""Lessons: begun, read screen by screen, and opened beside what is under way."""

from dataclasses import replace

from lessons.course import Course, Lesson
from lessons.dialogue.asking import ask
from lessons.dialogue.turns import Sitting, Turn, led
from lessons.facts import LessonBegun
from lessons.learner import Asked, Reading, Resting
from lessons.library import item_of
from lessons.messages import Choice


def begin_next(sitting: Sitting) -> Turn:
    """Begin the first lesson of the learner's course that is not finished."""
    course = sitting.course
    if course is None:
        return sitting.says(sitting.voice.say("error.no_course"))
    for lesson in course.lessons:
        if f"{course.id}/{lesson.id}" not in sitting.learner.done:
            return begin(sitting, course, lesson)
    count, name = len(course.lessons), course.id.upper()
    text = sitting.voice.say("lesson.course_done", count=count, course=name)
    choices = (*sitting.menu("review", "courses"), *sitting.one_page(course))
    return sitting.having(place=Resting()).says(text, choices)


def begin(sitting: Sitting, course: Course, lesson: Lesson) -> Turn:
    """The first screen of a lesson. The version begun is the one finished."""
    begun = {**sitting.learner.begun, course.id: course.version}
    at = sitting.having(course=course.id, begun=begun)
    at = at.entering(Reading(course.id, course.version, lesson.id, 0))
    fact = LessonBegun(course.id, course.version, lesson.id)
    return led("", show(at), (fact,))


def show(sitting: Sitting, *, named: bool = False) -> Turn:
    """The screen where the learner is; `named` says which lesson it is on every screen."""
    place = sitting.learner.place
    assert isinstance(place, Reading)
    at = sitting.library.lesson(f"{place.course}/{place.lesson}", place.version)
    if at is None:
        return begin_next(sitting)
    course, lesson = at
    text, voice = lesson.text(sitting.learner.language), sitting.voice
    screen = min(place.screen, len(text.screens) - 1)
    last = screen == len(text.screens) - 1
    label = voice.say("lesson.to_questions" if last else "lesson.next")
    said, onward = text.screens[screen], (sitting.stamped("next", label),)
    if screen == 0 or named:
        named_by = head(sitting, course, lesson)
        done = sitting.headed(named_by, f"{named_by}\n\n{said}", onward)
    else:
        done = sitting.says(said, onward)
    return replace(done, says=(replace(done.says[0], media=text.shows(screen)),))


def head(sitting: Sitting, course: Course, lesson: Lesson) -> str:
    return sitting.voice.say(
        "lesson.head",
        course=course.id.upper(),
        number=course.number(lesson.id),
        count=len(course.lessons),
        title=lesson.text(sitting.learner.language).title,
    )


def onward(sitting: Sitting) -> Turn:
    """The next screen, or after the last one the first question."""
    place = sitting.learner.place
    assert isinstance(place, Reading)
    at = sitting.library.lesson(f"{place.course}/{place.lesson}", place.version)
    if at is None:
        return begin_next(sitting)
    course, lesson = at
    text = lesson.text(sitting.learner.language)
    if place.screen + 1 < len(text.screens):
        return show(sitting.entering(replace(place, screen=place.screen + 1)))
    queue = tuple(item_of(course.id, lesson.id, each.block.id) for each in text.questions)
    return ask(
        sitting,
        Asked(place.course, place.version, place.lesson, queue, sitting.now, total=len(queue)),
    )


def backward(sitting: Sitting) -> Turn | None:
    """The screen before this one, or None on the first."""
    place = sitting.learner.place
    if not isinstance(place, Reading) or place.screen == 0:
        return None
    return show(sitting.entering(replace(place, screen=place.screen - 1)))


def opened(sitting: Sitting, path: str) -> Turn:
    """A whole lesson in one message, to look something up; the place stays where it is."""
    at = sitting.library.lesson(path, sitting.version(path.partition("/")[0]))
    if at is None:
        return sitting.says(sitting.voice.say("lesson.unknown"), sitting.learner.offered)
    course, lesson = at
    text = lesson.text(sitting.learner.language)
    named_by = head(sitting, course, lesson)
    said, choices = "\n\n".join((named_by, *text.screens)), sitting.menu("continue")
    if isinstance(sitting.learner.place, Resting):
        study = Choice(f"lesson:{path}", sitting.voice.say("lesson.study"))
        choices = (study, *choices)
    return guarding(course, sitting.headed(named_by, said, choices))


def guarding(course: Course | None, done: Turn) -> Turn:
    """The turn as it may be passed on: not at all, when its course is protected."""
    if course is None or not course.protected:
        return done
    return replace(done, says=tuple(replace(said, protected=True) for said in done.says))


def list_courses(sitting: Sitting) -> Turn:
    """The courses with their lessons; a number or a button begins one."""
    voice, learner = sitting.voice, sitting.learner
    newest = sitting.library.newest()
    if not newest:
        return sitting.says(voice.say("error.no_course"))
    if len(newest) > 1:
        lines = [
            f"{n}. {course.id.upper()} · {course.title(learner.language)}"
            for n, course in enumerate(newest, 1)
        ]
        choices = tuple(Choice(f"course:{course.id}", course.id.upper()) for course in newest)
        return sitting.says("\n".join((voice.say("progress.courses"), *lines)), choices)
    return list_lessons(sitting, newest[0])


def list_lessons(sitting: Sitting, course: Course) -> Turn:
    language = sitting.learner.language
    course = sitting.library.course(course.id, sitting.version(course.id)) or course
    lines, choices = [f"{course.id.upper()} · {course.title(language)}"], []
    for n, lesson in enumerate(course.lessons, 1):
        path = f"{course.id}/{lesson.id}"
        tick = " ✓" if path in sitting.learner.done else ""
        lines.append(f"{n}. {lesson.text(language).title}{tick}")
        choices.append(Choice(f"lesson:{path}", str(n)))
    return sitting.says("\n".join(lines), tuple(choices))


def sources(sitting: Sitting) -> Turn:
    """Where the facts of a lesson come from: the one under way, else the last one finished."""
    place, done = sitting.learner.place, sitting.learner.done
    here = isinstance(place, Reading | Asked) and place.lesson
    path = f"{place.course}/{place.lesson}" if here else (done[-1] if done else "")  # type: ignore[union-attr]
    at = sitting.library.lesson(path, sitting.version(path.partition("/")[0]))
    voice = sitting.voice
    if at is None or not at[1].text(sitting.learner.language).claims:
        return sitting.says(voice.say("lesson.sources_none"), sitting.learner.offered)
    secondary = f" {voice.say('lesson.secondary')}"
    lines = [
        f"• {claim.text} — {claim.source}{secondary if claim.mark == 'G' else ''}"
        for claim in at[1].text(sitting.learner.language).claims
    ]
    head = voice.say("lesson.sources", number=at[0].number(at[1].id))
    return sitting.says("\n".join((head, *lines)), sitting.learner.offered)
