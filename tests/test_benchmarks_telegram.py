"""The benchmarks of Telegram's ear and mouth, as small as they come; what is absent is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import server, startup
from benchmarks.__main__ import BENCHMARKS, run
from benchmarks.ear import PRESSED, tap
from benchmarks.measure import Size
from benchmarks.report import GOALS, as_lines, as_object
from bot.platforms.telegram import heard, read

TINY = Size(rounds=1, updates=3, taps=12, bulk=4, replies=1, broadcast=40)


def measured(name: str) -> dict[str, Any]:
    """The JSON object of a tiny run, as a program gets it; every goal has its figure."""
    found = run([BENCHMARKS[name]], TINY)
    shown: dict[str, Any] = json.loads(json.dumps(as_object(found, TINY.rounds)))
    for of, case in GOALS:
        if of == name or (of == "ratio" and case.startswith(name)):
            assert case in shown[of]
    assert name in "\n".join(as_lines(found, [BENCHMARKS[name]], TINY.rounds))
    return shown


def test_a_tap_below_a_question_is_heard_with_what_it_reads() -> None:
    found = heard(read(tap(5).encode()))
    assert found is not None
    assert (found.medium, found.text, found.message) == ("tap", PRESSED, "5")
    assert found.shown.startswith("Câu 3.")


@pytest.mark.slow
def test_the_ear_beside_its_peers() -> None:
    shown = measured("ear")
    for kind in ("text", "tap"):
        ours, peer = shown["ear"][f"hocvu {kind}"], shown["ear"][f"aiogram {kind}"]
        ratio = shown["ratio"][f"ear {kind} / aiogram"]
        assert ratio["median"] == pytest.approx(ours["median"] / peer["median"])
        assert shown["ear"][f"python-telegram-bot {kind}"]["median"] > 0


def test_a_learner_who_taps_in_a_time_that_jumps() -> None:
    figures = measured("tapping")["tapping"]
    assert figures["hocvu longest wait, s"]["median"] <= 1
    assert figures["hocvu longest queue"]["median"] == 0
    assert figures["hocvu calls"]["median"] >= 2 * TINY.taps  # each tap is answered, and replied to
    assert figures["rounds"] == 1


@pytest.mark.slow
def test_a_bulk_with_a_reply_between() -> None:
    figures = measured("bulk")["bulk"]
    for who in ("hocvu", "AIORateLimiter"):
        assert 1 <= figures[f"{who} worst second"]["median"] <= TINY.bulk + TINY.replies
        assert figures[f"{who} slowest reply, ms"]["median"] > 0
        assert figures[f"{who} all, s"]["median"] >= 0.5


@pytest.mark.slow
def test_a_broadcast_beside_a_bare_bot() -> None:
    shown = measured("broadcast")
    figures = shown["broadcast"]
    for who in ("hocvu", "bare bot"):
        assert figures[f"{who} messages/s"]["median"] > 0
        assert figures[f"{who} CPU, µs a message"]["median"] > 0
    assert figures["hocvu spread, rows/s"]["median"] > 0
    ours, bare = figures["hocvu messages/s"], figures["bare bot messages/s"]
    assert shown["ratio"]["broadcast / bare bot"]["median"] == ours["median"] / bare["median"]


@pytest.mark.parametrize("name", ["bulk", "broadcast"])
def test_without_the_command_it_is_said_why(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(server, "HOCVU", tmp_path / "hocvu")
    found = run([BENCHMARKS[name]], TINY)
    assert set(found.absent[name].values()) == {"the hocvu command is not installed"}
    assert not found.figures[name]


def test_a_missing_package_is_named() -> None:
    assert startup.HOCVU.exists()
    assert server.missing("no_such_package") == "not installed: no_such_package"
    assert server.missing() == ""
