"""What people type is understood: words without diacritics, Telex, denials; and any text at all."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.typed import (
    LIMIT,
    after,
    chosen,
    clean,
    contains,
    entries,
    fold,
    mentioned,
    order,
    paired,
    same,
    several,
    valued,
)
from lessons.typed_numbers import date, number
from tests.typed_desk import nfd

# --- at the door ---


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  hòa  ", "hòa"),
        (nfd("được"), "được"),
        ("a\x00b\x07c\u200bd\ufeffe\u202ef", "abcdef"),
        ("một\r\nhai\rba\tbốn", "một\nhai\nba\tbốn"),
        ("\ud800a\udfff", "a"),
        ("\u200b \ud83d", ""),
        ("e\u200d\u0301", "é"),
        ("x" * 100_000, "x" * LIMIT),
        ("x" * (LIMIT - 1) + " yy", "x" * (LIMIT - 1)),
    ],
)
def test_a_text_is_cleaned_at_the_door(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


# --- the same words ---


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đã  CÔNG-KHAI!", "da cong khai"),
        ("hoà bình", "hoa binh"),
        (nfd("Chữ ký số"), "chu ky so"),
        ("２０２６ ＡＢ", "2026 ab"),
        ("L'œuvre d'État", "l oeuvre d etat"),
        ("1️⃣ ②", "1 2"),
        ("🙂 … ", ""),
        ("snake_case", "snake case"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("được", "được"),
        ("DUOC", "được"),
        ("dduwocj", "được"),
        ("duwowcj", "được"),
        ("tra loiwf", "trả lời"),
        ("khoong", "không"),
        ("quyeets ddinhj", "quyết định"),
        ("ko dc", "không được"),
        ("ĐC", "được"),
        ("hoà", "hòa"),
        ("hòa", "hoà"),
        (nfd("hoà"), "hòa"),
        ("Ðược", "được"),
        ("uỷ ban", "ủy ban"),
        ("(công khai).", "công khai"),
        ("coeur", "cœur"),
    ],
)
def test_the_same_words(said: str, expected: str) -> None:
    assert same(said, expected)
    assert contains(f"Tôi nghĩ {said}, thưa Trợ giảng", expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("công", "công khai"),
        ("công khai", "công"),
        ("", ""),
        ("🙂", "🙂"),
        ("bảo mật", "bảo vệ"),
        ("mấts", "ma"),
    ],
)
def test_other_words(said: str, expected: str) -> None:
    assert not same(said, expected)


def test_contained_words_are_whole_and_together() -> None:
    assert not contains("phân công khai thác ở bộ", "khai thác bộ")
    assert not contains("congkhaihoa", "công khai")
    assert fold(after("tạo ra rồi tra cứu", "tạo") or "") == "ra roi tra cuu"
    assert after("tạo ra", "tra cứu") is None


@pytest.mark.parametrize(
    ("said", "prompt", "found"),
    [
        ("công khai", "", ["công khai"]),
        ("đã công khai chưa", "", ["công khai"]),
        ("không công khai", "", []),
        ("khong duoc cong khai", "", []),
        ("ko công khai", "", []),
        ("chưa được công khai", "", []),
        ("not public", "", []),
        ("It isn't public", "", []),
        ("ce n'est pas encore public", "", []),
        ("not only public", "", ["public"]),
        ("không chỉ công khai", "", ["công khai"]),
        ("không bí mật mà công khai", "", ["công khai"]),
        ("công khai chứ không bí mật", "", ["công khai"]),
        ("không mật, công khai", "", ["công khai"]),
        ("không công khai", "Điều gì KHÔNG cần làm?", ["công khai"]),
        ("bí mật nhà nước", "", ["bí mật nhà nước"]),
        ("bí mật", "", ["bí mật"]),
        ("cong khia", "", ["công khai"]),
        ("congkhai", "", ["công khai"]),
        ("cong khai bi mat", "", ["công khai", "bí mật"]),
        ("xông khai", "", []),
        ("nó công khai", "", ["công khai"]),
        ("đơn vị công khai", "", ["công khai"]),
    ],
)
def test_what_was_mentioned_and_not_denied(said: str, prompt: str, found: list[str]) -> None:
    known = ["công khai", "bí mật", "bí mật nhà nước", "public"]
    assert sorted(known[index] for index in mentioned(said, known, prompt)) == sorted(found)


def test_diacritics_decide_first() -> None:
    assert mentioned("mát", ["mật", "mát"]) == (1,)
    assert mentioned("mất", ["mật", "mát"]) == (0,)
    assert mentioned("mat", ["mật", "mát"]) == (0,)
    assert mentioned("không mật", ["mật", "không mật"]) == (1,)


# --- the words in the texts ---


def test_number_words_have_values_and_other_lists_single_words() -> None:
    assert all(value.isdigit() for key in ("numbers", "times") for value in valued(key).values())
    single = [
        word for key in ("before", "joining", "denials", "only", "but") for word in entries(key)
    ]
    assert [word for word in single if len(fold(word).split()) != 1] == []
    assert len(entries("months")) % 12 == 0


# --- any text ---

ANY = st.text(st.characters(), max_size=40)  # lone surrogates too


@settings(max_examples=60, deadline=None)
@given(ANY, ANY)
def test_nothing_raises_and_folding_is_final(text: str, other: str) -> None:
    cleaned, folded = clean(text), fold(text)
    assert clean(cleaned) == cleaned
    assert fold(folded) == folded
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
    assert same(text, cleaned) or not fold(cleaned)
    options = [other, text, "Đúng"]
    for found in (
        several(text, options),
        order(text, 3),
        paired(text, 3),
        mentioned(text, options),
    ):
        assert found is None or set(found) <= {0, 1, 2}
    assert chosen(text, options) in {None, 0, 1, 2}
    number(text)
    date(text)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)))
def test_every_order_and_pairing_is_read_back(right: list[int]) -> None:
    assert order(" ".join(str(i + 1) for i in right), 5) == tuple(right)
    assert order("".join("abcde"[i] for i in right), 5) == tuple(right)
    assert paired(" ".join(f"{n}{'abcde'[i]}" for n, i in enumerate(right, 1)), 5) == tuple(right)
