"""`hocvu memory replay`: states and intervals as numbers, mistakes as sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.memory import app
from lessons.memory.fsrs6 import DEFAULTS


def replay(given: Any) -> Any:
    text = given if isinstance(given, str) else json.dumps(given)
    return CliRunner().invoke(app, ["replay", "-"], input=text)


def history(*reviews: list[int], params: Any = None, retention: Any = 0.9) -> dict[str, Any]:
    return {"params": params, "desired_retention": retention, "reviews": list(reviews)}


def test_one_history_is_a_list_of_one() -> None:
    done = replay(history([3, 0], [1, 13], [3, 0], [4, 2]))
    assert done.exit_code == 0
    (found,) = json.loads(done.stdout)
    assert list(found) == ["stability", "difficulty", "interval_days"]
    assert found["stability"][0] == 2.3065
    assert [len(each) for each in found.values()] == [4, 4, 4]
    assert all(isinstance(days, int) and days >= 1 for days in found["interval_days"])


def test_a_list_of_histories_from_a_file(tmp_path: Path) -> None:
    """The second: fsrs-rs inference.rs test_memory_state."""
    file = tmp_path / "reviews.json"
    known = [list(pair) for pair in zip([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21], strict=True)]
    file.write_text(json.dumps([history([4, 0]), history(*known, params=list(DEFAULTS))]), "utf-8")
    done = CliRunner().invoke(app, ["replay", str(file)])
    first, second = json.loads(done.stdout)
    assert first == {"stability": [8.2956], "difficulty": [1.0], "interval_days": [8]}
    assert second["stability"][-1] == pytest.approx(53.62691, rel=1e-5)
    assert second["interval_days"][-1] == 54


def test_no_histories_and_no_reviews() -> None:
    assert json.loads(replay([]).stdout) == []
    (nothing,) = json.loads(replay(history()).stdout)
    assert nothing == {"stability": [], "difficulty": [], "interval_days": []}


def test_parameters_of_fsrs_4_5_and_5_are_brought_up() -> None:
    """fsrs-rs model.rs test_convert_parameters."""
    older = [0.4, 0.6, 2.4, 5.8, 4.93, 0.94, 0.86, 0.01, 1.49, 0.14, 0.94, 2.18, 0.05, 0.34, 1.26,
             0.29, 2.61]  # fmt: skip
    newer = [*older[:4], 6.81, 0.44675013, 1.36, *older[7:], 0, 0, 0, 0.5]
    reviews = [3, 0], [2, 4], [1, 9], [3, 1]
    one, two = json.loads(
        replay([history(*reviews, params=each) for each in (older, newer)]).stdout
    )
    assert one["stability"] == pytest.approx(two["stability"], rel=1e-6)
    assert one["difficulty"] == pytest.approx(two["difficulty"], rel=1e-6)
    five = [*newer[:17], 0.3, 0.1]
    one, two = json.loads(
        replay([history(*reviews, params=each) for each in (five, [*five, 0, 0.5])]).stdout
    )
    assert one == two


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("{", "not JSON"),
        ("", "not JSON"),
        ("[" * 100_000, "too deep"),
        ("7", "history 1 is not an object with params, desired_retention, reviews"),
        ([history(), {}], "history 2 is not an object"),
        (history([5, 0]), "history 1, review 1: the grade is 5, not 1, 2, 3 or 4"),
        (history([3, 0], [0, 1]), "review 2: the grade is 0"),
        (history([3, 0], [3, -1]), "review 2: -1 days"),
        (history([3]), "review 1 is not a pair of whole numbers"),
        (history([3, 0.5]), "review 1 is not a pair"),  # type: ignore[list-item]
        (history([True, 0]), "review 1 is not a pair"),
        (history(params=[1.0] * 20), "params has 20 numbers"),
        (history(params="all"), "neither null nor a list"),
        (history(params=[*DEFAULTS[:20], 0]), "not all above 0"),
        (history(retention=0), "desired_retention"),
        (history(retention=1.5), "desired_retention"),
        (history(retention=None), "desired_retention"),
        (history([3, 0], [3, 9], params=[*DEFAULTS[:8], 1e300, *DEFAULTS[9:]]), "leave all bounds"),
        ('{"params": [NaN], "desired_retention": 0.9, "reviews": []}', "list of numbers"),
        ({**history(), "reviews": 3}, "reviews is not a list"),
    ],
)
def test_a_mistake_is_one_plain_sentence(given: Any, reason: str) -> None:
    done = replay(given)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("hocvu: -: ")
    assert reason in done.stderr


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "picture"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (tmp_path / "none.json", tmp_path, binary):
        done = CliRunner().invoke(app, ["replay", str(file)])
        assert done.exit_code == 1
        assert done.stderr.count("\n") == 1
