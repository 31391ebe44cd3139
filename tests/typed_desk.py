"""How some phones type: each diacritic apart from its letter."""

import unicodedata


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)
