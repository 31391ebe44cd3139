"""What was measured, for a person as a table, for a program as one JSON object."""

import os
import platform
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from benchmarks.measure import Benchmark, Figure, Prepared, Taken

PACKAGES = ("sqlalchemy", "sqlmodel", "asyncpg", "fsrs", "aiogram", "python-telegram-bot")


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach."""

    of: float
    at_least: bool  # else at most

    def reached(self, value: float) -> bool:
        return value >= self.of if self.at_least else value < self.of

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '<'} {self.of:g}"


GOALS = {
    ("ratio", "sqlite"): Goal(0.6, at_least=True),
    ("ratio", "sqlite text"): Goal(0.6, at_least=True),
    ("startup", "help"): Goal(0.6, at_least=False),
    ("startup", "chat"): Goal(3, at_least=False),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Figures by benchmark and case, and what could not be measured."""

    units: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Figure]]
    absent: Mapping[str, Mapping[str, str]]


def table(chosen: Sequence[Benchmark], prepared: Mapping[str, Prepared], taken: Taken) -> Table:
    """The figures of what was measured; the ratio stands right behind its floor."""
    units: dict[str, str] = {}
    figures: dict[str, dict[str, Figure]] = {}
    for each in chosen:
        mine = {case: values for (of, case), values in taken.items() if of == each.name}
        units[each.name] = each.unit
        figures[each.name] = {case: Figure.of(values) for case, values in mine.items()}
        if each.name == "floor" and (ratios := dict(_ratios(taken))):
            units["ratio"] = "messages / floor"
            figures["ratio"] = {case: Figure.of(values) for case, values in ratios.items()}
    absent = {name: dict(ready.absent) for name, ready in prepared.items() if ready.absent}
    return Table(units, figures, absent)


def _ratios(taken: Taken) -> Iterator[tuple[str, list[float]]]:
    """A whole message beside its bare statements, round by round: both met the same machine."""
    for (benchmark, case), floor in taken.items():
        whole = taken.get(("messages", case.removesuffix(" text")))
        if benchmark == "floor" and whole is not None:
            yield case, [one / bare for one, bare in zip(whole, floor, strict=True)]


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
        shown[name] = {**figures, "unit": found.units[name], **absent}
    return {**shown, "rounds": rounds, "machine": machine()}


def as_lines(found: Table, chosen: Sequence[Benchmark], rounds: int) -> list[str]:
    duties = {each.name: each.duty for each in chosen} | {"ratio": "1 would be no cost of our own"}
    lines = [f"Median of {rounds} interleaved rounds, least and greatest beside it.", ""]
    for name, cases in found.figures.items():
        lines.append(
            f"{name.upper() if name == 'ratio' else name} ({found.units[name]}): {duties[name]}"
        )
        lines += [_line(name, case, figure) for case, figure in cases.items()]
        lines += [f"  {case:20} {why}" for case, why in found.absent.get(name, {}).items()]
    facts = machine()
    packages = facts.pop("packages")
    assert isinstance(packages, dict)
    named = [f"{key} {value}" for key, value in {**facts, **packages}.items()]
    return [*lines, "", ", ".join(named)]


def _line(name: str, case: str, figure: Figure) -> str:
    median, least, greatest = (_number(each) for each in (figure.median, figure.min, figure.max))
    line = f"  {case:20} {median:>8}   {least:>7} – {greatest:<7}"
    if goal := GOALS.get((name, case)):
        verdict = "reached" if goal.reached(figure.median) else "NOT reached"
        line += f"  goal {goal}: {verdict}"
    return line.rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2f}"
