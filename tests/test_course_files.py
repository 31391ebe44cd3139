"""Course files: what is read, how every mistake is reported, and what a good course is."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli.course import app, bundled
from interop.formats import markdown
from lessons import course_check
from lessons.authoring import Problem, read_course, read_questions, wording
from lessons.course import Course, Miswritten, Option

BROKEN = sorted(Path(__file__).parent.joinpath("courses", "broken").iterdir())
C6 = bundled() / "c6"
COURSE = """---
id: small
version: 3
languages: vi
lessons: l1
frameworks: TT02, DC3, NQ398
title.vi: Một bài
---
"""
FIRST_LESSON = C6.joinpath("l1.vi.md").read_text(encoding="utf-8")
FILES = {"course.md": COURSE, "l1.vi.md": FIRST_LESSON}


def course_in(files: Mapping[str, str]) -> Course:
    course, problems = read_course(files)
    assert problems == ()
    assert course is not None
    return course


def problems_in(files: Mapping[str, str]) -> list[str]:
    course, problems = read_course(files)
    assert course is None
    return [str(problem) for problem in problems]


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
    head, lesson = re.findall(r"```markdown\n(.*?)```", page, re.DOTALL)
    head = re.sub(
        "(?m)^(languages|lessons): (..).*", r"\1: \2", re.sub("title.(en|fr).*\n", "", head)
    )
    text = course_in({"course.md": head, "l1.vi.md": lesson}).lessons[0].texts["vi"]
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


# --- what is reported ---

PURE = {  # mistakes that cannot lie in a folder of the repository
    "a control character": (
        {**FILES, "l1.vi.md": FIRST_LESSON.replace("Ý chính", "Ý\x1b chính")},
        ["l1.vi.md:9: holds an invisible control character (U+001B): delete it"],
    ),
    "an endless line": (
        {**FILES, "l1.vi.md": FIRST_LESSON + "\n> " + "x" * 2000},
        [
            f"l1.vi.md:{FIRST_LESSON.count(chr(10)) + 2}: this line has more than 2000 characters: "
            "break it into shorter ones"
        ],
    ),
    "two names that differ in capitals": (
        {**FILES, "L1.vi.md": FIRST_LESSON},
        ["l1.vi.md:1: the file L1.vi.md has the same name but for capitals: keep one of them"],
    ),
    "no course.md": (
        {"l1.vi.md": FIRST_LESSON},
        ["course.md:1: there is no course.md: write one that says what the course is"],
    ),
    "nothing": (
        {},
        ["course.md:1: there is no course.md: write one that says what the course is"],
    ),
}


def expected(folder: Path) -> list[str]:
    return folder.joinpath("problems.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_course_is_reported(folder: Path) -> None:
    _, problems = markdown.check(folder)
    assert [str(each).removeprefix(f"{folder.as_posix()}/") for each in problems] == expected(
        folder
    )


@pytest.mark.parametrize("mistake", PURE)
def test_a_mistake_is_reported(mistake: str) -> None:
    files, told = PURE[mistake]
    assert problems_in(files) == told


ELSEWHERE = {  # seen in the tests of folders and of courses without files, below
    *("NO_FOLDER", "NOT_A_FOLDER", "UNREADABLE", "TOO_BIG"),
    *("NOT_TRANSLATED", "NO_SOURCE", "TOO_MANY_OPTIONS"),
}


def test_every_sentence_has_a_broken_sample() -> None:
    told = [line for folder in BROKEN for line in expected(folder)]
    told += [line for _, lines in PURE.values() for line in lines]
    sentences = {name: text for name, text in vars(wording).items() if name.isupper()}
    unseen = set()
    for name, text in sentences.items():
        pattern = re.sub(r"\\{.*?\\}", ".*", re.escape(text))
        if not any(re.fullmatch(rf"[^:]+:\d+: {pattern}", line) for line in told):
            unseen.add(name)
    assert unseen == ELSEWHERE


def test_a_course_without_files_is_judged_too() -> None:
    course = replace(course_in(FILES), files={}, titles={"vi": "Một bài", "lo": "?"})
    text = course.lessons[0].texts["vi"]
    first, *others = text.questions
    wrong = [Option(str(n), False, "a-number", "A number.") for n in range(5)]
    block = replace(first.block, options=(*wrong, Option("5", True)), explanation="5")
    poorer = replace(
        text,
        claims=(replace(text.claims[0], source=""),),
        questions=(replace(first, block=block), *others),
    )
    lesson = replace(course.lessons[0], texts={"vi": poorer})
    found = [str(each) for each in course_check.problems(replace(course, lessons=(lesson,)))]
    assert found == [
        "l1.lo.md:1: the lesson has no text in lo: translate it or take the language off",
        f"l1.vi.md:{text.claims[0].line}: the fact has no source: say where it comes from",
        f"l1.vi.md:{block.line}: q1: 6 options: keep at most 5",
    ]


FRAGMENTS = st.sampled_from(
    [
        *("---", "# A", "## Facts", "## Questions", "## x", "### q1 · single choice", "### q"),
        *("id: a", "version: 1", "languages: vi", "lessons: l1", "title.vi: A", "lesson: l1"),
        *("objective: x", "codes: ,", "- [x] 1", "- [ ] 2", "- [", "  - feedback: x", "- a → b"),
        *("1. a", "2. b", "___", "> why", "- x", "  - as_of: 2026-02-30", "### q2 · cloze"),
        *("### q3 · number", "### q4 · short text", "### q5 · matching", "### q6 · ordering"),
        *("### q7 · open answer", "### q8 · true or false", "- [x] 1 ± x", "- [x] / ", "- [x] ²"),
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=20) | st.sampled_from(FIRST_LESSON.split("\n"))).map(
    "\n".join
)
NAMES = st.sampled_from(["course.md", "l1.vi.md", "l1.en.md", "README.md", "x"]) | st.text(
    max_size=5
)


@given(st.dictionaries(NAMES, TEXTS | st.text(), max_size=4))
def test_any_text_in_any_file_gives_a_course_or_problems(files: dict[str, str]) -> None:
    judge(files)


@given(st.lists(st.sampled_from(FIRST_LESSON.split("\n")), max_size=80), st.integers(0, 120))
def test_any_mixture_of_a_lesson_gives_a_course_or_problems(lines: list[str], start: int) -> None:
    whole = FIRST_LESSON.split("\n")
    judge({"course.md": COURSE, "l1.vi.md": "\n".join(whole[:start] + lines)})


def judge(files: Mapping[str, str]) -> None:
    course, problems = read_course(files)
    assert (course is None) == bool(problems)
    assert all(isinstance(each, Problem) and each.line >= 1 and each.what for each in problems)
    if course is not None:
        assert all(lesson.texts.keys() == course.titles.keys() for lesson in course.lessons)
        assert read_course(course.files) == (course, ())
        course_check.problems(course)


# --- folders ---


def written(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    return folder


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


# --- the command ---


def test_a_good_course_is_one_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "small", FILES)
    done = CliRunner().invoke(app, ["check", str(folder)])
    assert (done.exit_code, done.output) == (0, "SMALL: 1 lesson, 5 questions, vi: no problems\n")


def test_a_broken_course_is_every_problem_and_one_line() -> None:
    folder = next(folder for folder in BROKEN if folder.name == "lengths")
    done = CliRunner().invoke(app, ["check", str(folder)])
    problems = [f"{folder.as_posix()}/{line}" for line in expected(folder)]
    summary = f"LENGTHS: 3 lessons, 3 questions, en: {len(problems)} problems"
    assert (done.exit_code, done.output.splitlines()) == (1, [*problems, summary])


def test_a_course_that_cannot_be_read_is_named_by_its_folder() -> None:
    folder = next(folder for folder in BROKEN if folder.name == "not-utf8")
    done = CliRunner().invoke(app, ["check", str(folder)])
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "NOT-UTF8: 2 problems")


def test_the_command_speaks_json(tmp_path: Path) -> None:
    written(tmp_path / "good", FILES)
    written(tmp_path / "bad", {"course.md": COURSE, "l1.vi.md": FIRST_LESSON + "\nx\n"})
    done = CliRunner().invoke(app, ["check", "--json", str(tmp_path)])
    bad, good = json.loads(done.output)["courses"]
    assert done.exit_code == 1
    assert (good["course"], good["questions"], good["problems"]) == ("small", 5, [])
    assert (bad["course"], len(bad["problems"])) == (None, 1)
    assert bad["problems"][0]["file"] == f"{tmp_path}/bad/l1.vi.md"


def test_a_wrong_word_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["check", "--all"]).exit_code == 2


def test_the_bundled_curriculum_has_no_problems() -> None:
    done = CliRunner().invoke(app, ["check"])
    assert [line for line in done.output.splitlines() if not line.endswith(": no problems")] == []
    assert done.output.startswith("C6: 8 lessons, ")
    assert done.exit_code == 0
