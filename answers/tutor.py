"""The tutor without a language model: quotes the course word for word, or says what comes closest.

It can tell that a course does not speak of something. It cannot tell that a course speaks of it and
leaves the answer out; therefore it quotes and never asserts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from answers.passages import sentences
from answers.retrieval import Found, Index
from lessons.course import Course
from lessons.findings import Answer
from lessons.typed import fold

# Shares of a question, settled for precision on tests/questions_c6.txt.
QUOTED = 0.56
NEAR = 0.30
NEAR_LESSONS = 3
CLOSE_TO_BEST = 0.7  # of the best one's share: as near as that

# A sentence of this many words is given away by one that has this share of them.
TELLING_WORDS = 5
TELLING_SHARE = 0.75

LETTER = re.compile(r"[^\W\d_]")


class CourseTutor:
    """Answers from courses; each is read once per version and language, when first asked."""

    def __init__(self) -> None:
        self._indexes: dict[tuple[str, int, str], Index] = {}

    async def answer(
        self, question: str, courses: Sequence[Course], language: str, avoid: Sequence[str] = ()
    ) -> Answer:
        """See lessons.ports.Tutor. When the best sentences give away what is to be avoided, the
        lesson is named and nothing is quoted, not even the second best."""
        if not LETTER.search(question):
            return Answer("not_covered")
        found = [
            hit for course in courses for hit in self._index(course, language).search(question)
        ]
        found.sort(key=lambda hit: -hit.support)
        if not found or found[0].support < NEAR:
            return Answer("not_covered")
        best = found[0]
        if best.support < QUOTED or gives_away(best.quote, avoid):
            return Answer("near", near=_lessons(found))
        return Answer("answered", best.quote, best.lesson)

    def _index(self, course: Course, language: str) -> Index:
        key = (course.id, course.version, language)
        if key not in self._indexes:
            self._indexes[key] = Index(course, language)
        return self._indexes[key]


def _lessons(found: Iterable[Found]) -> tuple[str, ...]:
    """The lessons that come closest, best first."""
    hits = list(found)
    least = max(NEAR, CLOSE_TO_BEST * hits[0].support)
    names = dict.fromkeys(hit.lesson for hit in hits if hit.support >= least)
    return tuple(names)[:NEAR_LESSONS]


def gives_away(quote: str, avoid: Iterable[str]) -> bool:
    """Whether a quote holds one of the phrases, or says much the same as a sentence of one."""
    said = _plain(quote)
    words = set(said.split())
    for phrase in avoid:
        if (plain := _plain(phrase)) and f" {plain} " in f" {said} ":
            return True
        if any(len(told & words) >= TELLING_SHARE * len(told) for told in _told(phrase)):
            return True
    return False


def _told(phrase: str) -> Iterator[set[str]]:
    """The words of each sentence of a phrase that is long enough to tell something."""
    for start, end in sentences(phrase):
        words = set(_plain(phrase[start:end]).split())
        if len(words) >= TELLING_WORDS:
            yield words


def _plain(text: str) -> str:
    """Folded words; 03 and 3 are the same number."""
    return re.sub(r"\b0+(?=\d)", "", fold(text))
