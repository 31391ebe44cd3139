"""Letters for buttons: where no button is a letter itself, a letter counts them."""

import pytest

from lessons.dialogue.meaning import picked
from lessons.messages import Choice

CONSENT = (Choice("consent:yes", "Đồng ý"), Choice("consent:no", "Không"))
OPTIONS = (*(Choice(f"s1:{letter}", letter) for letter in "ABCD"), Choice("s1:skip", "Chưa biết"))


@pytest.mark.parametrize("text", ["b", "B", "B.", "(b)", "2", "２", "khong"])
def test_a_letter_or_number_counts_the_buttons(text: str) -> None:
    assert picked(text, CONSENT) == "consent:no"


@pytest.mark.parametrize("text", ["c", "z", "0", "3", "à", "đ", "ab", "_", ""])
def test_what_counts_no_button(text: str) -> None:
    assert picked(text, CONSENT) is None


def test_buttons_that_are_letters_are_meant_by_their_own() -> None:
    assert picked("b", OPTIONS) == "s1:B"
    assert picked("e", OPTIONS) is None
    assert picked("5", OPTIONS) == picked("chua biet", OPTIONS) == "s1:skip"
    left = (Choice("2", "2"), Choice("5", "5"), Choice("skip", "Chưa biết"))
    assert picked("2", left) == "2"
    assert picked("a", left) is None


def test_one_button_has_no_letter() -> None:
    assert picked("a", CONSENT[:1]) is None
    assert picked("1", CONSENT[:1]) == "consent:yes"


def test_a_word_that_reads_so_comes_first() -> None:
    times = (Choice("ba", "Bà"), Choice("b2", "12"), Choice("b3", "Cô"))
    assert picked("12", times) == "b2"
    assert picked("ba", times) == "ba"
    assert picked("b", times) == "b2"


def test_as_many_letters_as_there_are() -> None:
    many = tuple(Choice(str(n), f"Bài {n}") for n in range(1, 31))
    assert picked("z", many) == "26"
    assert picked("30", many) == "30"


def test_spaces_are_typed_as_people_type_them() -> None:
    french = (Choice("next", "Écran\u00a0: suite"), Choice("skip", "Passer"))
    assert picked("écran : suite", french) == "next"
