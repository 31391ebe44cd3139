"""Whole conversations on every platform: what is typed there does what a tap would have done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

import lessons.curriculum
from bot.offering import typed
from bot.render import Text, render
from interop.formats import markdown
from lessons.dialogue import Sitting, Turn, WantsReview, told, turn
from lessons.findings import Review, Standing
from lessons.learner import Asked, Learner
from lessons.library import Library
from lessons.messages import Address, Choice, Heard, Medium, Said
from lessons.texts import languages
from tests.platform_caps import EVERY
from tests.render_desk import hold_promises

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HERE = Address("somewhere", "an")


@cache
def library() -> Library:
    course, problems = markdown.read(Path(lessons.curriculum.__path__[0]) / "c6")
    assert course is not None, problems
    return Library([course])


def hear(learner: Learner, text: str, medium: Medium = "text") -> Turn:
    sitting = Sitting(learner, library(), NOW)
    done = turn(sitting, Heard(HERE, "1", text, medium))
    if isinstance(done.wants, WantsReview):
        done = told(replace(sitting, learner=done.learner), done.wants, Review(Standing()))
    assert done.wants is None
    return done


def forms(said: Said, choice: Choice) -> set[str]:
    """All that one may type for a choice on the platforms without buttons."""
    place = said.choices.index(choice)
    quick = set()
    for caps in EVERY.values():
        last = render(said, caps)[-1]
        if isinstance(last, Text) and last.quick:
            quick.add(last.quick[place])
    return {typed(said.choices)[place]} | quick


def outcome(done: Turn) -> tuple[object, ...]:
    """What a turn says and where it leads; how the answer was worded does not matter."""
    place, learner = done.learner.place, done.learner
    if isinstance(place, Asked):
        place = replace(place, tried=(), echo=0)
    said = [(each.text, each.choices) for each in done.says]
    return said, place, learner.consent, learner.remind_at, learner.language, done.forget


def one_by_one(choices: Sequence[Choice]) -> list[Choice]:
    """The choices that are typed as they are tapped: of a question with several right options the
    letters are not, for what is typed is the whole answer."""
    several = any(choice.id.endswith(":+done") for choice in choices)
    return [choice for choice in choices if not (several and len(choice.label) == 1)]


OTHERS = [pytest.param(each, marks=pytest.mark.slow) for each in languages()[1:]]


@pytest.mark.parametrize("language", [languages()[0], *OTHERS])
def test_what_is_typed_for_a_choice_does_what_its_button_does(language: str) -> None:
    """A walk through the whole course, by each button that is offered in turn."""
    done, seen = hear(Learner("l", language=language), "/start"), set[str]()
    for step in range(400):
        said, learner = done.says[-1], done.learner
        for each, caps in product(done.says, EVERY.values()):
            hold_promises(each, render(each, caps), caps)
        for choice in one_by_one(said.choices):
            tapped = outcome(hear(learner, choice.id, "tap"))
            for form in forms(said, choice):
                assert outcome(hear(learner, form)) == tapped, (form, choice)
        seen |= {choice.id.rpartition(":")[2] for choice in said.choices}
        done = hear(learner, said.choices[step % len(said.choices)].id, "tap")
    assert len(done.learner.done) == len(library().newest()[0].lessons)
    assert {"yes", "next", "skip", "A", "+A", "+done", "rest"} <= seen
