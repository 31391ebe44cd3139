"""What the look of an option must not give away: its length, and of true or false, its place.

The right option of a single choice may be the longest or the shortest as often as chance makes it
so. Its place in the file does not matter: authors write it first, and every learner sees the
options mixed anew (`lessons/chance.py`; tests/test_course_check_bank.py holds that the places as
shown are even). True and False are shown as they are written, so there the balance is judged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lessons.authoring import Problem, wording
from lessons.course import Course, Option
from lessons.course_check.judge import SINGLE, TRUE_FALSE, kind, length, of_course

LENGTH_DOUBT = 0.05  # one-sided: how unlikely an excess by chance is before it is a problem
PLACE_DOUBT = 0.01  # two-sided
THE_COURSE, THE_BANK = "the course", "the bank"
NAMED = 8  # questions that a message names

Asked = tuple[str, tuple[Option, ...]]  # where it stands ("l1 q1"), and its options


def judged(course: Course) -> Iterator[Problem]:
    for what in _judged({"": course}, THE_COURSE):
        yield Problem(of_course(course).file, 1, what)


def judged_together(courses: Mapping[str, Course]) -> Iterator[Problem]:
    """Reported at the first course, for all of them."""
    for folder, course in list(courses.items())[:1]:
        for what in _judged(courses, THE_BANK):
            yield Problem(of_course(course).file, 1, what).within(folder)


def _judged(courses: Mapping[str, Course], where: str) -> Iterator[str]:
    languages = dict.fromkeys(each for course in courses.values() for each in course.titles)
    for language in languages:
        asked = list(_asked(courses, SINGLE, language))
        for extreme, pick in (("longest", max), ("shortest", min)):
            yield from _extremes(asked, pick, (where, language, extreme))
    yield from _true_or_false(courses, where)


def _asked(courses: Mapping[str, Course], name: str, language: str = "") -> Iterator[Asked]:
    """The questions of a kind, in a language or each course's first one."""
    for folder, course in courses.items():
        for lesson in course.lessons:
            text = lesson.texts.get(language or next(iter(course.titles), ""))
            for question in text.questions if text else ():
                if kind(question) == name:
                    place = " ".join(filter(None, [folder and course.id, lesson.id]))
                    yield f"{place} {question.block.id}", question.block.options


def _extremes(
    asked: Sequence[Asked], pick: Callable[[Iterable[int]], int], said: tuple[str, str, str]
) -> Iterator[str]:
    """Where the right options are the longest (or shortest) ones too often for chance."""
    chances: list[float] = []
    hits: list[str] = []
    for place, options in asked:
        sizes = [length(option.text) for option in options]
        extreme = pick(sizes)
        chances.append(sizes.count(extreme) / len(sizes))
        if any(o.right and size == extreme for o, size in zip(options, sizes, strict=True)):
            hits.append(place)
    p = at_least(chances, len(hits))
    if p < LENGTH_DOUBT:
        where, language, extreme_word = said
        yield wording.OPTIONS_TELL.format(
            where=where,
            language=language,
            extreme=extreme_word,
            count=len(hits),
            total=len(asked),
            expected=f"{sum(chances):.1f}",
            p=shown(p),
            places=_named(hits),
        )


def _true_or_false(courses: Mapping[str, Course], where: str) -> Iterator[str]:
    """True and False are right about equally often: an exact binomial test, on both sides."""
    asked = list(_asked(courses, TRUE_FALSE))
    count = sum(options[0].right for _, options in asked)
    chances = [0.5] * len(asked)
    rarer = min(count, len(asked) - count)
    p = min(1.0, 2 * at_least(chances, len(asked) - rarer)) if asked else 1.0
    if p < PLACE_DOUBT:
        total = len(asked)
        yield wording.TRUE_TELLS.format(where=where, count=count, total=total, p=shown(p))


def _named(places: Sequence[str]) -> str:
    return ", ".join(places[:NAMED]) + (", …" if len(places) > NAMED else "")


def shown(p: float) -> str:
    return f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"


def at_least(chances: Sequence[float], count: int) -> float:
    """P(at least `count` of some independent things happen), each with its chance (0 to 1).

    The Poisson binomial distribution, convolved thing by thing; a binomial where all are equal.
    """
    distribution = [1.0]
    for chance in chances:
        without = [each * (1 - chance) for each in distribution]
        happened = [each * chance for each in distribution]
        distribution = [a + b for a, b in zip([*without, 0.0], [0.0, *happened], strict=True)]
    return min(1.0, sum(distribution[max(0, count) :]))
