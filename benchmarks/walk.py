"""A learner's messages, thought out beforehand: reading, right and wrong answers, skipping, help.

The pure dialogue says what each message leads to, so the same walk fits any store.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lessons.curriculum
from interop.formats import markdown
from lessons.course import Marked
from lessons.dialogue import Sitting, Turn, WantsProgress, WantsReview, asking, told, turn
from lessons.facts import as_row
from lessons.findings import Answer, Review, Standing
from lessons.learner import Arriving, Asked, Consenting, Learner, Reading
from lessons.library import Found, Library
from lessons.messages import Address, Heard, Medium

PLATFORM = "benchmark"
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
THINKING = timedelta(seconds=20)  # between two messages of a learner
ARRIVAL = 2  # messages until consent is given
# How one question after the other is met; after "help" and "progress" it is still to be answered.
MANNERS = ("right", "wrong", "right", "help", "skip", "right", "progress")
GUESSES = ("1", "2", "a", "b", "c", "d", "x", "1000")

Written = tuple[str, Medium]


@dataclass(frozen=True, slots=True)
class Walk:
    """One learner's messages, the learner they are written for, and the facts that come of them."""

    learner: Learner
    messages: tuple[Heard, ...]
    facts: tuple[str, ...]

    @property
    def arrival(self) -> tuple[Heard, ...]:
        return self.messages[:ARRIVAL]

    @property
    def study(self) -> tuple[Heard, ...]:
        return self.messages[ARRIVAL:]


def c6() -> Library:
    """The bundled course."""
    course, problems = markdown.read(Path(lessons.curriculum.__path__[0]) / "c6")
    if course is None:
        raise ValueError(str(problems[0]))
    return Library([course])


def learner_id(number: int) -> str:
    return f"{number:016x}"


def walks(library: Library, learners: int, messages: int) -> list[Walk]:
    """Walks of so many learners, each with so many messages after consent."""
    return [_walk(library, number, messages) for number in range(learners)]


def step(sitting: Sitting, heard: Heard) -> Turn:
    """A message all the way through the dialogue; what it wants to know is made up."""
    done = turn(sitting, heard)
    while done.wants is not None:
        found: Review | Standing | Answer = Answer("not_covered")
        if isinstance(done.wants, WantsReview | WantsProgress):
            found = Standing(0, 0, 5)
        if isinstance(done.wants, WantsReview):
            found = Review(Standing(0, 0, 5))
        done = told(Sitting(done.learner, sitting.library, sitting.now), done.wants, found)
    return done


def _walk(library: Library, number: int, messages: int) -> Walk:
    begin = learner = Learner(learner_id(number))
    pupil, now = Pupil(number), BEGIN
    heard: list[Heard] = []
    facts: list[str] = []
    for n in range(ARRIVAL + messages):
        sitting = Sitting(learner, library, now)
        text, medium = pupil.writes(sitting)
        heard.append(Heard(Address(PLATFORM, str(number)), f"{number}-{n}", text, medium))
        done = step(sitting, heard[-1])
        facts += [as_row(fact)[0] for fact in done.facts]
        learner, now = done.learner, now + THINKING
    return Walk(begin, tuple(heard), tuple(facts))


class Pupil:
    """Decides what to write, from where the learner stands."""

    def __init__(self, number: int) -> None:
        self._met = number  # questions, help and progress so far: no two pupils begin alike
        self._steps: list[str] = []  # what is left of an answer in several messages

    def writes(self, sitting: Sitting) -> Written:
        learner = sitting.learner
        match learner.place:
            case Arriving():
                return "/start", "text"
            case Consenting():
                return "consent:yes", "tap"
            case Reading():
                return f"s{learner.stamp}:next", "tap"
            case Asked() as place:
                return self._answers(sitting, place)
            case _:
                return learner.offered[0].id, "tap"

    def _answers(self, sitting: Sitting, place: Asked) -> Written:
        found, seed = asking.pending(sitting), asking.order(sitting)
        assert found is not None
        if place.so_far and self._steps:
            return self._answer(sitting, found, self._steps.pop(0))
        manner = "right"
        if not place.tries:  # the second try is right
            manner, self._met = MANNERS[self._met % len(MANNERS)], self._met + 1
        match manner:
            case "help":
                return "?", "text"
            case "progress":
                return "/progress", "text"
            case "skip":
                return f"s{sitting.learner.stamp}:skip", "tap"
            case "wrong" if wrong := _wrong(found, seed):
                return self._answer(sitting, found, wrong[0])
        first, *self._steps = found.question.solution(seed)
        return self._answer(sitting, found, first)

    def _answer(self, sitting: Sitting, found: Found, text: str) -> Written:
        """Options are tapped, numbers and words are typed."""
        if found.question.typed:
            return text, "text"
        return f"s{sitting.learner.stamp}:{text}", "tap"


def _wrong(found: Found, seed: int) -> list[str]:
    """Guesses that are marked, and not as right."""
    marked = ((guess, found.question.hear(guess, (), seed)) for guess in GUESSES)
    return [guess for guess, it in marked if isinstance(it, Marked) and it.score < 1]
