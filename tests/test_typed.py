"""What people type is understood: letters, numbers, words without diacritics, Telex, dates."""

import datetime
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import texts
from lessons.typed import (
    LIMIT,
    after,
    bare,
    chosen,
    clean,
    contains,
    entries,
    fold,
    listed,
    mentioned,
    order,
    paired,
    same,
    several,
    valued,
)
from lessons.typed_numbers import date, number, readings, same_day

OPTIONS = [
    "Ghép từ ngữ dựa trên dữ liệu đã học",
    "Lấy nguyên văn từ cơ sở dữ liệu pháp luật",
    "Chuyển câu hỏi cho một chuyên gia trả lời",
    "Chọn câu đã được cơ quan nhà nước duyệt",
]
TIES = ["Gửi bản mật", "Gửi bản mát", "Gửi bản gốc cho thư ký", "Gửi bản gốc cho trợ lý"]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


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


# --- options ---


@pytest.mark.parametrize(
    "text",
    [
        *("b", "B", "B.", "(b)", "b)", "b?", "đáp án b", "Cau B", "câu b ạ", "tôi chọn B nhé"),
        *("c'est b", "It's b", "la réponse b", "2", "２", "số 2", "2️⃣", "②", "Ｂ"),
        *(OPTIONS[1], OPTIONS[1].upper(), nfd(OPTIONS[1]), fold(OPTIONS[1]), f"“{OPTIONS[1]}”"),
        *("lay nguyen van", "laays nguyeen vawn", "cơ sở dữ liệu pháp luật"),
        f"tôi nghĩ là {OPTIONS[1].lower()} ạ",
        "lay nguyen van tu co so du lieu phap luta",
    ],
)
def test_an_option_is_chosen(text: str) -> None:
    assert chosen(text, OPTIONS) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "?", "e", "5", "0", "22", "ab", "a hoặc b", "đ", "á", "dữ liệu", "lấy"),
        *("cơ sở dữ liệu pháp luật là gì?", f"có phải {OPTIONS[1]}?", "xem dữ liệu", "🙂"),
        f"không phải {OPTIONS[1]}",
        f"{OPTIONS[1].lower()} là gì",
        f"{fold(OPTIONS[1])} the nao",
        f"{OPTIONS[0]} hoặc {OPTIONS[1]}",
    ],
)
def test_no_option_is_chosen(text: str) -> None:
    assert chosen(text, OPTIONS) is None


def test_no_command_is_an_option() -> None:
    every = [(language, key) for language in texts.languages() for key in ("next", "skip", "data")]
    commands = [
        word for language, key in every for word in texts.words(language, f"commands.{key}")
    ]
    assert [word for word in commands if chosen(word, OPTIONS) is not None] == []


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("gửi bản mật", 0),
        ("gửi bản mát", 1),
        ("gui ban mat", None),
        ("gui ban goc", None),
        ("gửi bản gốc cho thư ký", 2),
    ],
)
def test_options_that_look_alike(text: str, index: int | None) -> None:
    assert chosen(text, TIES) == index


def test_a_number_that_begins_an_option_is_its_own() -> None:
    days = ["15 ngày", "2 ngày", "30 ngày"]
    said = ["15", "2", "30", "1", "3", "hai mươi", "2 ngày"]
    assert [chosen(text, days) for text in said] == [0, 1, 2, 0, 2, None, 1]


@pytest.mark.parametrize(
    "text",
    [
        *("1 3", "1,3", "1, 3", "13", "3 1", "a,c", "A và C", "ac", "AC", "a c ạ", "１　３", "a+c"),
        *("phương án 1 và 3", "câu a với câu c", "A; C.", "a et c", "a and c", "a a c"),
        *("ghép từ ngữ, chuyển câu hỏi", "ghep tu ngu\nchuyen cau hoi"),
        f"{OPTIONS[0]} và {OPTIONS[2]}",
    ],
)
def test_several_options(text: str) -> None:
    assert several(text, OPTIONS) == (0, 2)


@pytest.mark.parametrize("text", ["", "1 9", "ca", "cả", "da", "bac", "abcde", "1 và gì", "a c x"])
def test_not_several_options(text: str) -> None:
    assert several(text, OPTIONS) is None


def test_one_of_several_options() -> None:
    assert several("a", OPTIONS) == (0,)
    assert several(OPTIONS[3], OPTIONS) == (3,)


@pytest.mark.parametrize(
    "text",
    [
        *("3 1 2", "312", "c a b", "cab", "3-1-2", "3, 1, 2", "3 > 1 > 2", "3→1→2", "３１２"),
        *("3 rồi 1 rồi 2", "3. 1. 2.", "C,A,B", "3\n1\n2"),
    ],
)
def test_an_order(text: str) -> None:
    assert order(text, 3) == (2, 0, 1)


@pytest.mark.parametrize("text", ["", "3 1", "3 1 1", "3 1 2 4", "3 1 2 3", "ba một hai", "0 1 2"])
def test_not_an_order(text: str) -> None:
    assert order(text, 3) is None


def test_an_order_in_words() -> None:
    assert listed("Mở nguồn > đọc > so sánh", ["Đọc", "So sánh", "Mở nguồn"]) == (2, 0, 1)
    assert listed("mở nguồn, gì đó", ["Đọc", "So sánh", "Mở nguồn"]) is None


@pytest.mark.parametrize(
    "text",
    [
        *("1c 2a 3b", "1-c, 2-a, 3-b", "c a b", "1 c 2 a 3 b", "1c2a3b", "cab", "1C,2A,3B"),
        *("1 → c; 2 → a; 3 → b", "3 1 2", "1-3 2-1 3-2", "c1 a2 b3", "2a 1c 3b", "１ｃ２ａ３ｂ"),
    ],
)
def test_pairs(text: str) -> None:
    assert paired(text, 3) == (2, 0, 1)


@pytest.mark.parametrize("text", ["", "1c 2a", "1c 1a 3b", "1c 2a 3d", "1a2", "c a", "1c 2a 3b 4d"])
def test_not_pairs(text: str) -> None:
    assert paired(text, 3) is None


def test_a_right_side_may_be_used_twice() -> None:
    assert paired("1a 2a 3b", 3) == (0, 0, 1)


def test_bare_words() -> None:
    assert bare("Dạ, tôi chọn câu B ạ") == ["b"]
    assert bare("") == []


# --- numbers and dates ---


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("2026", "2026"), ("２０２６", "2026"), ("năm 2026", "2026"), ("2026.", "2026")],
        *[("37,5", "37.5"), ("37.5", "37.5"), ("37,5%", "37.5"), ("0,125", "0.125"), ("-5", "-5")],
        *[("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234", "1234"), ("1.234", "1234")],
        *[("1\u202f234,5", "1234.5"), ("1.000.000", "1000000"), ("20 năm", "20"), ("20năm", "20")],
        *[("2 triệu", "2000000"), ("1,5 tỷ đồng", "1500000000"), ("covid-19", "19")],
        *[("không", "0"), ("mười", "10"), ("muoi lam", "15"), ("hai mươi", "20"), ("tư", "4")],
        *[("hai mươi mốt", "21"), ("chin muoi chin", "99"), ("một trăm lẻ năm", "105")],
        *[
            ("hai trăm năm mươi", "250"),
            ("hai mươi năm", "20"),
            ("năm năm", "5"),
            ("mười năm", "10"),
        ],
        *[
            ("khoảng ba người", "3"),
            ("nghìn", "1000"),
            ("hai nghìn không trăm hai mươi sáu", "2026"),
        ],
        *[("twelve", "12"), ("twenty-one days", "21"), ("zero", "0"), ("one hundred", "100")],
        *[("seize", "16"), ("vingt et un", "21"), ("quatre-vingt-dix", "90"), ("mille", "1000")],
    ],
)
def test_a_number(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "abc",
            "5 hay 6",
            "1/1/2026",
            "01.01.2026",
            "1.2.3.4",
            "khong biet",
            "toi khong biet",
        ),
        *("không công khai", "🙂", "và", "hai bên cùng ký tên vào"),
    ],
)
def test_not_one_number(text: str) -> None:
    assert number(text) is None


def test_a_number_may_be_read_in_two_ways() -> None:
    assert readings("1.234") == (Decimal(1234), Decimal("1.234"))
    assert readings("3 tỷ") == (Decimal(3_000_000_000), Decimal(3))


def test_vietnamese_counts_to_ninety_nine() -> None:
    units = ["", "mốt", "hai", "ba", "tư", "lăm", "sáu", "bảy", "tám", "chín"]
    tens = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    counted = [f"{ten} mươi {unit}".strip() for ten in tens for unit in units]
    assert [number(text) for text in counted] == list(range(20, 100))
    assert [number(fold(text)) for text in counted] == list(range(20, 100))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1/1/2026",
            "01/01/2026",
            "01.01.2026",
            "1-1-2026",
            "2026-01-01",
            "1/1/26",
            "１/１/２０２６",
        ),
        *("1 tháng 1 năm 2026", "ngày 1 tháng 1, 2026", "ngay 01 thang 01 nam 2026", "từ 1/1/2026"),
        *("1 January 2026", "January 1, 2026", "1st of January 2026", "1er janvier 2026"),
    ],
)
def test_a_date(text: str) -> None:
    assert date(text) == datetime.date(2026, 1, 1)
    assert same_day(text, "01/01/2026")


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "31/02/2026", "13/2023", "1/1/2026 hay 2/1/2026", "99/99/9999", "2026"]
)
def test_not_a_date(text: str) -> None:
    assert date(text) is None
    assert not same_day(text, text)


def test_day_comes_before_month() -> None:
    assert date("2/3/2026") == datetime.date(2026, 3, 2)


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
