"""The command words: what can be said at any time, however it is typed."""

from functools import cache

from lessons.texts import languages, words
from lessons.typed import fold, from_telex

COMMANDS = (
    "start", "continue", "next", "review", "ask", "progress", "courses", "language", "form",
    "reminders", "data", "delete", "link", "stop", "help", "back", "skip", "agree", "refuse",
    "rest", "sources", "undo", "exam", "pause", "zone", "glossary", "placement", "summary",
)  # fmt: skip
ALWAYS = ("skip", "help", "stop")  # heard even while a typed answer is awaited


@cache
def listed(language: str, key: str) -> frozenset[str]:
    """The folded words under a key of the texts."""
    return frozenset(fold(word) for word in words(language, key))


@cache
def _commands(language: str) -> dict[str, str]:
    table = {fold(word): name for name in COMMANDS for word in words(language, f"commands.{name}")}
    table |= {word: "fine" for word in listed(language, "answers.fine") if word not in table}
    for each in languages():  # whoever is in the wrong language must find the way out
        table |= dict.fromkeys(listed(each, "commands.language"), "language")
        table |= dict.fromkeys(listed(each, "language.words"), f"lang:{each}")
    return table


@cache
def _spelt(language: str) -> dict[str, str]:
    """The same words with their diacritics, for those that have some."""
    pairs = ((word, name) for name in COMMANDS for word in words(language, f"commands.{name}"))
    return {word.casefold(): name for word, name in pairs if not word.isascii()}


@cache
def _slash_commands() -> dict[str, str]:
    table = {name: name for name in COMMANDS}
    for language in languages():
        theirs = {word.replace(" ", ""): name for word, name in _commands(language).items()}
        table = theirs | table  # a word of two languages means what it does in the first
    return table


def command(text: str, language: str) -> str | None:
    """The command these words are: with or without diacritics, in raw Telex, with a polite word at
    the end; "0" is back and "?" is help; "fine" is a plain "all right"."""
    if text == "?":
        return "help"
    said, table = fold(text), _commands(language)
    if said == "0":
        return "back"
    telex = " ".join(from_telex(word) for word in said.split())
    polite, _, last = said.rpartition(" ")
    ways = [said, telex, *([polite] if last in listed(language, "clock.idle") else [])]
    return next((table[way] for way in ways if way in table), None)


def exactly(text: str, language: str) -> str | None:
    """The command that is spelt so, diacritics and all: "dừng" is to stop, "dung" may be "đúng"."""
    return _spelt(language).get(text.casefold())


def slash_command(text: str) -> str | None:
    """The command of "/start", "/tiep_tuc" or "/help@bot", in any of the languages."""
    first, *_ = text[1:].split("@")[0].split() or [""]
    return _slash_commands().get(fold(first.replace("_", " ")).replace(" ", ""))
