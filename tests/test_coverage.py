"""What courses cover, which codes do not exist, and which facts are to be looked at again."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import course_coverage
from bot.cli.course import bundled
from interop.formats import markdown
from lessons.course import Course
from lessons.coverage import covered, due, unknown_codes
from lessons.frameworks import frameworks
from tests.course_desk import COURSE, FILES, FIRST_LESSON, course_in, written

app = typer.Typer()
app.command()(course_coverage.coverage)
app.command()(course_coverage.due)


def carrying(codes: str, **files: str) -> Course:
    """A course whose one lesson has these codes."""
    lesson = re.sub(r"codes: .*", f"codes: {codes}", FIRST_LESSON, count=1)
    return course_in({**FILES, "l1.vi.md": lesson, **files})


def lessons_of(framework: str, course: Course) -> dict[str, tuple[str, ...]]:
    rows = covered(frameworks()[framework], [course])
    return {row.competence.code: row.lessons for row in rows if row.lessons}


# --- what is covered ---


def test_a_lesson_covers_what_its_codes_name() -> None:
    course = carrying("TT02 6.1, NQ398 3, NQ398 20")
    assert lessons_of("TT02", course) == {"6.1": ("small/l1",)}
    assert lessons_of("NQ398", course) == {"3": ("small/l1",), "20": ("small/l1",)}
    assert lessons_of("DC22", course) == {}


def test_questions_have_the_codes_of_their_lesson() -> None:
    rows = covered(frameworks()["TT02"], [carrying("TT02 6.1")])
    questions = {row.competence.code: row.questions for row in rows if row.questions}
    assert questions == {"6.1": 5}


def test_what_answers_to_a_code_is_near_and_does_not_count() -> None:
    rows = covered(frameworks()["DC22"], [carrying("TT02 1.2, DC3 1.3")])
    near = {row.competence.code: row.near for row in rows if row.near}
    assert near == {"1.2": ("small/l1",), "1.3": ("small/l1",)}
    assert all(not row.lessons and row.questions == 0 for row in rows)


def test_a_lesson_that_carries_the_code_itself_is_not_near_too() -> None:
    rows = covered(frameworks()["DC3"], [carrying("TT02 1.2, DC3 1.2")])
    found = {row.competence.code: (row.lessons, row.near) for row in rows if row.lessons}
    assert found == {"1.2": (("small/l1",), ())}


def test_without_courses_nothing_is_covered() -> None:
    assert all(not row.lessons and not row.near for row in covered(frameworks()["TT02"], []))


# --- codes that do not exist ---


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("TT02 6.9", "there is no 'TT02 6.9': of TT02 use 6.1, 6.2, 6.3"),
        ("TT02 6", "there is no 'TT02 6': of TT02 use 6.1, 6.2, 6.3"),
        ("DC3 7.1", "there is no 'DC3 7.1': of DC3 use 1.1 to 5.4"),
        ("NQ398 27", "there is no 'NQ398 27': of NQ398 use 1 to 26"),
        ("NQ398", "there is no 'NQ398': of NQ398 use 1 to 26"),
    ],
)
def test_a_code_that_no_framework_has_is_a_problem(code: str, told: str) -> None:
    course = carrying(f"TT02 6.1, {code}")
    (problem,) = unknown_codes(course)
    assert (problem.file, problem.what) == ("l1.vi.md", told)
    assert problem.line == course.lessons[0].line > 1


def test_a_framework_that_nobody_knows_is_a_problem() -> None:
    declared = {"course.md": COURSE.replace("DC3", "CRCN")}
    (problem,) = unknown_codes(carrying("TT02 6.1, CRCN 1.1", **declared))
    assert problem.what == (
        "the framework of 'CRCN 1.1' is not known: use one of DC22, DC3, DLGF, NQ398, TT02, or "
        "take the code off"
    )


def test_what_the_course_does_not_declare_is_left_to_another_check() -> None:
    assert unknown_codes(carrying("TT02 6.1, CRCN 1.1, DC22 9.9")) == ()


def test_the_bundled_courses_use_codes_that_exist() -> None:
    for folder in markdown.find(bundled()):
        course, _ = markdown.read(folder)
        assert course is None or unknown_codes(course) == ()


# --- facts to look at again ---


def test_facts_fall_due_on_their_day_and_stay_so() -> None:
    course = course_in(FILES)
    claims = course.lessons[0].texts["vi"].claims
    day = min(claim.review_by for claim in claims)
    assert due([course], day - timedelta(days=1)) == ()
    found = due([course], day)
    assert {each.claim for each in found} == {each for each in claims if each.review_by == day}
    assert {(each.course.id, each.lesson.id, each.file) for each in found} == {
        ("small", "l1", "l1.vi.md")
    }
    assert len(due([course], date(2099, 1, 1))) == len(claims)


def test_the_earliest_stand_first() -> None:
    first, last = "review_by: 2027-05-01", "review_by: 2027-06-01"
    lesson = re.sub(r"review_by: \S+", last, FIRST_LESSON)
    later, sooner = (
        course_in({"course.md": COURSE, "l1.vi.md": text})
        for text in (lesson, lesson.replace(last, first))
    )
    days = [each.claim.review_by for each in due([later, sooner], date(2027, 12, 31))]
    assert days == sorted(days)
    assert {str(day) for day in days} == {"2027-05-01", "2027-06-01"}


# --- the commands ---


def run(*words: str) -> str:
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_coverage_for_people(tmp_path: Path) -> None:
    folder = written(tmp_path / "small", FILES)
    lines = run("coverage", str(folder)).splitlines()
    row = next(line for line in lines if line.startswith("  6.1 "))
    assert row.endswith("        1          5  small/l1")
    assert "Hiểu biết về trí tuệ nhân tạo " in row
    end = next(line for line in lines if line.startswith("  1 of 26 have lessons"))
    assert end.startswith("  1 of 26 have lessons; without: 1, 2, 4, 5, 6,")
    topic = next(line for line in lines if "Trí tuệ nhân tạo (AI) *" in line)
    assert topic.split()[-3:] == ["1", "5", "small/l1"]


def test_coverage_as_json_adds_up(tmp_path: Path) -> None:
    folder = written(tmp_path / "small", FILES)
    found = json.loads(run("coverage", "--json", str(folder)))
    assert found["courses"] == ["small"]
    assert [each["id"] for each in found["frameworks"]] == list(frameworks())
    for each in found["frameworks"]:
        codes = [row["code"] for row in each["competences"]]
        assert sorted(each["covered"] + each["not_covered"]) == sorted(codes)
        assert each["covered"] == [r["code"] for r in each["competences"] if r["lessons"]]
    topics = next(each for each in found["frameworks"] if each["id"] == "NQ398")
    assert topics["covered"] == ["3"]
    assert topics["competences"][0]["titles"].keys() == {"vi"}
    assert topics["competences"][0]["ours"].keys() == {"en", "fr"}


def test_due_names_file_and_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "small", FILES)
    claim = course_in(FILES).lessons[0].texts["vi"].claims[0]
    lines = run("due", "--by", "2099-01-01", str(folder)).splitlines()
    assert lines[0] == (
        f"{folder}/l1.vi.md:{claim.line}: {claim.review_by} small/l1 [{claim.mark}] "
        f"{claim.text} ({claim.source})"
    )
    assert lines[-1] == f"Facts to look at again by 2099-01-01: {len(lines) - 1}"
    assert FIRST_LESSON.splitlines()[claim.line - 1] == f"- {claim.text}"


def test_due_as_json(tmp_path: Path) -> None:
    folder = written(tmp_path / "small", FILES)
    found = json.loads(run("due", "--by", "2099-01-01", "--json", str(folder)))
    claims = course_in(FILES).lessons[0].texts["vi"].claims
    assert found["by"] == "2099-01-01"
    assert [fact["text"] for fact in found["facts"]] == [claim.text for claim in claims]
    assert found["facts"][0].keys() == {
        *("course", "lesson", "file", "line", "text", "source", "mark", "as_of", "review_by"),
    }
    assert json.loads(run("due", "--by", "2026-01-01", "--json", str(folder)))["facts"] == []


def test_a_day_that_is_none_is_a_usage_error() -> None:
    done = CliRunner().invoke(app, ["due", "--by", "soon"])
    assert done.exit_code == 2
    assert "soon: not a date; write it as 2027-05-22" in done.output


@pytest.mark.parametrize("words", [["coverage"], ["due", "--by", "2027-01-01"]])
def test_what_cannot_be_read_is_named_and_nothing_else_is_said(
    words: list[str], tmp_path: Path
) -> None:
    written(tmp_path / "good", FILES)
    written(tmp_path / "bad", {"course.md": COURSE})
    done = CliRunner().invoke(app, [*words, str(tmp_path)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{tmp_path}/bad/course.md:" in done.stderr
