"""Every question type keeps the same promises, and says what its author wrote wrong."""

from importlib import import_module

import pytest

from lessons import questions
from lessons.course import Block, Miswritten, More, Option
from lessons.texts import languages
from tests.questions_desk import SEEDS, answer, ask, score

KINDS = sorted(questions.kinds())


def example(kind: str) -> str:
    return str(import_module(f"lessons.questions.{kind}").EXAMPLE)


# --- every kind ---


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", languages())
def test_a_kind_asks_and_accepts_its_own_solution(kind: str, language: str) -> None:
    source = example(kind)
    name = questions.kinds()[kind].NAMES[1]
    question = ask(source, language) if kind != "true_false" else ask(source, "en")
    assert question.block.kind == name
    assert 0 <= question.guess <= 1
    for seed in SEEDS:
        shown = question.show(seed)
        assert question.block.prompt in shown.text
        assert len(shown.text) <= 900
        assert shown == question.show(seed)
        assert score(question, *question.solution(seed), seed=seed) == 1
        assert question.reveal(seed).strip()


@pytest.mark.parametrize("kind", KINDS)
def test_buttons_are_short_and_distinct(kind: str) -> None:
    question = ask(example(kind), "en")
    choices = list(question.show(1).choices)
    first = question.hear("+A", (), 1) or question.hear("words", (), 1)
    choices_then = list(first.shown.choices) if isinstance(first, More) else []
    for group in (choices, choices_then):
        values = [value for value, _ in group]
        assert all(value.isascii() and 0 < len(value) <= 24 for value in values)
        assert len(set(values)) == len(values)
        assert len({shown for _, shown in group}) == len(group)
    assert question.typed or choices


def test_names_are_unique_in_three_languages() -> None:
    names = [name for kind in questions.kinds().values() for name in kind.NAMES]
    assert len(names) == 3 * len(KINDS) == len(set(names))


@pytest.mark.parametrize("kind", ["several_choices", "ordering", "matching", "open_answer"])
def test_an_empty_text_repeats_the_step(kind: str) -> None:
    question = ask(example(kind), "en")
    more = answer(question, "words of an answer") if question.typed else answer(question, "+B")
    assert isinstance(more, More)
    assert question.hear("", more.so_far, 1) == more
    assert question.hear("", (), 1) is None


def test_an_unknown_kind_is_reported() -> None:
    with pytest.raises(Miswritten, match="single choice") as error:
        questions.read(Block("q1", "riddle", "en", "What?", line=7))
    assert error.value.line == 7


# --- what authors write ---

R, W = Option("right", right=True, line=3), Option("wrong", right=False, line=4)
TRUE, FALSE = Option("True", right=True), Option("False", right=False)


@pytest.mark.parametrize(
    ("block", "line", "what"),
    [
        (Block("q", "single choice", "en", "?", (R,), line=1), 1, "needs 2 to 8 options"),
        (Block("q", "single choice", "en", "?", (R, R), line=1), 1, "exactly one right"),
        (Block("q", "single choice", "en", "?", (W, W), line=1), 1, "exactly one right"),
        (Block("q", "several choices", "en", "?", (R, W), line=1), 1, "two or more right"),
        (Block("q", "several choices", "en", "?", (R,) * 9, line=1), 1, "needs 2 to 8 options"),
        (Block("q", "true or false", "en", "?", (FALSE, TRUE), line=1), 1, "in this order"),
        (Block("q", "true or false", "en", "?", (TRUE,), line=1), 1, "two options"),
        (Block("q", "true or false", "en", "?", (R, W), line=1), 1, "two options"),
        (Block("q", "number", "en", "?", (W,), line=1), 1, "needs the right number"),
        (Block("q", "number", "en", "?", (R,), line=1), 3, "'right' is not a number"),
        (Block("q", "short text", "en", "?", (W,), line=1), 1, "needs an accepted answer"),
        (Block("q", "cloze", "en", "? ___", line=1), 1, "1 blanks and 0 lines"),
        (Block("q", "cloze", "en", "?", steps=("a",), line=1), 1, "0 blanks and 1 lines"),
        (Block("q", "cloze", "en", "___", steps=("a / …",), line=1), 1, "line 1. has no words"),
        (Block("q", "cloze", "en", "___", steps=("a; b",), line=1), 1, "a semicolon"),
        (Block("q", "ordering", "en", "?", steps=("a", "b"), line=1), 1, "needs 3 to 6 items"),
        (Block("q", "ordering", "en", "?", steps=("a", "b", "A."), line=1), 1, "item twice"),
        (Block("q", "matching", "en", "?", pairs=(("a", "b"),), line=1), 1, "needs 3 to 5 pairs"),
        (Block("q", "open answer", "en", "?", line=1), 1, "needs the points"),
        (Block("q", "open answer", "en", "?", (R, W), line=1), 4, "no wrong options"),
    ],
)
def test_a_miswritten_question_is_reported(block: Block, line: int, what: str) -> None:
    with pytest.raises(Miswritten, match=what) as error:
        questions.read(block)
    assert error.value.line == line
    assert ": " in str(error.value), "it says how to put it right"


def test_more_that_cannot_be_read() -> None:
    pairs = (("a", "x"), ("b", "y"), ("c", "X"))
    with pytest.raises(Miswritten, match="'x' stands in two pairs"):
        questions.read(Block("q", "matching", "en", "?", pairs=pairs))
    unclear = Option("1.234", right=True, line=5)
    with pytest.raises(Miswritten, match=r"write '1234', or '1\.2340'"):
        questions.read(Block("q", "number", "en", "?", (unclear,)))
    wordless = Option("public / …", right=True, line=5)
    with pytest.raises(Miswritten, match="spelling without letters"):
        questions.read(Block("q", "short text", "en", "?", (wordless,)))
