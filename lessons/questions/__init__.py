"""The question types. The folder is the registry: a new type is one new file (docs/adding.md).

Each file holds one frozen dataclass that keeps the promises of `lessons.course.Question` and has a
class method `read(block)`, and an `EXAMPLE` as an author would write it.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from lessons.course import Block, Miswritten, Question


class Kind(Protocol):
    """A question type: its names and how it is read from what an author wrote."""

    NAMES: tuple[str, str, str]

    def read(self, block: Block) -> Question: ...


@cache
def kinds() -> Mapping[str, type[Question]]:
    """File name -> question type, for every file of this folder."""
    found: dict[str, type[Question]] = {}
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        found[module.name] = next(
            thing
            for thing in vars(loaded).values()
            if isinstance(thing, type)
            and thing.__module__ == loaded.__name__
            and hasattr(thing, "NAMES")
        )
    return found


@cache
def _by_name() -> Mapping[str, str]:
    return {name: kind for kind, cls in kinds().items() for name in cls.NAMES}


def read(block: Block) -> Question:
    """The question an author wrote. Raises Miswritten with the line and what to do."""
    kind = _by_name().get(block.kind)
    if kind is None:
        known = ", ".join(sorted(_by_name()))
        raise Miswritten(
            block.line, f"'{block.kind}' is not a kind of question: use one of {known}"
        )
    question: Question = kinds()[kind].read(block)  # type: ignore[attr-defined]
    return question
