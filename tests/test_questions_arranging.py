"""Ordering and matching: each understands how people put things in order and together."""

import pytest

from lessons.course import Marked, More
from lessons.texts import say
from tests.questions_desk import SEEDS, THIRD, answer, ask, label, score

# --- ordering ---

STEPS = """
### q1 · sắp xếp

Thứ tự nào đúng?

1. Đọc bản tóm tắt
2. Mở văn bản gốc
3. So từng con số
4. Ghi lại nguồn
- misconception: reading-is-checking
- feedback: Thứ tự này so trước khi mở nguồn.
"""
ORDER = ("Đọc bản tóm tắt", "Mở văn bản gốc", "So từng con số", "Ghi lại nguồn")


def numbers(*items: str) -> list[str]:
    return [label(ask(STEPS), item) for item in items]


@pytest.mark.parametrize("between", [" ", "", "-", ", ", " > ", " → ", "; "])
def test_an_order_is_typed(between: str) -> None:
    said = numbers(*ORDER)
    assert score(ask(STEPS), between.join(said)) == 1
    assert score(ask(STEPS), between.join("abcd"[int(each) - 1] for each in said)) == 1
    assert score(ask(STEPS), " > ".join(ORDER).upper()) == 1


def test_items_are_never_shown_in_order() -> None:
    question = ask(STEPS)
    texts = [question.show(seed).text for seed in SEEDS]
    assert all(score(question, "1 2 3 4", seed=seed) < 1 for seed in SEEDS)
    assert len(set(texts)) > 10


def test_a_wrong_order_earns_at_most_half() -> None:
    first, second, third, fourth = numbers(*ORDER)
    marked = answer(ask(STEPS), f"{second} {first} {third} {fourth}")
    feedback = "Thứ tự này so trước khi mở nguồn."
    assert marked == Marked(THIRD, "reading-is-checking", feedback)
    assert score(ask(STEPS), f"{fourth} {third} {second} {first}") == 0


def test_an_order_is_tapped_or_typed_step_by_step() -> None:
    question = ask(STEPS)
    steps = numbers(*ORDER)
    taps = [f"+{'ABCD'[int(step) - 1]}" for step in steps]
    more = answer(question, taps[0], taps[0], taps[1])
    assert isinstance(more, More)
    assert more.shown.text == say("vi", "question.placed", placed=", ".join(steps[:2]))
    assert [value for value, _ in more.shown.choices] == sorted(taps[2:])
    assert score(question, *taps[:3]) == 1
    assert score(question, *steps[:3]) == 1
    assert score(question, *ORDER[:3]) == 1
    assert score(question, taps[3], " ".join(steps)) == 1
    assert answer(question, "+E") is None
    assert answer(question, "7") is None


# --- matching ---

PAIRS = """
### q1 · ghép cặp

Việc nào dùng công cụ nào?

- Lời văn một điều luật → vbpl.vn
- Gợi ý dàn ý → Trợ lý AI
- Tình trạng hồ sơ → Cổng Dịch vụ công quốc gia
- misconception: one-tool-does-everything
- feedback: Cách ghép này dùng một công cụ cho mọi việc.
"""
RIGHTS = ("vbpl.vn", "Trợ lý AI", "Cổng Dịch vụ công quốc gia")


@pytest.mark.parametrize("form", ["1{} 2{} 3{}", "1-{}, 2-{}, 3-{}", "{} {} {}", "1 {} 2 {} 3 {}"])
def test_pairs_are_typed(form: str) -> None:
    said = [label(ask(PAIRS), right) for right in RIGHTS]
    assert score(ask(PAIRS), form.format(*said)) == 1
    assert score(ask(PAIRS), form.format(*said).upper()) == 1


def test_pairs_are_scored_by_share() -> None:
    first, second, third = (label(ask(PAIRS), right) for right in RIGHTS)
    marked = answer(ask(PAIRS), f"1{first} 2{third} 3{second}")
    feedback = "Cách ghép này dùng một công cụ cho mọi việc."
    assert marked == Marked(THIRD, "one-tool-does-everything", feedback)
    assert score(ask(PAIRS), f"{first} {first} {first}") == THIRD
    assert score(ask(PAIRS), f"{second} {third} {first}") == 0


def test_pairs_are_tapped_or_typed_one_by_one() -> None:
    question = ask(PAIRS)
    said = [label(question, right) for right in RIGHTS]
    taps = [f"+{each.upper()}" for each in said]
    more = answer(question, taps[0], taps[0])
    assert isinstance(more, More)
    assert more.shown.text == f"1 → {said[0]}\n2. Gợi ý dàn ý → ?"
    assert [value for value, _ in more.shown.choices] == sorted(taps[1:])
    assert score(question, *taps[:2]) == 1
    assert score(question, *said[:2]) == 1
    assert score(question, f"1{said[0]}", f"2-{said[1]}") == 1
    assert score(question, *RIGHTS[:2]) == 1
    assert answer(question, "+D") is None
    assert answer(question, taps[0], "3") is None, "numbers are the left side"


def test_the_right_column_is_never_beside_the_left() -> None:
    question = ask(PAIRS)
    assert all(score(question, "1a 2b 3c", seed=seed) < 1 for seed in SEEDS)
