"""Number, short text, cloze, open answer: each understands what people write."""

import pytest

from lessons.course import Marked, More, Question
from lessons.texts import say
from tests.questions_desk import answer, ask, score

# --- number ---

YEAR = """
### q1 · số

Luật có hiệu lực từ năm nào?

- [x] 2026
- [ ] 2025
  - misconception: enacted-is-in-force
  - feedback: Đây là năm ban hành.
- misconception: any-year-will-do
- feedback: Xin xem lại ngày có hiệu lực.
"""


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026",
            "２０２６",
            "năm 2026",
            "2.026",
            "1/1/2026",
            "01.01.2026",
            "2026-01-01",
            "Nam 2026.",
        ),
        *("hai nghìn không trăm hai mươi sáu", "2026 ạ", "ngày 1 tháng 1 năm 2026"),
    ],
)
def test_a_year(text: str) -> None:
    assert score(ask(YEAR), text) == 1


def test_a_known_wrong_number_and_another() -> None:
    assert answer(ask(YEAR), "2025") == Marked(0.0, "enacted-is-in-force", "Đây là năm ban hành.")
    assert answer(ask(YEAR), "31/12/2025") == answer(ask(YEAR), "2025")
    other = Marked(0.0, "any-year-will-do", "Xin xem lại ngày có hiệu lực.")
    assert answer(ask(YEAR), "1999") == other
    assert answer(ask(YEAR), "-2026") == other
    assert answer(ask(YEAR), "không nhớ") is None
    assert answer(ask(YEAR), "2025 hay 2026") is None


def number(*answers: str, language: str = "vi") -> Question:
    return ask("### q1 · số\n\nBao nhiêu?\n\n" + "\n".join(answers), language)


@pytest.mark.parametrize(
    ("answer_line", "text", "right"),
    [
        ("- [x] 37.5 ± 0.5", "37,5", 1),
        ("- [x] 37,5 ± 0,5", "37.1", 1),
        ("- [x] 37.5 +/- 0.5", "38", 1),
        ("- [x] 37.5 ± 0.5", "38.1", 0),
        ("- [x] 3", "3 tỷ đồng", 1),
        ("- [x] 100000", "100 nghìn", 1),
        ("- [x] 1234", "1.234", 1),
        ("- [x] 0", "0", 1),
        ("- [x] 20", "hai mươi", 1),
        ("- [x] 5", "1/1/2005", 0),
        ("- [x] 01/01/2026", "1.1.2026", 1),
        ("- [x] 01/01/2026", "2026-01-01", 1),
        ("- [x] 01/01/2026", "2026", 0),
        ("- [x] -5", "-5", 1),
    ],
)
def test_numbers(answer_line: str, text: str, right: float) -> None:
    assert score(number(answer_line), text) == right


def test_a_number_is_revealed_in_the_languages_way() -> None:
    assert number("- [x] 37.5 ± 0.5").reveal(1) == "37,5"
    assert number("- [x] 37,5 ± 0,5", language="en").reveal(1) == "37.5"
    assert number("- [x] 01.01.2026").reveal(1) == "01.01.2026"


# --- short text ---

SHORT = """
### q1 · trả lời ngắn

Chỉ nên đưa loại tài liệu nào cho trợ lý AI?

- [x] công khai / công bố
- [ ] nội bộ
  - misconception: internal-is-harmless
  - feedback: Câu này coi tài liệu nội bộ là vô hại.
- misconception: any-document-will-do
- feedback: Câu này nêu loại tài liệu khác.
"""


@pytest.mark.parametrize(
    "text",
    [
        *("công khai", "cong khai", "CÔNG KHAI", "coong khai", "tài liệu đã công bố", "công bố ạ"),
        *("đã công khai chưa", "không nội bộ mà công khai", "cong khia", "tai lieu duoc cong bo"),
    ],
)
def test_an_accepted_short_text(text: str) -> None:
    assert score(ask(SHORT), text) == 1


@pytest.mark.parametrize(
    ("text", "misconception"),
    [
        ("nội bộ", "internal-is-harmless"),
        ("tai lieu noi bo", "internal-is-harmless"),
        ("công khai và nội bộ", "internal-is-harmless"),
        ("không công khai", "any-document-will-do"),
        ("chua cong bo", "any-document-will-do"),
        ("mật", "any-document-will-do"),
    ],
)
def test_another_short_text(text: str, misconception: str) -> None:
    marked = answer(ask(SHORT), text)
    assert isinstance(marked, Marked)
    assert (marked.score, marked.misconception) == (0, misconception)


def test_short_text_without_words_is_no_answer() -> None:
    assert answer(ask(SHORT), "🙂") is None


def test_short_text_dates_and_diacritics() -> None:
    day = ask("### q1 · trả lời ngắn\n\nNgày nào?\n\n- [x] 01/01/2026\n- [ ] 1/7/2025")
    assert score(day, "1 tháng 1 năm 2026") == 1
    assert score(day, "1.1.2026") == 1
    assert score(day, "01/07/2025") == 0
    mark = ask("### q1 · trả lời ngắn\n\nDấu gì?\n\n- [x] mật\n- [ ] mát")
    assert [score(mark, text) for text in ("mật", "maatj", "mat", "mất", "mát")] == [1, 1, 1, 1, 0]
    denial = ask("### q1 · trả lời ngắn\n\nTài liệu nào?\n\n- [x] không công khai\n- [ ] công khai")
    assert [score(denial, text) for text in ("khong cong khai", "công khai")] == [1, 0]


# --- cloze ---

BLANKS = """
### q1 · điền chỗ trống

AI tạo sinh ___ ra nội dung mới; nó không ___ văn bản gốc.

1. tạo / viết
2. tra cứu / tra
- misconception: ai-retrieves
- feedback: Cách điền này cho rằng AI đi lấy văn bản.
"""


@pytest.mark.parametrize(
    "text",
    [
        *("tạo; tra cứu", "viết, tra", "tao / tra cuu", "tạo\ntra cứu", "tạo tra cứu"),
        *("taoj; tra cuwus", "TẠO;TRA CỨU", "không phải: viết; không tra cứu"),
        "AI tạo sinh tạo ra nội dung mới; nó không tra cứu văn bản gốc.",
    ],
)
def test_filled_blanks(text: str) -> None:
    assert score(ask(BLANKS), text) == 1


@pytest.mark.parametrize(
    ("text", "share"),
    [("tạo", 0.5), ("tạo; ghi", 0.5), ("ghi; tra", 0.5), ("tra cứu; tạo", 0), ("lấy ra", 0)],
)
def test_half_filled_blanks(text: str, share: float) -> None:
    feedback = "Cách điền này cho rằng AI đi lấy văn bản."
    assert answer(ask(BLANKS), text) == Marked(share, "ai-retrieves", feedback)


def test_one_blank_takes_the_whole_text() -> None:
    one = ask("### q1 · điền chỗ trống\n\nAI ___ câu trả lời.\n\n1. viết / soạn, viết")
    assert score(one, "AI viết câu trả lời") == 1
    assert score(one, "nó không viết") == 0
    assert answer(one, " … ") is None
    assert say("vi", "question.cloze_hint", count=1) not in one.show(1).text


# --- open answer ---

OPEN = """
### q1 · tự luận

Kiểm tra bản tóm tắt thế nào?

- [x] Mở văn bản gốc
- [x] So con số, ngày tháng
- misconception: fluency-means-truth
- feedback: Câu này tin bản tóm tắt.
"""


@pytest.mark.parametrize(
    ("said", "points"),
    [
        *[("+all", 1), ("+some", 0.5), ("+none", 0), ("1", 1), ("2", 0.5), ("3", 0)],
        *[("Đủ các ý", 1), ("mot phan", 0.5), ("chưa có", 0)],
    ],
)
def test_an_open_answer_is_compared_by_the_learner(said: str, points: float) -> None:
    question = ask(OPEN)
    more = answer(question, "Tôi mở văn bản gốc ra đọc")
    assert isinstance(more, More)
    assert "• Mở văn bản gốc\n• So con số, ngày tháng" in more.shown.text
    assert [value for value, _ in more.shown.choices] == ["+all", "+some", "+none"]
    assert score(question, "Tôi mở văn bản gốc ra đọc", said) == points


def test_an_open_answer_keeps_little_and_waits_for_words() -> None:
    more = answer(ask(OPEN), "x" * 5000)
    assert isinstance(more, More)
    assert [len(kept) for kept in more.so_far] == [1000]
    assert answer(ask(OPEN), "🙂") is None
    assert answer(ask(OPEN), "+all") is None
    assert answer(ask(OPEN), "mở nguồn", "chưa rõ") is None
