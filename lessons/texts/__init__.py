"""What the tutor says, one TOML file per language. Reads its own packaged files once, on first use.

This is the only file access inside `lessons/` (decision 0008). The folder is the registry: a new
language is one new file with the same keys and the same {placeholders}.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file, Vietnamese first."""
    found = sorted(
        f.name.removesuffix(".toml") for f in files(__name__).iterdir() if f.name.endswith(".toml")
    )
    return ("vi", *(language for language in found if language != "vi"))


@cache
def _texts(language: str) -> Mapping[str, str | list[str]]:
    source = files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(source)))


def _flat(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str | list[str]]]:
    pairs: list[tuple[str, str | list[str]]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            pairs += _flat(f"{prefix}{key}.", value)
        elif isinstance(value, str):
            pairs.append((prefix + key, value))
        elif isinstance(value, list):
            pairs.append((prefix + key, [str(each) for each in value]))
    return pairs


def words(language: str, key: str) -> tuple[str, ...]:
    """The list of words under a key, such as the ways to write a command."""
    found = _texts(language)[key]
    return (found,) if isinstance(found, str) else tuple(found)


def say(language: str, key: str, /, **values: object) -> str:
    """The text under a dotted key, its placeholders filled. Raises KeyError for a wrong key."""
    found = _texts(language)[key]
    if not isinstance(found, str):
        raise KeyError(key)
    return found.format(**values) if values else found


def joined(language: str, parts: Iterable[str]) -> str:
    """The parts in one line, with what a language puts between them."""
    return say(language, "question.joint").join(parts)


@dataclass(frozen=True, slots=True)
class Voice:
    """How the tutor speaks to one person: the language and the chosen form of address.

    {you} is that form ("Anh/Chị", "đồng chí", "Monsieur le député"). Without one, by choice or
    where a language has none, a text is said in its impersonal wording, `key_plain`.
    """

    language: str
    form: str = "default"

    def say(self, key: str, /, **values: object) -> str:
        texts = _texts(self.language)
        you = say(self.language, f"form.{self.form}")
        if not you and f"{key}_plain" in texts:
            key = f"{key}_plain"
        template = str(texts[key])
        if "{you}" in template:
            starts = template.lstrip().startswith("{you}")
            values["you"] = you[:1].upper() + you[1:] if starts else you
        return say(self.language, key, **values)

    def count(self, key: str, n: int) -> str:
        """A number with its noun: `key.one` or `key.other` by the language's plural rule."""
        one = n == 1 or (self.language == "fr" and n == 0)
        return say(self.language, f"{key}.{'one' if one else 'other'}", n=n)
