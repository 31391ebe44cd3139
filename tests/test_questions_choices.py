"""Single choice, several choices, true or false: each understands how people choose."""

from itertools import permutations

import pytest

from lessons.course import Marked, More
from lessons.texts import say
from tests.questions_desk import SEEDS, answer, ask, label, score

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
