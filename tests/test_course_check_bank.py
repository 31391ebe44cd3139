"""What a question bank must not give away, and what is and is not a fault of its language."""

import importlib
import json
from math import comb
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.course import app, bundled
from interop.formats import markdown
from lessons import course_check
from lessons.chance import seed
from lessons.course import Course, Question
from lessons.course_check import balance, sentences, stems, words
from lessons.course_check.judge import SINGLE, kind
from tests.course_desk import COURSE, FILES, FIRST_LESSON, course_in, written

BANK = Path(__file__).parent / "courses" / "broken" / "bank"


def told(lesson: str) -> list[str]:
    """What is told of the small course with this lesson."""
    return [str(each) for each in course_check.problems(course_in({**FILES, "l1.vi.md": lesson}))]


# --- chance ---


def test_equal_chances_are_a_binomial() -> None:
    for count in range(12):
        tail = sum(comb(11, k) * 0.25**k * 0.75 ** (11 - k) for k in range(count, 12))
        assert balance.at_least([0.25] * 11, count) == pytest.approx(tail)


def test_unequal_chances_are_added_up() -> None:
    assert balance.at_least([0.5, 0.2], 0) == 1
    assert balance.at_least([0.5, 0.2], 1) == pytest.approx(1 - 0.5 * 0.8)
    assert balance.at_least([0.5, 0.2], 2) == pytest.approx(0.1)
    assert balance.at_least([0.5, 0.2], 3) == 0
    assert balance.at_least([], 0) == 1


def chosen_from(options: list[tuple[str, bool]], id: str) -> str:
    lines = [f"### {id} · một lựa chọn", "", f"Câu hỏi của {id} là gì?", ""]
    for text, right in options:
        lines.append(f"- [{'x' if right else ' '}] {text}")
        if not right:
            lines += ["  - misconception: not-this", "  - feedback: Phương án này nói điều khác."]
    right_one = next(text for text, right in options if right)
    return "\n".join([*lines, "", f"> {right_one}."])


def test_an_option_as_long_as_the_right_one_gives_nothing_away() -> None:
    """Three of four have the length of the right one: it is among the longest at three in four."""
    even = [("bốn chữ cái a", True), ("bốn chữ cái b", False), ("bốn chữ cái c", False)]
    questions = [chosen_from([*even, ("ngắn", False)], f"x{n}") for n in range(6)]
    lesson = FIRST_LESSON + "\n" + "\n\n".join(questions)
    assert not any("longest" in each or "shortest" in each for each in told(lesson))


def test_the_longest_is_right_too_often_for_chance() -> None:
    odd = [("điều dài nhất", True), ("điều b", False), ("điều c", False), ("điều d", False)]
    questions = [chosen_from(odd, f"x{n}") for n in range(4)]
    lesson = FIRST_LESSON + "\n" + "\n\n".join(questions)
    found = [each for each in told(lesson) if "longest" in each]
    assert len(found) == 1
    # the fifth is the lesson's own: two of its options are the longest, the right one is shorter
    assert "the longest in 4 of 5 single choices, 1.5 by chance (p = 0.027)" in found[0]
    assert found[0].endswith("change the options of l1 x0, l1 x1, l1 x2, l1 x3")


def test_right_options_are_shown_in_every_place_equally_often() -> None:
    """They stand first in the files; what a thousand learners see is even (chi-square)."""
    course = markdown.read(bundled() / "c6")[0]
    assert course is not None
    for question in choices(course):
        n = len(question.block.options)
        shown = [question.solution(seed(f"learner-{k}", question.block.id))[0] for k in range(1000)]
        counts = [shown.count(letter) for letter in "ABCDE"[:n]]
        statistic = sum((count - 1000 / n) ** 2 / (1000 / n) for count in counts)
        assert statistic < CHI_SQUARE[n - 1]


CHI_SQUARE = {1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47}  # its quantile 0.999, by degrees of freedom


def choices(course: Course) -> list[Question]:
    questions = [q for lesson in course.lessons for q in lesson.texts["vi"].questions]
    return [question for question in questions if kind(question) == SINGLE]


# --- sentences ---


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("Mở nguồn ra đọc. Sau đó đối chiếu.", [4, 4]),
        ("Cách chọn:", [2]),
        ("Hỏi lại “đúng chưa?” Rồi dừng…", [4, 2]),
        ("Gửi về TP. Hồ Chí Minh, Hà Nội, v.v. và ghi lại.", [12]),
        ("Nghị định 356/2025/NĐ-CP có hiệu lực từ 01/01/2026.", [6]),
        ("Tra ở vbpl.vn trước.", [4]),
        ("• Cần điều luật → tra nguồn gốc", [6]),
        ("Hai ý; một câu.", [4]),
        ("Một; hai là hai; ba vẫn là ba.", [1, 3, 4]),
        ("", []),
        ("… ?!", [0, 0]),
    ],
)
def test_syllables_of_sentences(text: str, syllables: list[int]) -> None:
    assert [sentences.syllables(each) for each in sentences.sentences(text)] == syllables


# --- asking for what is not so ---


def negative(prompt: str, language: str) -> bool:
    how = words.asking(language)
    return how is not None and stems.negative(prompt, how)


@pytest.mark.parametrize(
    ("language", "prompt"),
    [
        ("vi", "Nội dung nào không được đưa lên AI công cộng?"),
        ("vi", "Việc nào sau đây là chưa đúng quy định?"),
        ("vi", "Có bốn việc. Việc nào đại biểu không nên làm?"),
        ("en", "Which of these is not a warning sign?"),
        ("en", "What mustn't be pasted into a public assistant?"),
        ("en", "Which steps can never be left out?"),
        ("fr", "Lequel de ces signes n'est pas une alerte\u00a0?"),
        ("fr", "Que ne faut-il jamais coller dans une IA publique\u00a0?"),
    ],
)
def test_a_stem_that_denies_is_told(language: str, prompt: str) -> None:
    assert negative(prompt, language)


@pytest.mark.parametrize(
    ("language", "prompt"),
    [
        ("vi", "Nội dung nào KHÔNG được đưa lên AI công cộng?"),
        ("vi", "Nguồn nào đủ để biết văn bản còn hiệu lực hay không?"),
        ("vi", "Cách nào giúp kiểm tra mà không lộ dữ liệu?"),
        ("vi", "Nên dùng công cụ nào cho dự thảo chưa công bố?"),
        ("vi", "Đơn không ghi tên người gửi. Xử lý thế nào?"),
        ("vi", "Với văn bản không đóng dấu, AI không biết gì?"),
        ("en", "Which of these is NOT a warning sign?"),
        ("en", "Which tool suits a draft not yet published?"),
        ("en", "What should be done if the source does not open?"),
        ("en", "The link does not open. What should be done first?"),
        ("fr", "Lequel de ces signes N'EST PAS une alerte\u00a0?"),
        ("fr", "Que faire d'un fichier qui n'est pas signé\u00a0?"),
        ("fr", "Quel outil ne demande que le texte publié\u00a0?"),
        ("lo", "Which is not?"),
    ],
)
def test_a_stem_that_does_not_is_left_in_peace(language: str, prompt: str) -> None:
    assert not negative(prompt, language)


# --- tone ---


def with_action(text: str) -> str:
    return FIRST_LESSON.replace("Nghĩ đến một câu hỏi", f"{text} Nghĩ đến một câu hỏi")


@pytest.mark.parametrize(
    "text",
    [
        "Gửi cho một người bạn, cho bạn bè và bạn đọc.",
        "Tin nhắn viết “Tài khoản của bạn bị khóa!” là lừa đảo.",
        "Chứng thư chữ ký số còn hạn.",
        "Từ A → B, 5 × 3, © và 20 °C.",
    ],
)
def test_words_that_only_look_wrong_are_left_in_peace(text: str) -> None:
    assert told(with_action(text)) == []


def test_what_may_be_typed_is_not_judged_by_its_spelling() -> None:
    """Accepted answers hold what people type, not what they ought to."""
    typed = (
        "### q6 · trả lời ngắn · situation\n\nTra hiệu lực của Nghị định 52/2015/NĐ-CP ở đâu?\n\n"
        "- [x] vbpl.vn / www.vbpl.vn / https://vbpl.vn / nghị định 52/2015/ND-CP!\n"
        "- misconception: ai-knows-current-law\n- feedback: Nơi này không đăng văn bản gốc.\n\n"
        "> Tra ở vbpl.vn.\n"
    )
    assert told(f"{FIRST_LESSON}\n{typed}") == []


# --- several courses ---


def test_courses_together_are_a_bank() -> None:
    done = CliRunner().invoke(app, ["check", str(BANK)])
    lines = done.output.splitlines()
    assert done.exit_code == 1
    assert lines[:2] == [
        "ONE: 1 lesson, 4 questions, en: no problems",
        "TWO: 1 lesson, 4 questions, en: no problems",
    ]
    assert lines[-1] == f"Bank: 2 courses, 8 questions: {len(lines) - 3} problems"
    assert all(line.startswith(f"{BANK.as_posix()}/") for line in lines[2:-1])


def test_the_problems_of_a_bank_are_in_the_json() -> None:
    done = CliRunner().invoke(app, ["check", "--json", str(BANK)])
    told_together = json.loads(done.output)["bank"]["problems"]
    assert len(told_together) == len(BANK.joinpath("problems.txt").read_text().splitlines())


def test_one_course_is_no_bank(tmp_path: Path) -> None:
    written(tmp_path / "one", FILES)
    assert "Bank" not in CliRunner().invoke(app, ["check", str(tmp_path)]).output


def test_the_same_course_twice_asks_everything_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        written(tmp_path / name, {**FILES, "course.md": COURSE.replace("small", name)})
    done = CliRunner().invoke(app, ["check", str(tmp_path)])
    alike = [line for line in done.output.splitlines() if "100 in a hundred" in line]
    assert len(alike) == 5
    assert all(line.startswith(f"{tmp_path}/two/") for line in alike)
    assert "stands nowhere else" not in done.output


def test_every_line_that_is_read_is_judged() -> None:
    """Titles, screens, action, facts, prompts, answers, feedback and explanations."""
    passages = importlib.import_module("lessons.course_check.passages")
    read = passages.passages(course_in(FILES))
    parts = {passage.part for passage in read}
    assert parts == set(passages.Part)
    lines = FIRST_LESSON.splitlines()
    for passage in read:
        if passage.file == "l1.vi.md":
            assert passage.text in lines[passage.line - 1]
