"""The words by which the checks know a language (words.toml). The packaged file is read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

WHOLE = {"near", "capitals"}  # of what is asked: the other values are sets of words


@dataclass(frozen=True, slots=True)
class Avoided:
    """A word that no text says, phrases in which it means something else, what to do instead."""

    word: str
    unless: tuple[str, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question of a language asks for what is not so; words.toml says what is what."""

    asks: frozenset[str]
    first: frozenset[str]  # ask only where a sentence begins with them
    negations: frozenset[str]
    ends: frozenset[str]
    aside: frozenset[str]
    near: int
    before: frozenset[str]
    after: frozenset[str]
    capitals: str


@cache
def avoided(language: str) -> tuple[Avoided, ...]:
    """None for a language that is not known."""
    found = _words()["avoided"].get(language, ())
    return tuple(Avoided(each["word"], tuple(each["unless"]), each["instead"]) for each in found)


@cache
def asking(language: str) -> Asking | None:
    found = _words()["asking"].get(language)
    if found is None:
        return None
    sets = {key: frozenset(value.split()) for key, value in found.items() if key not in WHOLE}
    return Asking(near=found["near"], capitals=found["capitals"], **sets)


@cache
def documents() -> dict[str, tuple[str, ...]]:
    """Beginning of a number's ending, folded -> what such a document is called."""
    return {ending: tuple(names) for ending, names in _words()["documents"].items()}


@cache
def numbered() -> tuple[str, ...]:
    """What may stand between a document's name and its number."""
    return tuple(_words()["numbered"]["by"])


@cache
def _words() -> dict[str, Any]:
    file = files("lessons.course_check").joinpath("words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
