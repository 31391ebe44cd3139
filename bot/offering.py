"""Choices written out, for platforms without buttons: what is typed leads back to the choice."""

from collections.abc import Sequence
from string import ascii_uppercase

from lessons.dialogue.meaning import lettered, picked
from lessons.messages import Choice
from lessons.typed import clean


def typed(choices: Sequence[Choice]) -> list[str]:
    """For each choice what one types for it: a letter where letters are free, else its words, else
    its number; empty where nothing leads to it."""
    letters = ascii_uppercase if lettered(choices) else ""
    keys = []
    for place, choice in enumerate(choices):
        forms = (letters[place : place + 1], words(choice), str(place + 1))
        keys.append(next((form for form in forms if form and leads(form, choice, choices)), ""))
    return keys


def leads(text: str, choice: Choice, choices: Sequence[Choice]) -> bool:
    return picked(clean(text), choices) == choice.id


def listed(choices: Sequence[Choice]) -> str:
    """One line of words where every choice is typed as it reads; else a line for each."""
    pairs = list(zip(typed(choices), map(words, choices), strict=True))
    if all(key == label for key, label in pairs):
        return " · ".join(label for _, label in pairs)
    lines = (label if key in ("", label) else f"{key}. {label}".rstrip() for key, label in pairs)
    return "\n".join(filter(None, lines))


def words(choice: Choice) -> str:
    """The label in one line."""
    return " ".join(choice.label.split())
