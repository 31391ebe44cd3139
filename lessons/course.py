"""Course > Lesson > screen, question: what is taught, and what every question type promises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Protocol

from lessons.messages import Media


@dataclass(frozen=True, slots=True)
class Option:
    """One answer an author wrote: right or wrong, and for a wrong one the idea behind it."""

    text: str
    right: bool
    misconception: str = ""
    feedback: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A question as its author wrote it, before its type has read it (format: docs/courses.md)."""

    id: str
    kind: str
    language: str
    prompt: str
    options: tuple[Option, ...] = ()  # - [x] and - [ ]
    steps: tuple[str, ...] = ()  # 1. 2. 3.
    pairs: tuple[tuple[str, str], ...] = ()  # - left → right
    explanation: str = ""
    misconception: str = ""
    feedback: str = ""
    flags: frozenset[str] = frozenset()  # "situation", "must-know"
    recalls: str = ""  # the question whose second form this is: known there, recalled here
    line: int = 0


class Miswritten(ValueError):
    """A course file cannot be read: `line` in the file, what is wrong and how to put it right."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it is put to a learner. `choices` are (value, label): what a tap means."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class More:
    """An answer of several steps is under way: `so_far` is kept, `shown` is said next."""

    so_far: tuple[str, ...]
    shown: Shown


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer was marked. `score` is 0 to 1; `feedback` names the misconception, if known."""

    score: float
    misconception: str = ""
    feedback: str = ""


class Question(Protocol):
    """What every question type does. All methods are pure; `seed` decides the order of options."""

    NAMES: ClassVar[tuple[str, str, str]]  # what an author calls the kind, in vi, en and fr
    typed: ClassVar[bool]  # any text is an answer (a number, a word), not only a choice

    @property
    def block(self) -> Block:
        """What the author wrote."""
        ...

    @property
    def guess(self) -> float:
        """The chance of being right by guessing, 0 to 1."""
        ...

    def show(self, seed: int) -> Shown:
        """The prompt with its lettered options and the buttons."""
        ...

    def hear(self, text: str, so_far: tuple[str, ...], seed: int) -> Marked | More | None:
        """What an answer means: marked, to be continued, or None when it is no answer at all.

        An empty text repeats the step that an answer under way (`so_far`) has reached.
        """
        ...

    def solution(self, seed: int) -> tuple[str, ...]:
        """What to type, message by message, to score 1."""
        ...

    def reveal(self, seed: int) -> str:
        """The right answer as a phrase, for after the second try."""
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a lesson states as a fact, where it comes from and when to look again."""

    text: str
    source: str
    mark: str  # P: a published page confirms it; G: a secondary source only
    as_of: date
    review_by: date
    line: int = 0


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language."""

    title: str
    objective: str
    screens: tuple[str, ...]
    action: str
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]
    line: int = 0  # of the title
    screen_lines: tuple[int, ...] = ()  # where each screen begins
    media: tuple[Media | None, ...] = ()  # what each screen shows or plays, in its order
    second_forms: tuple[Question, ...] = ()  # asked in a question's place once it is well known

    def shows(self, screen: int) -> Media | None:
        """The picture, voice or video of a screen."""
        return self.media[screen] if screen < len(self.media) else None

    def question(self, question_id: str) -> Question:
        return next(q for q in self.questions if q.block.id == question_id)

    def second_form(self, question_id: str) -> Question | None:
        """The same question put so that it must be recalled, not only recognised."""
        return next((q for q in self.second_forms if q.block.recalls == question_id), None)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One idea: the same lesson in every language of its course."""

    id: str
    codes: tuple[str, ...]
    texts: Mapping[str, LessonText]
    line: int = 0  # of the codes, in the first language's file

    def text(self, language: str) -> LessonText:
        """The lesson in a language, or in its course's first one where it lacks that."""
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True)
class Summary:
    """A course on one page, in one language: what it says in short, and boxes to tick at work."""

    title: str
    text: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A course at one version. `files` are the sources it was read from, name to text."""

    id: str
    version: int
    titles: Mapping[str, str]
    lessons: tuple[Lesson, ...]
    frameworks: tuple[str, ...] = ()
    licence: str = ""
    retention: float = 0.85  # how likely an item is to be remembered when it is asked again
    order: int = 100  # courses are offered by it, then by their ids
    protected: bool = False  # its messages may not be passed on, where a platform can prevent it
    files: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    summaries: Mapping[str, Summary] = field(default_factory=dict)  # every language, or none

    def lesson(self, lesson_id: str) -> Lesson:
        return next(lesson for lesson in self.lessons if lesson.id == lesson_id)

    def number(self, lesson_id: str) -> int:
        """The lesson's place in the course, from 1."""
        return 1 + next(i for i, lesson in enumerate(self.lessons) if lesson.id == lesson_id)

    def title(self, language: str) -> str:
        """The title in a language, or in the course's first one where it lacks that."""
        return self.titles.get(language) or next(iter(self.titles.values()))

    def summary(self, language: str) -> Summary | None:
        """The course on one page, in a language or in the first one where it lacks that."""
        return self.summaries.get(language) or next(iter(self.summaries.values()), None)
