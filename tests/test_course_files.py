"""Course files: what is read of them, and of the folders they lie in."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from interop.formats import markdown
from lessons.authoring import Problem, read_questions, wording
from lessons.course import Miswritten, Option
from tests.course_desk import COURSE, FILES, FIRST_LESSON, course_in, written

# --- what is read ---


def test_a_lesson_is_read_as_it_stands() -> None:
    course = course_in(FILES)
    assert (course.id, course.version, course.titles) == ("small", 3, {"vi": "Một bài"})
    (lesson,) = course.lessons
    assert lesson.codes == ("TT02 6.1", "DC3 1.1", "DC3 1.2", "NQ398 3")
    text = lesson.texts["vi"]
    assert text.title == "AI tạo sinh là gì?"
    assert text.objective.startswith("Phân biệt trợ lý AI")
    assert [screen[:12] for screen in text.screens] == ["Ý chính: trợ", "Công cụ tra "]
    assert text.screens[0].count("\n\n") == 1
    assert text.action.startswith("Nghĩ đến một câu hỏi")
    assert FIRST_LESSON.splitlines()[text.screen_lines[1] - 1] == text.screens[1].split("\n")[0]
    assert [claim.mark for claim in text.claims] == ["P", "P"]
    assert text.claims[0].as_of == date(2026, 11, 22)


def test_a_screen_may_show_a_picture() -> None:
    picture = "![Trang chủ](https://example.org/trang-chu.jpg)\n\nÝ chính:"
    lesson = FIRST_LESSON.replace("Ý chính:", picture, 1)
    text = course_in({**FILES, "l1.vi.md": lesson}).lessons[0].texts["vi"]
    media = text.shows(0)
    assert media is not None
    assert (media.kind, media.words) == ("picture", "Trang chủ")
    assert media.in_words() == "Trang chủ: https://example.org/trang-chu.jpg"
    assert text.shows(1) is None
    assert text.screens[0].startswith("Ý chính:")


def test_questions_are_read_as_they_stand() -> None:
    text = course_in(FILES).lessons[0].texts["vi"]
    blocks = {question.block.id: question.block for question in text.questions}
    assert list(blocks) == ["q1", "q2", "q3", "q4", "q5"]
    assert [option.right for option in blocks["q1"].options] == [True, False, False, False]
    assert blocks["q1"].options[1].misconception == "ai-is-a-legal-database"
    assert blocks["q2"].kind == "đúng sai"
    assert blocks["q3"].pairs[0] == ("Lời văn một điều luật", "vbpl.vn")
    assert blocks["q3"].flags == {"situation"}
    assert blocks["q3"].misconception == "one-tool-does-everything"
    assert [step.split(" / ")[0] for step in blocks["q4"].steps] == ["tạo", "tra cứu"]
    assert blocks["q5"].explanation.startswith("Nên hỏi AI khi cần")
    lines = FIRST_LESSON.splitlines()
    for block in blocks.values():
        assert lines[block.line - 1].startswith(f"### {block.id}")
        assert all(option.text in lines[option.line - 1] for option in block.options)


def test_the_examples_of_the_documentation_are_read() -> None:
    page = Path(__file__).parent.parent.joinpath("docs", "courses.md").read_text(encoding="utf-8")
    head, lesson, summary = re.findall(r"```markdown\n(.*?)```", page, re.DOTALL)
    head = re.sub(
        "(?m)^(languages|lessons): (..).*", r"\1: \2", re.sub("title.(en|fr).*\n", "", head)
    )
    course = course_in({"course.md": head, "l1.vi.md": lesson, "summary.vi.md": summary})
    text, page = course.lessons[0].texts["vi"], course.summaries["vi"]
    assert (len(page.text.splitlines()), len(page.boxes)) == (2, 2)
    assert (len(text.screens), len(text.claims), len(text.questions)) == (2, 1, 1)


def test_reading_the_sources_again_gives_the_same_course() -> None:
    course = course_in({**FILES, "README.md": "Notes."})
    assert course.files == FILES
    assert course_in(course.files) == course


@pytest.mark.parametrize(
    "harmless",
    [
        pytest.param(lambda text: "\ufeff" + text.replace("\n", "\r\n"), id="windows"),
        pytest.param(lambda text: text.replace("\n", "  \t\n"), id="trailing spaces"),
        pytest.param(lambda text: re.sub(r"(?m)^( *)- ", r"\1* ", text), id="stars"),
        pytest.param(lambda text: re.sub(r"(?m)^  - ", "\t- ", text), id="tabs"),
        pytest.param(lambda text: text.replace("[x]", "[X]").replace("[ ]", "[]"), id="brackets"),
        pytest.param(lambda text: re.sub("(?m)^(- .*)→", r"\1->", text), id="arrows"),
        pytest.param(lambda text: text.replace(" · ", " - "), id="hyphens"),
        pytest.param(lambda text: re.sub("(?m)^(##+) (.)", r"\1\2", text), id="tight headings"),
        pytest.param(lambda text: re.sub("(?m)^---$", "-----", text), id="long rules"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="marks apart"),
        pytest.param(lambda text: text.replace("## Câu hỏi", "## QUESTIONS"), id="capitals"),
    ],
)
def test_harmless_differences_do_not_matter(harmless: Callable[[str], str]) -> None:
    written = {name: harmless(text) for name, text in FILES.items()}
    assert written != FILES
    assert course_in(written) == course_in(FILES)


def test_more_empty_lines_do_not_matter() -> None:
    spaced = course_in({**FILES, "l1.vi.md": "\n" + FIRST_LESSON.replace("\n\n", "\n\n\n\n")})
    text, plain = (each.lessons[0].texts["vi"] for each in (spaced, course_in(FILES)))
    assert text.screens == plain.screens
    assert [q.block.prompt for q in text.questions] == [q.block.prompt for q in plain.questions]


def test_capitals_in_file_names_do_not_matter() -> None:
    assert course_in({"Course.MD": COURSE, "L1.VI.md": FIRST_LESSON}) == course_in(FILES)


def test_questions_are_read_without_a_course() -> None:
    (question,) = read_questions("\n### q1 · single choice\n\nOne?\n\n- [x] Yes\n- [ ] No\n", "en")
    block = question.block
    assert (block.id, block.language, block.prompt, block.line) == ("q1", "en", "One?", 2)
    assert block.options == (Option("Yes", True, line=6), Option("No", False, line=7))
    with pytest.raises(Miswritten, match="has no text") as caught:
        read_questions("### q1 · single choice\n\nOne?\n\n- [x]\n- [ ] No\n", "en")
    assert caught.value.line == 5


# --- folders ---


def test_problems_are_named_as_the_folder_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "mine", {"course.md": COURSE.replace("version: 3\n", "")})
    monkeypatch.chdir(tmp_path)
    _, problems = markdown.read(Path("mine"))
    assert [problem.file for problem in problems] == ["mine/course.md", "mine/course.md"]


def test_course_folders_are_found(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one", FILES), written(tmp_path / "two", {"Course.md": ""})
    written(tmp_path / "three", {"l1.vi.md": FIRST_LESSON})
    tmp_path.joinpath("four").symlink_to("one")
    tmp_path.joinpath("loop").symlink_to("loop")
    tmp_path.joinpath("self").symlink_to(".")
    assert markdown.find(one) == [one]
    assert [folder.resolve() for folder in markdown.find(tmp_path)] == [one, two]
    assert markdown.find(tmp_path / "nowhere") == []


def test_other_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    folder = written(tmp_path / "small", {**FILES, "notes.txt": "x", "._l1.vi.md": "\0"})
    folder.joinpath("l2.vi.md").symlink_to("l2.vi.md")
    folder.joinpath("l3.vi.md").mkdir()
    assert markdown.read(folder) == (course_in(FILES), ())


def test_what_is_no_course_folder_is_said(tmp_path: Path) -> None:
    empty, file = written(tmp_path / "empty", {}), tmp_path / "file"
    file.touch()
    long = tmp_path / ("x" * 5000)
    for path, name, what in (
        (tmp_path / "nowhere", "nowhere", wording.NO_FOLDER),
        (file, "file", wording.NOT_A_FOLDER),
        (long, long.name, wording.UNREADABLE.format(reason="File name too long")),
        (empty, "empty/course.md", wording.NO_COURSE_FILE),
    ):
        assert markdown.read(path) == (None, (Problem(f"{tmp_path}/{name}", 1, what),))


def test_a_huge_file_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    huge = {"l1.vi.md": FIRST_LESSON + "x" * 10_000_000, "l2.vi.md": ""}
    folder = written(tmp_path / "huge", {**FILES, **huge})
    _, problems = markdown.read(folder)
    lines = [str(each).removeprefix(f"{folder}/") for each in problems]
    assert lines[0] == f"l1.vi.md:1: {wording.TOO_BIG.format(limit=1000)}"
    assert {line.split(":")[0] for line in lines[1:]} == {"l2.vi.md"}
