"""Whatever is typed or tapped, in whatever order, every question type stays calm."""

from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import questions
from lessons.authoring import read_questions
from lessons.course import Marked, More, Question

SEED = st.integers(0, 2**32 - 1)
ANY = st.text(st.characters(), max_size=60)  # emoji, controls and lone surrogates too
ANSWERS = st.sampled_from(
    [
        *("a", "B", "1", "3 1 2", "1c 2a 3b", "1 3", "2026", "31/12/2025", "True", "khong", "done"),
        *("+A", "+B", "+C", "+H", "+", "++", "+done", "+all", "+none", "public / not public", ";"),
        *("writes; look", "Open the source > read", "e\u0301\u0323" * 9, "a" * 5000, "-" * 5000),
    ]
)
TALK = st.lists(ANSWERS | ANY, max_size=7)


def asked(kind: str) -> Question:
    example = import_module(f"lessons.questions.{kind}").EXAMPLE
    (question,) = read_questions(example.strip(), "en")
    return question


ALL = {kind: asked(kind) for kind in questions.kinds()}


def hold_promises(question: Question, talk: list[str], seed: int) -> None:
    """Everything a question makes of a talk is a mark from 0 to 1, a next step or no answer."""
    so_far: tuple[str, ...] = ()
    for text in talk:
        heard = question.hear(text, so_far, seed)
        if isinstance(heard, Marked):
            assert 0 <= heard.score <= 1
            so_far = ()
        elif isinstance(heard, More):
            assert heard.shown.text
            assert sum(map(len, heard.so_far)) <= 1000
            heard.shown.text.encode()
            so_far = heard.so_far
        else:
            assert heard is None


@pytest.mark.parametrize("kind", sorted(ALL))
@settings(max_examples=15, deadline=None)
@given(talk=TALK, seed=SEED)
def test_any_talk_leads_to_a_mark_a_step_or_nothing(kind: str, talk: list[str], seed: int) -> None:
    hold_promises(ALL[kind], talk, seed)


@pytest.mark.parametrize("kind", sorted(ALL))
def test_a_huge_or_broken_text_is_no_trouble(kind: str) -> None:
    for text in ("a" * 100_000, "1 " * 50_000, "\u0323\u0301" * 50_000, "\ud83d"):
        hold_promises(ALL[kind], ["+A", text], 1)


@pytest.mark.parametrize("kind", sorted(ALL))
@settings(max_examples=15, deadline=None)
@given(seed=SEED)
def test_the_own_solution_scores_one(kind: str, seed: int) -> None:
    question = ALL[kind]
    *before, last = question.solution(seed)
    so_far: tuple[str, ...] = ()
    for text in before:
        more = question.hear(text, so_far, seed)
        so_far = more.so_far if isinstance(more, More) else ()
    assert question.hear(last, so_far, seed) == Marked(1.0)


@pytest.mark.parametrize("kind", ["ordering", "matching", "several_choices", "single_choice"])
@settings(max_examples=15, deadline=None)
@given(seed=SEED, taps=st.lists(st.integers(0, 9), min_size=30, max_size=30))
def test_tapping_what_is_offered_always_ends(kind: str, seed: int, taps: list[int]) -> None:
    """Someone who only ever taps a button that stands there gets a mark."""
    question = ALL[kind]
    so_far: tuple[str, ...] = ()
    choices = question.show(seed).choices
    for number in [*taps, 0, -1, 0, -1]:  # the last button is "done" where there is one
        heard = question.hear(choices[number % len(choices)][0], so_far, seed)
        if isinstance(heard, Marked):
            return
        assert isinstance(heard, More)
        so_far, choices = heard.so_far, heard.shown.choices or choices
    pytest.fail(f"{kind} never marks")
