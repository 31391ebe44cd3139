"""The benchmarks run and report; how fast things are is for `make bench` to say."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import BENCHMARKS, main, run
from benchmarks.databases import sqlite
from benchmarks.measure import Benchmark, Case, Figure, Prepared, Size, interleaved
from benchmarks.report import GOALS, as_lines, as_object, table
from benchmarks.walk import BEGIN, THINKING, c6, step, walks
from lessons.dialogue import Sitting
from lessons.facts import Answered, Fact

TINY = Size(rounds=1, learners=2, messages=3, updates=2)
NO_SERVER = "postgresql+asyncpg://nobody@127.0.0.1:1/nothing"


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCVU_TEST_POSTGRES_URL", NO_SERVER)


def measured(*names: str) -> dict[str, Any]:
    """The JSON object of a tiny run, as a program gets it."""
    found = run([BENCHMARKS[name] for name in names], TINY)
    shown: dict[str, Any] = json.loads(json.dumps(as_object(found, TINY.rounds)))
    return shown


def ordered(figure: dict[str, float]) -> bool:
    return bool(0 < figure["min"] <= figure["median"] <= figure["max"])


def test_the_registry_names_what_make_bench_measures() -> None:
    measured = ["turns", "memory", "messages", "floor", "peers", "ear", "tapping", "bulk"]
    assert list(BENCHMARKS) == [*measured, "broadcast", "remind", "startup"]
    for name, each in BENCHMARKS.items():
        assert (each.name, bool(each.unit), bool(each.duty)) == (name, True, True)
    assert all(benchmark in {*BENCHMARKS, "ratio"} for benchmark, _ in GOALS)


def test_cases_are_measured_in_turn_after_a_rehearsal() -> None:
    order: list[str] = []

    def once(name: str) -> float:
        order.append(name)
        return float(len(order))

    cases = [Case("x", "a", lambda: once("a")), Case("x", "b", lambda: once("b"))]
    taken = interleaved(cases, {"x": 2})
    assert "".join(order) == "ababab"
    assert taken == {("x", "a"): [3, 5], ("x", "b"): [4, 6]}
    assert Figure.of([3, 5, 10]) == Figure(5, 3, 10)


def test_what_takes_long_says_how_often_it_is_measured() -> None:
    order: list[str] = []

    def quick() -> float:
        order.append("q")
        return 1.0

    def long() -> dict[str, float]:
        order.append("L")
        return {"first": 2.0, "all": 3.0}

    cases = [Case("quick", "a", quick), Case("long", "b", long)]
    taken = interleaved(cases, {"quick": 2, "long": 1})
    assert "".join(order) == "qqLq"  # a rehearsal of the quick one; the long one has none
    assert taken == {
        ("quick", "a"): [1.0, 1.0],
        ("long", "b first"): [2.0],
        ("long", "b all"): [3.0],
    }


def test_a_figure_of_one_round_stands_alone() -> None:
    once = Benchmark("once", "s", "nothing", lambda _, __: Prepared(), rounds=1)
    found = table([once], {"once": Prepared()}, {("once", "a"): [2.0]})
    assert as_lines(found, [once], 7)[2:4] == ["once (s): nothing (1 round)", "  a     2.00"]
    assert as_object(found, 7)["once"] == {
        "a": {"median": 2.0, "min": 2.0, "max": 2.0},
        "unit": "s",
        "rounds": 1,
    }


def test_a_walk_meets_all_that_learners_do() -> None:
    library = c6()
    facts: Counter[str] = Counter()
    texts: set[str] = set()
    for walk in walks(library, 7, 20):
        learner, now = walk.learner, BEGIN
        happened: list[Fact] = []
        for heard in walk.messages:
            done = step(Sitting(learner, library, now), heard)
            learner, now = done.learner, now + THINKING
            happened += done.facts
            texts.add(heard.text.partition(":")[2] or heard.text)
        answers = [fact for fact in happened if isinstance(fact, Answered)]
        facts.update(
            "right" if a.score == 1 else "skip" if not a.answer else "wrong" for a in answers
        )
        facts.update(name for name in walk.facts if name != "Answered")
    assert min(facts[each] for each in ("right", "wrong", "skip", "Consented")) >= 7
    assert {"LessonBegun", "LessonFinished"} <= facts.keys()
    assert {"next", "skip", "?", "/progress"} <= texts


def test_turns_messages_and_floor_as_json() -> None:
    shown = measured("turns", "messages", "floor")
    turns, messages, floor, ratio = (shown[key] for key in ("turns", "messages", "floor", "ratio"))
    assert turns["unit"] == "turns/s"
    assert messages["unit"] == floor["unit"] == "messages/s"
    assert all(map(ordered, (turns["c6"], messages["sqlite"], floor["sqlite"], ratio["sqlite"])))
    for way in ("sqlite", "sqlite text"):  # both are shown, whichever looks better
        expected = messages["sqlite"]["median"] / floor[way]["median"]
        assert ratio[way]["median"] == pytest.approx(expected)
    assert "does not answer" in messages["absent"]["postgresql"]
    assert {"cores", "python", "packages"} <= shown["machine"].keys()
    assert shown["rounds"] == 1


@pytest.mark.slow
def test_peers_answer_every_update() -> None:
    pytest.importorskip("aiogram")
    pytest.importorskip("telegram")
    figures = measured("peers")["peers"]
    assert ordered(figures["aiogram"])
    assert ordered(figures["python-telegram-bot"])


def test_the_table_shows_ratio_goals_and_what_is_absent() -> None:
    chosen = [BENCHMARKS["messages"], BENCHMARKS["floor"]]
    lines = as_lines(run(chosen, TINY), chosen, TINY.rounds)
    shown = "\n".join(lines)
    assert "RATIO (messages / floor, and as named)" in shown
    assert "goal ≥ 0.6: " in shown
    assert "does not answer" in shown
    assert str(Path.home()) not in shown


def test_goals_are_met_at_their_limit() -> None:
    assert GOALS["ratio", "sqlite"].reached(0.6)
    assert not GOALS["ratio", "sqlite"].reached(0.59)
    assert GOALS["startup", "chat"].reached(2.9)
    assert not GOALS["startup", "chat"].reached(3.0)
    assert GOALS["tapping", "hocvu longest queue"].reached(0)
    assert not GOALS["bulk", "hocvu worst second"].reached(31)


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["turnip"])
    assert refused.value.code == 2
    assert "no benchmark 'turnip': there are turns, memory" in capsys.readouterr().err


def test_nothing_is_left_in_the_temporary_folder() -> None:
    async def used() -> str:
        async with sqlite() as url:
            return url.removeprefix("sqlite+aiosqlite:///")

    assert not Path(asyncio.run(used())).parent.exists()


@pytest.mark.slow
def test_importing_the_benchmarks_imports_no_peer() -> None:
    code = "import sys, benchmarks.__main__; print({'aiogram', 'telegram'} & sys.modules.keys())"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
