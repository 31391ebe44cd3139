"""What was measured, for a person as a table, for a program as one JSON object."""

import operator
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from benchmarks.measure import Benchmark, Figure, Prepared, Taken

PACKAGES = (
    *("sqlalchemy", "sqlmodel", "asyncpg", "fsrs"),
    *("aiogram", "python-telegram-bot", "aiolimiter"),
)


COMPARED = {"≥": operator.ge, "≤": operator.le, "<": operator.lt}
Measured = tuple[str, str]  # benchmark and case


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach: "≥ 0.6"."""

    sign: str
    of: float

    def reached(self, value: float) -> bool:
        return bool(COMPARED[self.sign](value, self.of))

    def __str__(self) -> str:
        return f"{self.sign} {self.of:g}"


GOALS: dict[Measured, Goal] = {
    ("ratio", "sqlite"): Goal("≥", 0.6),
    ("ratio", "sqlite text"): Goal("≥", 0.6),
    ("ratio", "ear text / aiogram"): Goal("≤", 1.2),
    ("ratio", "ear tap / aiogram"): Goal("≤", 1.2),
    ("startup", "help"): Goal("<", 0.6),
    ("startup", "chat"): Goal("<", 3),
    ("tapping", "hocvu longest wait, s"): Goal("≤", 1),
    ("tapping", "hocvu longest queue"): Goal("≤", 0),
    ("bulk", "hocvu worst second"): Goal("≤", 30),
    ("bulk", "hocvu slowest reply, ms"): Goal("≤", 150),
    ("ratio", "remind many / few"): Goal("≤", 2),
}
# What is divided by what: the first two are a whole message beside its bare statements.
RATIOS: dict[str, tuple[Measured, Measured]] = {
    "sqlite": (("messages", "sqlite"), ("floor", "sqlite")),
    "sqlite text": (("messages", "sqlite"), ("floor", "sqlite text")),
    "postgresql": (("messages", "postgresql"), ("floor", "postgresql")),
    **{
        f"ear {what} / {peer}": (("ear", f"hocvu {what}"), ("ear", f"{peer} {what}"))
        for peer in ("aiogram", "python-telegram-bot")
        for what in ("text", "tap")
    },
    "remind many / few": (("remind", "1,000 of 100,000"), ("remind", "1,000 of 1,000")),
    "memory / fsrs": (("memory", "hocvu"), ("memory", "fsrs")),
    "memory / fsrs_rs_python": (("memory", "hocvu"), ("memory", "fsrs_rs_python")),
    "broadcast / bare bot": (
        ("broadcast", "hocvu messages/s"),
        ("broadcast", "bare bot messages/s"),
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Figures by benchmark and case, what could not be measured, and the rounds of those that say
    themselves how many they take."""

    units: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Figure]]
    absent: Mapping[str, Mapping[str, str]]
    rounds: Mapping[str, int]


def table(chosen: Sequence[Benchmark], prepared: Mapping[str, Prepared], taken: Taken) -> Table:
    """The figures of what was measured, the ratios behind them."""
    units = {each.name: each.unit for each in chosen}
    figures: dict[str, dict[str, Figure]] = {each.name: {} for each in chosen}
    for (benchmark, case), values in taken.items():
        figures[benchmark][case] = Figure.of(values)
    if ratios := _ratios(taken):
        units["ratio"] = "messages / floor, and as named"
        figures["ratio"] = ratios
    absent = {name: dict(ready.absent) for name, ready in prepared.items() if ready.absent}
    rounds = {each.name: each.rounds for each in chosen if each.rounds is not None}
    return Table(units, figures, absent, rounds)


def _ratios(taken: Taken) -> dict[str, Figure]:
    """One beside the other, round by round: both met the same machine."""
    return {
        name: Figure.of([one / other for one, other in zip(taken[of], taken[by], strict=True)])
        for name, (of, by) in RATIOS.items()
        if of in taken and by in taken
    }


def machine() -> dict[str, object]:
    """What the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def as_object(found: Table, rounds: int) -> dict[str, object]:
    """One object: each benchmark with its cases and its unit, then the machine."""
    shown: dict[str, object] = {}
    for name, cases in found.figures.items():
        figures = {case: asdict(figure) for case, figure in cases.items()}
        absent = {"absent": found.absent[name]} if name in found.absent else {}
        own = {"rounds": found.rounds[name]} if name in found.rounds else {}
        shown[name] = {**figures, "unit": found.units[name], **own, **absent}
    return {**shown, "rounds": rounds, "machine": machine()}


def as_lines(found: Table, chosen: Sequence[Benchmark], rounds: int) -> list[str]:
    duties = {each.name: each.duty for each in chosen} | {"ratio": "one divided by the other"}
    lines = [f"Median of {rounds} interleaved rounds, least and greatest beside it.", ""]
    every = [*found.figures.values(), *found.absent.values()]
    width = max((len(case) for cases in every for case in cases), default=0)
    for name, cases in found.figures.items():
        title = name.upper() if name == "ratio" else name
        rounds_of = f" ({found.rounds[name]} round)" if name in found.rounds else ""
        lines.append(f"{title} ({found.units[name]}): {duties[name]}{rounds_of}")
        lines += [
            f"  {case:{width}} {_shown(figure)}{_verdict(name, case, figure)}".rstrip()
            for case, figure in cases.items()
        ]
        lines += [f"  {case:{width}} {why}" for case, why in found.absent.get(name, {}).items()]
    facts = machine()
    packages = facts.pop("packages")
    assert isinstance(packages, dict)
    named = [f"{key} {value}" for key, value in {**facts, **packages}.items()]
    return [*lines, "", ", ".join(named)]


def _shown(figure: Figure) -> str:
    median, least, greatest = (_number(each) for each in (figure.median, figure.min, figure.max))
    return (
        f"{median:>8}   {least:>7} – {greatest:<7}" if figure.min < figure.max else f"{median:>8}"
    )


def _verdict(name: str, case: str, figure: Figure) -> str:
    goal = GOALS.get((name, case))
    if goal is None:
        return ""
    return f"  goal {goal}: {'reached' if goal.reached(figure.median) else 'NOT reached'}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2f}"
