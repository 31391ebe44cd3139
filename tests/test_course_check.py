"""How every mistake in a course is reported, and what a good course is."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli.course import app
from interop.formats import markdown
from lessons import course_check
from lessons.authoring import Problem, read_course, wording
from lessons.course import Option
from tests.course_desk import COURSE, FILES, FIRST_LESSON, course_in, written

BROKEN = sorted(Path(__file__).parent.joinpath("courses", "broken").iterdir())


def problems_in(files: Mapping[str, str]) -> list[str]:
    course, problems = read_course(files)
    assert course is None
    return [str(problem) for problem in problems]


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


def found(folder: Path) -> list[str]:
    """The problems of a course, or of several and then of all of them as a bank."""
    checked = {each: markdown.check(each) for each in markdown.find(folder) or [folder]}
    problems = [problem for _, each in checked.values() for problem in each]
    bank = {each.as_posix(): course for each, (course, _) in checked.items() if course}
    together = course_check.bank_problems(bank) if len(checked) > 1 else ()
    return [str(each).replace(f"{folder.as_posix()}/", "") for each in (*problems, *together)]


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_course_is_reported(folder: Path) -> None:
    assert found(folder) == expected(folder)


@pytest.mark.parametrize("mistake", PURE)
def test_a_mistake_is_reported(mistake: str) -> None:
    files, told = PURE[mistake]
    assert problems_in(files) == told


ELSEWHERE = {  # seen in tests/test_course_files.py, or below without files
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
    assert "C6: 8 lessons, " in done.output
    assert done.output.splitlines()[-1].startswith("Bank: ")
    assert done.exit_code == 0
