"""Every question type keeps the same promises; each understands how people answer it."""

from importlib import import_module
from itertools import permutations

import pytest

from lessons import questions
from lessons.authoring import read_questions
from lessons.course import Block, Marked, Miswritten, More, Option, Question
from lessons.texts import languages, say

KINDS = sorted(questions.kinds())
SEEDS = range(50)
THIRD = 1 / 3


def example(kind: str) -> str:
    return str(import_module(f"lessons.questions.{kind}").EXAMPLE)


def ask(written: str, language: str = "vi") -> Question:
    """The one question in what an author wrote."""
    (question,) = read_questions(written.strip(), language)
    return question


def answer(question: Question, *messages: str, seed: int = 1) -> Marked | More | None:
    """What the last message of an answer leads to."""
    heard: Marked | More | None = None
    so_far: tuple[str, ...] = ()
    for message in messages:
        heard = question.hear(message, so_far, seed)
        so_far = heard.so_far if isinstance(heard, More) else ()
    return heard


def score(question: Question, *messages: str, seed: int = 1) -> float:
    marked = answer(question, *messages, seed=seed)
    assert isinstance(marked, Marked), marked
    return marked.score


def label(question: Question, option: str, seed: int = 1) -> str:
    """The letter or number an option is shown with."""
    lines = question.show(seed).text.splitlines()
    return next(line.split(".")[0] for line in lines if line.endswith(f". {option}"))


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


# --- single choice ---

SINGLE = """
### q1 · một lựa chọn

Trợ lý AI tạo ra câu trả lời bằng cách nào?

- [x] Ghép từ ngữ dựa trên dữ liệu đã học
- [ ] Lấy nguyên văn từ cơ sở dữ liệu pháp luật
  - misconception: ai-is-a-legal-database
  - feedback: Phương án này nhầm với cơ sở dữ liệu pháp luật.
- [ ] Chuyển câu hỏi cho một chuyên gia trả lời
  - misconception: a-human-is-behind-it
  - feedback: Phương án này cho rằng phía sau có người.
"""


@pytest.mark.parametrize("form", ["{}", "{}.", "({})", "đáp án {}", "cau {} ạ", "toi chon {}"])
@pytest.mark.parametrize("seed", range(6))
def test_single_choice_by_letter(form: str, seed: int) -> None:
    question = ask(SINGLE)
    letter = label(question, "Ghép từ ngữ dựa trên dữ liệu đã học", seed)
    number = str("ABC".index(letter) + 1)
    for said in (letter, letter.lower(), number, chr(ord("０") + int(number))):
        assert score(question, form.format(said), seed=seed) == 1


@pytest.mark.parametrize("text", ["GHÉP TỪ NGỮ", "ghep tu ngu", "gheps tuwf nguwx", "ghép tư ngữ"])
def test_single_choice_by_its_words(text: str) -> None:
    assert score(ask(SINGLE), text) == 1


def test_single_choice_names_the_misconception() -> None:
    marked = answer(ask(SINGLE), "lay nguyen van")
    feedback = "Phương án này nhầm với cơ sở dữ liệu pháp luật."
    assert marked == Marked(0.0, "ai-is-a-legal-database", feedback)


@pytest.mark.parametrize("text", ["ai là gì", "tiếp tục", "d", "4", "a b", "", "chatgpt là gì?"])
def test_single_choice_hears_what_is_no_answer(text: str) -> None:
    assert answer(ask(SINGLE), text) is None


def test_every_order_of_options_occurs() -> None:
    question = ask(SINGLE)
    assert len({question.show(seed).text for seed in SEEDS}) == len(list(permutations("abc")))


# --- several choices ---

SEVERAL = """
### q1 · nhiều lựa chọn

Việc nào nên hỏi AI trước?

- [x] Diễn đạt dễ hiểu một đoạn đã công khai
- [x] Nêu câu hỏi cho dự thảo đã công bố
- [ ] Xác nhận một nghị định còn hiệu lực
  - misconception: ai-knows-current-law
  - feedback: Phương án này cho rằng AI luôn biết văn bản mới nhất.
- [ ] Tóm tắt hồ sơ đóng dấu Mật
  - misconception: convenience-beats-secrecy
  - feedback: Phương án này đặt sự tiện lợi lên trên.
"""
RIGHT = ("Diễn đạt dễ hiểu một đoạn đã công khai", "Nêu câu hỏi cho dự thảo đã công bố")
WRONG = ("Xác nhận một nghị định còn hiệu lực", "Tóm tắt hồ sơ đóng dấu Mật")


def letters(*options: str) -> list[str]:
    return [label(ask(SEVERAL), option) for option in options]


@pytest.mark.parametrize("form", ["{} {}", "{},{}", "{} và {}", "{}; {}", "câu {} với câu {}"])
def test_several_choices_typed_at_once(form: str) -> None:
    said = letters(*RIGHT)
    numbers = ["ABCD".index(letter) + 1 for letter in said]
    assert score(ask(SEVERAL), form.format(*said)) == 1
    assert score(ask(SEVERAL), form.format(*said).lower()) == 1
    assert score(ask(SEVERAL), form.format(*numbers)) == 1
    assert score(ask(SEVERAL), form.format(*RIGHT)) == 1


def test_several_choices_are_scored_by_share() -> None:
    question = ask(SEVERAL)
    first, second, third, fourth = letters(*RIGHT, *WRONG)
    assert score(question, first) == 0.5
    assert score(question, f"{first} {second} {third}") == 0.5
    assert score(question, f"{first} {third}") == 0
    assert score(question, f"{third} {fourth}") == 0
    assert score(question, f"{first} {second} {third} {fourth}") == 0


def test_several_choices_name_a_wrong_one_or_say_that_one_is_missing() -> None:
    question = ask(SEVERAL)
    first, _, third, _ = letters(*RIGHT, *WRONG)
    feedback = "Phương án này cho rằng AI luôn biết văn bản mới nhất."
    assert answer(question, f"{first} {third}") == Marked(0, "ai-knows-current-law", feedback)
    assert answer(question, first) == Marked(0.5, feedback=say("vi", "question.incomplete"))


def test_several_choices_are_tapped_one_by_one() -> None:
    question = ask(SEVERAL)
    first, second, third, _ = letters(*RIGHT, *WRONG)
    taps = [f"+{third}", f"+{first}", f"+{second}", f"+{third}"]
    more = answer(question, *taps)
    assert isinstance(more, More)
    assert more.so_far == tuple(sorted([first, second]))
    assert more.shown.text == say("vi", "question.chosen", chosen=", ".join(more.so_far))
    assert ("+done", "Xong") in more.shown.choices
    assert score(question, *taps, "+done") == 1
    assert score(question, *taps, "xong") == 1
    assert score(question, *taps, third) == 0, "what is typed is the whole answer"


def test_several_choices_done_with_none() -> None:
    more = answer(ask(SEVERAL), "+done")
    assert isinstance(more, More)
    assert more.shown.text == say("vi", "question.none_chosen")
    assert answer(ask(SEVERAL), "xong") is None
    assert answer(ask(SEVERAL), "+E") is None


# --- true or false ---

STATEMENT = """
### q1 · đúng sai

Câu trả lời trôi chảy thì chắc chắn đúng.

- [ ] Đúng
  - misconception: fluency-means-truth
  - feedback: Phương án này coi trôi chảy là bằng chứng.
- [x] Sai
"""


@pytest.mark.parametrize(
    "text",
    [
        *("Sai", "sai", "SAI", "s", "sai rồi ạ", "b", "B", "2", "không", "ko", "không đúng"),
        *(
            "ko đúng",
            "chưa đúng",
            "khong dung",
            "false",
            "f",
            "faux",
            "it's false",
            "pas vrai",
            "not true",
        ),
    ],
)
def test_false(text: str) -> None:
    assert score(ask(STATEMENT), text) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("Đúng", "đúng", "dung", "ddungs", "đ", "d", "Đúng ạ", "a", "1", "có", "true", "t", "V"),
        *("vrai", "yes", "không sai", "ĐÚNG"),
    ],
)
def test_true(text: str) -> None:
    feedback = "Phương án này coi trôi chảy là bằng chứng."
    assert answer(ask(STATEMENT), text) == Marked(0.0, "fluency-means-truth", feedback)


@pytest.mark.parametrize("text", ["", "c", "3", "đúng hay sai", "dừng học hôm nay", "vì sao?"])
def test_neither_true_nor_false(text: str) -> None:
    assert answer(ask(STATEMENT), text) is None


def test_true_stands_before_false() -> None:
    assert {ask(STATEMENT).show(seed).choices for seed in SEEDS} == {(("A", "Đúng"), ("B", "Sai"))}


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
