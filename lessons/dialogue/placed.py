"""Inside a placement test: what is asked next, and its end with a suggestion where to begin."""

from dataclasses import replace

from lessons.dialogue.turns import Sitting, Turn
from lessons.facts import Placed
from lessons.learner import Asked, Resting
from lessons.messages import Choice
from lessons.placement import bundled, suggested


def following(sitting: Sitting, place: Asked, echo: int, *, right: bool) -> Asked:
    """The place after an answer; with an empty queue when enough is known, or time is over."""
    known, missed = ((place.item,), ()) if right else ((), (place.item,))
    noted = replace(
        place,
        echo=echo,
        so_far=(),
        right=(*place.right, *known),
        missed=(*place.missed, *missed),
    )
    queue = bundled().left(place.queue[1:], noted.right, noted.missed)
    over = place.placing is not None and sitting.now - place.placing >= bundled().longest
    return replace(noted, queue=() if over else queue)


def end(sitting: Sitting, place: Asked) -> Turn:
    """How it went by domain, for the learner alone, and the course to begin with."""
    voice, language = sitting.voice, sitting.learner.language
    rested = sitting.entering(place.after or Resting())
    onward = rested.menu("continue") if place.after else ()
    lines, open_to = [voice.say("placement.done")], []
    for each in bundled().standings(place.right, place.missed):
        course = sitting.library.course(each.course, sitting.version(each.course))
        if course is None:
            continue
        if not sitting.finished(course):
            open_to.append(each)
        counts = {"right": each.right, "asked": each.asked} if each.right else {}
        key = "domain" if each.right else ("domain_new" if each.asked else "not_asked")
        name, title = course.id.upper(), course.title(language)
        lines.append(voice.say(f"placement.{key}", course=name, title=title, **counts))
    asked = len(place.right) + len(place.missed)
    if not asked:
        return rested.says(voice.say("placement.kept"), (*onward, *rested.menu("courses")))
    first = suggested(open_to)
    fact = Placed("" if first is None else first.course, asked)
    if first is None:
        lines.append(voice.say("placement.all_known"))
        return rested.says("\n".join(lines), (*onward, *rested.menu("courses")), (fact,))
    key = "placement.partly_new" if first.right else "placement.new"
    name = first.course.upper()
    lines.append(voice.say(key, course=name))
    begin = Choice(
        _first_lesson(sitting, first.course), voice.say("placement.begin_with", course=name)
    )
    return rested.says("\n".join(lines), (begin, *onward, *rested.menu("courses")), (fact,))


def _first_lesson(sitting: Sitting, course_id: str) -> str:
    """The button of the first lesson of a course that is not finished."""
    course = sitting.library.course(course_id, sitting.version(course_id))
    assert course is not None
    paths = (f"{course.id}/{lesson.id}" for lesson in course.lessons)
    return f"lesson:{next(path for path in paths if path not in sitting.learner.done)}"
