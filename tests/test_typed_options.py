"""Options, orders and pairs are understood by letter, number or words."""

import pytest

from lessons import texts
from lessons.typed import bare, chosen, fold, listed, order, paired, several
from tests.typed_desk import nfd

OPTIONS = [
    "Ghép từ ngữ dựa trên dữ liệu đã học",
    "Lấy nguyên văn từ cơ sở dữ liệu pháp luật",
    "Chuyển câu hỏi cho một chuyên gia trả lời",
    "Chọn câu đã được cơ quan nhà nước duyệt",
]
TIES = ["Gửi bản mật", "Gửi bản mát", "Gửi bản gốc cho thư ký", "Gửi bản gốc cho trợ lý"]


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
