"""Glossary: the words of the courses in three languages, found however they are typed.

Its own packaged file (lessons/curriculum/glossary.toml) is read once, on first use.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from lessons.typed import clean, fold, from_telex, ours

NEAR = 0.72  # of the letters of a word are those of a term's: meant, but misspelt
NEAREST = 3  # terms that are offered when none is meant for certain
KEYS = {"id", "means", "lesson", "source", "mark"}  # beside the languages
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. Of each language's `names` the first is the term; `means` is one sentence.
    `source` says what the law or a page says of it, with a `mark` as a course's facts have it, and
    is empty for plain speech; `lesson` ("c4/l3") teaches it."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    means: Mapping[str, str]
    lesson: str = ""
    source: Mapping[str, str] | None = None
    mark: str = ""

    def name(self, language: str) -> str:
        return self.names[language][0]

    @property
    def every_name(self) -> Iterable[str]:
        return (name for names in self.names.values() for name in names)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms. What was found out is as of a day, and to be looked at again by another."""

    terms: tuple[Term, ...]
    as_of: date
    review_by: date

    def term(self, term_id: str) -> Term | None:
        return next((term for term in self.terms if term.id == term_id), None)

    def find(self, said: str, language: str) -> Term | None:
        """The term of these very words, in any language, the learner's own first. Diacritics
        decide where there are some: without any, they are forgiven, and so is raw Telex."""
        said = clean(said)
        folded = {fold(said), " ".join(from_telex(word) for word in fold(said).split())}
        ways = [(_spelling, {" ".join(spelt(said))}), (ours, folded if said.isascii() else set())]
        for plain, wanted in ways:
            for languages in ((language,), tuple(self.terms[0].names)):
                for term in self.terms:
                    names = (name for each in languages for name in term.names[each])
                    if any(plain(name) in wanted for name in names):
                        return term
        return None

    def near(self, said: str) -> tuple[Term, ...]:
        """The terms that come closest to what was said, the best first; perhaps none."""
        words = fold(clean(said))
        if not words:
            return ()
        scored = [(_likeness(words, term), term) for term in self.terms]
        close = sorted((each for each in scored if each[0] >= NEAR), key=lambda each: -each[0])
        return tuple(term for _, term in close[:NEAREST])

    def of_lesson(self, path: str) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.lesson == path)


def spelt(text: str) -> list[str]:
    """The words of a text as they are spelt, without capitals and signs."""
    return WORD.findall(clean(text).casefold())


@lru_cache(1024)
def _spelling(name: str) -> str:
    return " ".join(spelt(name))


def _likeness(said: str, term: Term) -> float:
    """0 to 1: how like one of its names a folded text is. Its beginning or some whole words of a
    name are as good as all of it but a little."""
    best = 0.0
    for name in map(ours, term.every_name):
        if f" {said} " in f" {name} ":
            best = max(best, 0.9 + 0.1 * len(said) / len(name))
        else:
            matcher = SequenceMatcher(None, said, name, autojunk=False)
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
    return best


@cache
def bundled() -> Glossary:
    """The glossary that comes with the program."""
    source = files("lessons.curriculum").joinpath("glossary.toml")
    return glossary_from(source.read_text(encoding="utf-8"))


def glossary_from(text: str) -> Glossary:
    """The glossary a TOML text describes. Raises ValueError with the term and the reason for a text
    that is none."""
    table = tomllib.loads(text)
    terms = tuple(_term(entry) for entry in table.get("term", ()))
    ids = [term.id for term in terms]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if not terms or twice:
        raise ValueError(f"{twice[0]!r} stands twice" if twice else "there is no term")
    for term in terms:
        if set(term.names) != set(terms[0].names):
            raise ValueError(f"{term.id!r} is not in {', '.join(terms[0].names)}")
    return Glossary(terms, table["as_of"], table["review_by"])


def _term(entry: Mapping[str, Any]) -> Term:
    term_id = str(entry.get("id", ""))
    names = {key: _names(term_id, names) for key, names in entry.items() if key not in KEYS}
    means = {language: str(entry.get("means", {}).get(language, "")) for language in names}
    source, mark = entry.get("source"), str(entry.get("mark", ""))
    if not re.fullmatch(r"[a-z0-9-]{1,40}", term_id):
        raise ValueError(f"{term_id!r} is no id: use small letters, digits and hyphens")
    for language, meaning in means.items():
        if not meaning or (source is not None and not source.get(language)):
            raise ValueError(f"{term_id!r} has no meaning or source in {language}")
    if (source is None) != (mark not in ("P", "G")):
        raise ValueError(f"{term_id!r}: a source has the mark P or G, and nothing else has one")
    return Term(term_id, names, means, str(entry.get("lesson", "")), source, mark)


def _names(term_id: str, names: Sequence[str]) -> tuple[str, ...]:
    if isinstance(names, str) or not names:
        raise ValueError(f"{term_id!r}: the names of a language are a list")
    return tuple(names)
