"""Frameworks of competences as data: titles, who published them, and what answers to what.

The folder `curriculum/frameworks` is the registry: one TOML file each (docs/frameworks.md). Its own
packaged files are read once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("lessons.curriculum").joinpath("frameworks")
KEYS = {"id", "title", "ours", "source", "mark", "as_of", "domain", "competence", "crosswalk"}
ENTRY_KEYS = {"code", "title", "ours", "mark"}
MARKS = ("P", "G")  # as of a fact: a published page confirms it; a secondary source only


@dataclass(frozen=True, slots=True)
class Title:
    """A name by language: `published` wording, and words of `ours` where none is confirmed."""

    published: Mapping[str, str]
    ours: Mapping[str, str]

    def text(self, language: str = "") -> str:
        """The name in a language; without one, or where it is missing, as it was published."""
        names = {**self.ours, **self.published}
        return names.get(language) or next(iter({**self.published, **self.ours}.values()))

    def is_ours(self, language: str = "") -> bool:
        """Whether `text` gives words of ours, which nobody published."""
        return self.text(language) not in self.published.values()


@dataclass(frozen=True, slots=True)
class Competence:
    """One competence, topic or domain under its code within the framework, such as "6.1"."""

    code: str
    title: Title
    mark: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Which codes answer to which of another framework. Without a `mark` it is our own reading."""

    to: str
    source: str
    mark: str
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework; its `competences` are what lessons may name, its `domains` only group them."""

    id: str
    title: Title
    source: str
    mark: str
    as_of: date
    domains: tuple[Competence, ...]
    competences: tuple[Competence, ...]
    crosswalks: tuple[Crosswalk, ...]

    def competence(self, code: str) -> Competence | None:
        return next((each for each in self.competences if each.code == code), None)


@cache
def frameworks() -> Mapping[str, Framework]:
    """The packaged frameworks by id, in the order of their ids."""
    sources = [each for each in FOLDER.iterdir() if each.name.endswith(".toml")]
    found = [framework_from(each.read_text(encoding="utf-8")) for each in sources]
    return {each.id: each for each in sorted(found, key=lambda framework: framework.id)}


@cache
def counterparts(code: str) -> frozenset[str]:
    """The codes of other frameworks that answer to one such as "TT02 6.1", in either direction.

    One step only: what answers to a counterpart need not answer to the code itself.
    """
    framework_id, _, own = code.partition(" ")
    found: set[str] = set()
    for framework in frameworks().values():
        for crosswalk in framework.crosswalks:
            for one, others in crosswalk.codes.items():
                if framework.id == framework_id and one == own:
                    found |= {f"{crosswalk.to} {other}" for other in others}
                if crosswalk.to == framework_id and own in others:
                    found.add(f"{framework.id} {one}")
    return frozenset(found)


def framework_from(text: str) -> Framework:
    """The framework a TOML text describes.

    Raises ValueError with the entry and the reason for a text that describes none.
    """
    table = tomllib.loads(text)
    _judge(table, KEYS, "the framework")
    framework_id, as_of = table.get("id", ""), table.get("as_of")
    if not isinstance(framework_id, str) or not framework_id or " " in framework_id:
        raise ValueError(f"id: {framework_id!r} is not one word such as TT02")
    if not isinstance(as_of, date):
        raise ValueError(f"{framework_id}: as_of is not a day such as 2026-11-22")
    mark = _mark(table, framework_id)
    framework = Framework(
        framework_id,
        _title(table, framework_id),
        _text(table, "source", framework_id),
        mark,
        as_of,
        tuple(_competence(entry, mark) for entry in table.get("domain", ())),
        tuple(_competence(entry, mark) for entry in table.get("competence", ())),
        tuple(_crosswalk(entry) for entry in table.get("crosswalk", ())),
    )
    _judge_codes(framework)
    return framework


def _judge(table: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise ValueError(f"{where}: {unknown[0]} is none of {', '.join(sorted(known))}")


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{where}: {key} is missing")
    return value


def _mark(table: Mapping[str, Any], where: str, default: str = "") -> str:
    mark = table.get("mark", default)
    if mark not in MARKS:
        raise ValueError(f"{where}: mark {mark!r} is none of {', '.join(MARKS)}")
    return str(mark)


def _title(table: Mapping[str, Any], where: str) -> Title:
    published, ours = table.get("title", {}), table.get("ours", {})
    both = sorted(published.keys() & ours.keys())
    if both:
        raise ValueError(f"{where}: {both[0]} is published, so it needs no words of ours")
    if not published and not ours:
        raise ValueError(f"{where}: title is missing")
    return Title(dict(published), dict(ours))


def _competence(entry: Mapping[str, Any], mark: str) -> Competence:
    code = _text(entry, "code", "a competence")
    _judge(entry, ENTRY_KEYS, code)
    return Competence(code, _title(entry, code), _mark(entry, code, mark))


def _crosswalk(entry: Mapping[str, Any]) -> Crosswalk:
    to = _text(entry, "to", "a crosswalk")
    where = f"the crosswalk to {to}"
    _judge(entry, {"to", "source", "mark", "codes"}, where)
    mark = _mark(entry, where) if "mark" in entry else ""
    codes = {code: tuple(others) for code, others in entry.get("codes", {}).items()}
    return Crosswalk(to, _text(entry, "source", where), mark, codes)


def _judge_codes(framework: Framework) -> None:
    """Each code stands once, and a crosswalk begins at codes that exist."""
    codes = [each.code for each in (*framework.domains, *framework.competences)]
    for code in codes:
        if codes.count(code) > 1:
            raise ValueError(f"{framework.id} {code} stands there twice")
    for crosswalk in framework.crosswalks:
        for code in crosswalk.codes:
            if framework.competence(code) is None:
                raise ValueError(f"the crosswalk to {crosswalk.to}: there is no {code}")
