"""`hocvu plan`: what a course asks of a learner, and how much is known on the exam day."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import evaluate_schedule, plan
from evaluation import pictures

app = typer.Typer()
app.command(name="plan")(plan.plan)
app.command(name="scenarios")(evaluate_schedule.scenarios)

START = ("--start", "2026-11-24")
EXAM = ("--exam", "2026-12-24")
PNG = b"\x89PNG\r\n\x1a\n"


def hocvu(*words: str) -> str:
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def told(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(hocvu("plan", *START, *words, "--json"))
    return found


def test_a_plan_says_what_every_week_asks_and_what_is_known_on_the_exam_day() -> None:
    said = hocvu("plan", "c6", *START, *EXAM)
    assert said.startswith("C6: 43 questions, from 2026-11-24 to the exam on 2026-12-24")
    assert "2026-12-15" in said
    assert "█" in said
    assert "On 2026-12-24: 9" in said
    assert "too few" not in said


def test_the_same_seed_gives_the_same_plan() -> None:
    assert told(*EXAM) == told(*EXAM)
    assert told(*EXAM) != told(*EXAM, "--seed", "2")


def test_json_has_each_day_and_the_days_add_up() -> None:
    found = told(*EXAM, "--lessons-a-week", "4")
    days = found["days"]
    assert [len(days), days[0]["on"], found["on"]] == [30, "2026-11-24", "2026-12-24"]
    assert sum(day["reviews"] for day in days) == pytest.approx(found["reviews"])
    assert sum(day["learned"] for day in days) == found["learned"] == found["items"] == 43
    assert 0.9 < found["recall"] < 1
    assert found["weakest_tenth"] < found["recall"]
    assert found["enough"] == found["budget"] == 20


def test_a_budget_that_is_too_small_is_said_and_what_would_do() -> None:
    found = told(*EXAM, "--budget", "3")
    assert found["enough"] > 3
    said = hocvu("plan", *START, *EXAM, "--budget", "3")
    assert f"3 reviews a day are too few for this exam: {found['enough']} would do." in said
    assert told(*EXAM, "--budget", str(found["enough"]))["enough"] == found["enough"]


def test_a_pace_that_is_too_slow_is_said() -> None:
    assert "questions are learned by then" in hocvu("plan", *START, *EXAM, "--lessons-a-week", "1")


def test_minutes_are_reviews_of_35_seconds() -> None:
    assert told("--minutes", "7")["budget"] == 12


def test_without_an_exam_it_goes_on_after_the_last_lesson() -> None:
    found = told("--lessons-a-day", "2")
    assert found["exam"] is None
    assert found["on"] == "2027-01-26"  # 60 days after the fourth day


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("c99",), "c99: neither a bundled course nor a folder"),
        (("--exam", "soon"), "--exam soon: not a date"),
        ((*START, "--exam", "2026-11-24"), "a plan takes 1 to"),
        (("--exam", "2099-01-01"), "a plan takes 1 to"),
        (("--budget", "0"), "at least one review"),
        (("--budget", "5", "--minutes", "5"), "not both"),
        (("--lessons-a-day", "1", "--lessons-a-week", "1"), "not both"),
        (("--lessons-a-week", "0"), "the pace must lie"),
        ((*START, *EXAM, "--png", "nowhere/plan.png"), "nowhere/plan.png: cannot be drawn"),
    ],
)
def test_what_cannot_be_planned_is_a_sentence(words: Sequence[str], says: str) -> None:
    done = CliRunner().invoke(app, ["plan", *words], catch_exceptions=False)
    assert done.exit_code == 1
    assert done.stderr.startswith("hocvu: ")
    assert says in done.stderr
    assert done.stdout == ""


def test_a_plan_is_drawn(tmp_path: Path) -> None:
    hocvu("plan", *START, *EXAM, "--png", str(tmp_path / "plan.png"))
    assert (tmp_path / "plan.png").read_bytes().startswith(PNG)


def test_every_picture_is_drawn_from_numbers(tmp_path: Path) -> None:
    first = date(2026, 11, 24)
    bins = [(0.55, 0.5, 3), (0.85, 0.9, 40)]
    days = [first + timedelta(days=n) for n in range(3)]
    pictures.plan(tmp_path / "plan.png", days, [0, 3, 2], [0, 0.9, 0.8], 3, days[2])
    pictures.workload(tmp_path / "workload.png", [(0.8, 300, 90), (0.9, 500, 95)])
    pictures.calibration(tmp_path / "calibration.png", {"product": bins, "other": bins[:1]})
    pictures.hours(tmp_path / "hours.png", [7.25, 7.3, 20])
    pictures.loads(tmp_path / "loads.png", {"none": [3, 9], "balanced": [6, 6]}, first)
    drawn = sorted(tmp_path.iterdir())
    assert [each.stem for each in drawn] == ["calibration", "hours", "loads", "plan", "workload"]
    assert all(each.read_bytes().startswith(PNG) for each in drawn)


@pytest.mark.slow
def test_scenarios_are_a_table_or_json() -> None:
    said = hocvu("scenarios", "exam", "--learners", "1")
    assert "| retention | recall | weakest tenth |" in said
    found = json.loads(hocvu("scenarios", "exam", "--learners", "1", "--json"))
    assert [row["retention"] for row in found["exam"]][1:] == ["0.85", "0.90", "0.95"]
    done = CliRunner().invoke(app, ["scenarios", "weather"], catch_exceptions=False)
    assert (done.exit_code, "no scenario weather" in done.stderr) == (1, True)
