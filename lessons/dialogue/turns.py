"""Turn and Sitting: what the dialogue is given and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lessons import timing
from lessons.course import Course
from lessons.facts import Fact
from lessons.learner import Asked, Learner, Place
from lessons.library import Library
from lessons.memory import Card
from lessons.messages import Choice, Said
from lessons.texts import Voice


@dataclass(frozen=True, slots=True)
class WantsReview:
    """The dialogue must know which items are due before it can go on. `ask_about` is a lesson whose
    use is asked below the first message."""

    ask_about: str = ""


@dataclass(frozen=True, slots=True)
class WantsProgress:
    """The dialogue must know how the learner stands. `data` asks for what is kept instead."""

    data: bool = False


@dataclass(frozen=True, slots=True)
class WantsAnswer:
    """A question for the tutor; `avoid` must not be quoted (it gives a pending question away)."""

    question: str
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantsCode:
    """A one-time code that joins another device."""


@dataclass(frozen=True, slots=True)
class WantsJoin:
    """This chat shall belong to the learner of a one-time code."""

    code: str


Wants = WantsReview | WantsProgress | WantsAnswer | WantsCode | WantsJoin


@dataclass(frozen=True, slots=True)
class Turn:
    """The learner afterwards, what is said, what happened; what must be found out first (`wants`:
    then `dialogue.told` goes on); whether the learner is to be erased (`forget`)."""

    learner: Learner
    says: tuple[Said, ...] = ()
    facts: tuple[Fact, ...] = ()
    wants: Wants | None = None
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """One learner at one moment, with the courses at hand."""

    learner: Learner
    library: Library
    now: datetime
    cards: Mapping[str, Card] = field(default_factory=dict)  # of the questions at hand

    @property
    def voice(self) -> Voice:
        return Voice(self.learner.language, self.learner.form)

    @property
    def day(self) -> date:
        return timing.day(self.now, self.learner.timezone)

    @property
    def course(self) -> Course | None:
        """The learner's course; before one was begun the first one there is."""
        newest = self.library.newest()
        chosen = self.learner.course or (newest[0].id if newest else "")
        return self.library.course(chosen, self.version(chosen))

    def version(self, course_id: str) -> int:
        """The version begun of a course until all its lessons are finished; then the newest (0)."""
        begun = self.learner.begun.get(course_id, 0)
        course = self.library.course(course_id, begun)
        return 0 if course is None or self.finished(course) else begun

    def finished(self, course: Course) -> bool:
        return all(f"{course.id}/{lesson.id}" in self.learner.done for lesson in course.lessons)

    def having(self, **changes: object) -> "Sitting":
        """The same sitting with some of the learner changed."""
        changed = replace(self.learner, **changes)  # type: ignore[arg-type]
        return replace(self, learner=changed)

    def entering(self, place: Place) -> "Sitting":
        """The same sitting at a new place: buttons shown before belong to the past."""
        return self.having(place=place, stamp=self.learner.stamp + 1)

    def says(self, text: str, choices: Sequence[Choice] = (), facts: Sequence[Fact] = ()) -> Turn:
        return Turn(self.learner, (Said(text, tuple(choices)),), tuple(facts))

    def headed(self, head: str, text: str, choices: Sequence[Choice] = ()) -> Turn:
        """As `says`, with a first line that stands out where the platform can show that."""
        said = Said(text, tuple(choices), styles=(("head", head),))
        return Turn(self.learner, (said,))

    def stamped(self, value: str, label: str) -> Choice:
        """A button that counts only for what is shown now."""
        return Choice(f"s{self.learner.stamp}:{value}", label)

    def menu(self, *names: str) -> tuple[Choice, ...]:
        """Buttons that always mean the same: commands."""
        return tuple(Choice(f"c:{name}", self.voice.say(f"menu.{name}")) for name in names)

    def one_page(self, course: Course) -> tuple[Choice, ...]:
        """The way to a course's summary, if it has one."""
        has = course.summary(self.learner.language) is not None
        label = self.voice.say("summary.button")
        return (Choice(f"summary:{course.id}", label),) if has else ()


def led(text: str, turn: Turn, facts: Sequence[Fact] = ()) -> Turn:
    """The same turn, its first message beginning with `text`: bubbles are merged."""
    if not turn.says:
        return replace(turn, says=(Said(text),), facts=(*facts, *turn.facts))
    first = replace(
        turn.says[0], text=f"{text}\n\n{turn.says[0].text}" if text else turn.says[0].text
    )
    return replace(turn, says=(first, *turn.says[1:]), facts=(*facts, *turn.facts))


def lesson_place(place: Place) -> Place | None:
    """The place of a lesson under way behind this place, if any."""
    if isinstance(place, Asked) and not place.lesson:
        return place.after
    return place
