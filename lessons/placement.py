"""Placement: a few questions per domain, in which order they are asked, and where to begin.

Its own packaged file (lessons/curriculum/placement.toml) is read once, on first use. The questions
are those of the courses; the answers are practice and do not enter memory.
"""

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

IN_A_ROW = 3  # questions not known: more of them would tell nothing new


@dataclass(frozen=True, slots=True)
class Domain:
    """What a course is about, and the questions ("c6/l1/q1") that tell whether it is known."""

    course: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many questions of a domain were asked, and how many were right."""

    course: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Placement:
    """The domains in the order in which their courses are suggested."""

    longest: timedelta
    domains: tuple[Domain, ...]

    def order(self) -> tuple[str, ...]:
        """The first question of every domain, then the second ones."""
        most = max((len(domain.items) for domain in self.domains), default=0)
        rounds = (domain.items[n : n + 1] for n in range(most) for domain in self.domains)
        return tuple(item for each in rounds for item in each)

    def left(
        self, queue: Iterable[str], right: Collection[str], missed: Collection[str]
    ) -> tuple[str, ...]:
        """What is still to be asked: nothing of a domain where something is new, and nothing at all
        after so many in a row."""
        asked = [item for item in self.order() if item in right or item in missed]
        if len(asked) >= IN_A_ROW and all(item in missed for item in asked[-IN_A_ROW:]):
            return ()
        known = {
            item for each in self.domains if set(missed) & set(each.items) for item in each.items
        }
        return tuple(item for item in queue if item not in known)

    def standings(self, right: Collection[str], missed: Collection[str]) -> tuple[Standing, ...]:
        return tuple(
            Standing(
                each.course,
                sum(item in right or item in missed for item in each.items),
                sum(item in right for item in each.items),
            )
            for each in self.domains
        )


def suggested(standings: Iterable[Standing]) -> Standing | None:
    """Where to begin: the first domain of those of which least is known; None if all was right."""
    gaps = [each for each in standings if each.right < each.asked]
    return min(gaps, key=lambda each: each.right / each.asked, default=None)


@cache
def bundled() -> Placement:
    """The placement that comes with the program."""
    source = files("lessons.curriculum").joinpath("placement.toml")
    return placement_from(source.read_text(encoding="utf-8"))


def placement_from(text: str) -> Placement:
    """The placement a TOML text describes. Raises ValueError with the reason where it is none."""
    table = tomllib.loads(text)
    minutes = table.get("minutes")
    if not isinstance(minutes, int) or minutes < 1:
        raise ValueError("minutes is not a whole number from 1")
    domains = tuple(_domain(entry) for entry in table.get("domain", ()))
    items = [item for domain in domains for item in domain.items]
    if not items or len(set(items)) < len(items):
        raise ValueError("a question stands twice" if items else "there is no domain")
    return Placement(timedelta(minutes=minutes), domains)


def _domain(entry: dict[str, Any]) -> Domain:
    course, items = str(entry.get("course", "")), tuple(map(str, entry.get("items", ())))
    if not course or not items or any(item.count("/") != 2 for item in items):
        raise ValueError(f"{course!r}: a domain has a course and items such as 'c6/l1/q1'")
    return Domain(course, items)
