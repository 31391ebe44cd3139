"""Questions that ask the same twice, in a course or in two courses of a bank.

Compared are the different words, folded, of what a learner reads: the prompt alone and the prompt
with its answers (those that are chosen from); two are alike when they share so many of the words
either has (Jaccard). Measured on two hundred questions in three languages: different ones share up
to 0.58 of the prompt's and 0.45 of all words, those that really ask the same twice 0.62 or 0.55 in
one of the languages. The limits lie between. Of less than eight different words ("2 + 3 = ?")
only the same are alike, and a prompt alone is not compared where it says too little: when it is
that short ("Which one is right?"), and where things are put in order or matched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from lessons.authoring import Problem, wording
from lessons.course import Course, Question
from lessons.course_check.judge import TRUE_FALSE, asked, judge, kind
from lessons.typed import ours

PROMPTS_ALIKE, WHOLE_ALIKE = 0.6, 0.5
LEAST = 8  # different words


@dataclass(frozen=True, slots=True)
class _Asked:
    folder: str
    file: str
    lesson: str
    id: str
    of: str  # the question it is, or whose second form it is
    line: int
    prompt: frozenset[str]
    whole: frozenset[str]


def judged(course: Course) -> Iterator[Problem]:
    yield from _pairs({"": course})


def judged_together(courses: Mapping[str, Course]) -> Iterator[Problem]:
    """Pairs of different courses."""
    yield from _pairs(courses)


def _pairs(courses: Mapping[str, Course]) -> Iterator[Problem]:
    """Each pair once, in the first language that shows it."""
    together = len(courses) > 1
    met: set[tuple[str, ...]] = set()
    for language in dict.fromkeys(each for c in courses.values() for each in c.titles):
        found = [each for folder, c in courses.items() for each in _asked(folder, c, language)]
        for one, other in combinations(found, 2):
            if together and one.folder == other.folder:
                continue
            same = alike(one, other)
            if not same or _forms(one, other):
                continue
            pair = (one.folder, one.lesson, one.id, other.folder, other.lesson, other.id)
            if pair not in met:
                met.add(pair)
                yield _problem(one, other, same)


def _asked(folder: str, course: Course, language: str) -> Iterator[_Asked]:
    for lesson in course.lessons:
        text = lesson.texts.get(language)
        for question in asked(text) if text else ():
            block, file = question.block, judge(course, lesson, language).file
            telling = not (block.steps or block.pairs) or question.typed
            prompt, whole = _words(block.prompt if telling else ""), _words(_read(question))
            of = block.recalls or block.id
            yield _Asked(folder, file, lesson.id, block.id, of, block.line, prompt, whole)


def _read(question: Question) -> str:
    """What a learner reads of a question; the options of true or false say nothing."""
    block = question.block
    if question.typed or kind(question) == TRUE_FALSE:
        return block.prompt
    options = (option.text for option in block.options)
    return " ".join([block.prompt, *options, *block.steps, *(x for p in block.pairs for x in p)])


def _words(text: str) -> frozenset[str]:
    return frozenset(ours(text).split())


def alike(one: _Asked, other: _Asked) -> float:
    """The share of words that two questions have in common, 0 when they are not alike."""
    short = min(len(one.whole), len(other.whole)) < LEAST
    whole = _share(one.whole, other.whole, 1.0 if short else WHOLE_ALIKE)
    if min(len(one.prompt), len(other.prompt)) < LEAST:
        return whole
    return max(whole, _share(one.prompt, other.prompt, PROMPTS_ALIKE))


def _share(words: frozenset[str], others: frozenset[str], least: float) -> float:
    """The Jaccard index, 0 below `least`; by their number alone most pairs are told apart."""
    few, many = len(words), len(others)
    if few > many:
        few, many = many, few
    if not few or few < least * many:
        return 0.0
    both = len(words & others)
    share = both / (few + many - both)
    return share if share >= least else 0.0


def _forms(one: _Asked, other: _Asked) -> bool:
    """One question in two forms."""
    return (one.folder, one.lesson, one.of) == (other.folder, other.lesson, other.of)


def _problem(one: _Asked, other: _Asked, same: float) -> Problem:
    place = f"{one.folder}/{one.file}" if one.folder else one.file
    share = round(100 * same)
    what = wording.ALIKE.format(id=other.id, of=one.id, place=f"{place}:{one.line}", share=share)
    problem = Problem(other.file, other.line, what)
    return problem.within(other.folder) if other.folder else problem
