"""Order by a seed: the only place where anything is mixed, so that everything can be repeated."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")


def seed(*parts: object) -> int:
    """A number that is the same on every machine for the same parts (unlike `hash`)."""
    return crc32("\x1f".join(str(part) for part in parts).encode())


def mixed(things: Sequence[T], number: int) -> tuple[T, ...]:
    """The same things in the order that `number` decides."""
    return tuple(Random(number).sample(things, len(things)))
