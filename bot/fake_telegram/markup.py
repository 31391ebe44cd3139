"""Telegram's HTML: text and entities out of it, and a page's HTML out of them again."""

import html
import re
from typing import Any

from bot.fake_telegram.errors import ApiError, bad

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"<(/?)([A-Za-z][\w-]*)?([^<>]*)>|&(#?\w+);|[<&]")
_ATTRIBUTE = re.compile(r"\s+([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_SHOWN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "spoiler": "mark",
    "text_link": "u",
}


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts."""
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def parsed(text: str, mode: str | None) -> tuple[str, list[Entity]]:
    """The text as it is read, without white space around it, and its entities. Raises ApiError."""
    if mode and mode.lower() != "html":
        raise bad("unsupported parse_mode")
    if not mode or ("<" not in text and "&" not in text):
        return text.strip(), []
    plain, entities = _Reading(text).result()
    return _trimmed(plain, entities)


def checked(text: str, entities: list[Any]) -> tuple[str, list[Entity]]:
    """A text whose entities were given with it. Raises ApiError for one that lies outside."""
    length = units(text)
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad("can't parse MessageEntity")
        start, extent = entity.get("offset"), entity.get("length")
        if not isinstance(start, int) or not isinstance(extent, int) or start < 0 or extent < 1:
            raise bad("can't parse MessageEntity")
        if start + extent > length:
            raise bad("entity ends after the end of the text")
    return _trimmed(text, entities)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    before, kept = len(text) - len(text.lstrip()), text.strip()
    length, found = units(kept), []
    for entity in entities:
        start = max(entity["offset"] - before, 0)
        end = min(entity["offset"] + entity["length"] - before, length)
        if end > start:
            found.append({**entity, "offset": start, "length": end - start})
    return kept, sorted(found, key=lambda e: (e["offset"], -e["length"]))


class _Reading:
    """One pass over a marked-up text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = ""
        self.length = 0  # of `plain`, in UTF-16 units
        self.open: list[tuple[str, Entity]] = []
        self.entities: list[Entity] = []

    def result(self) -> tuple[str, list[Entity]]:
        at = 0
        for token in _TOKEN.finditer(self.text):
            self._add(self.text[at : token.start()])
            at = token.end()
            slash, tag, attributes, entity = token.groups()
            if entity is not None:
                self._add(self._character(entity, token.start()))
            elif tag is None:
                what = "unescaped" if token[0] in "<&" else "unsupported start tag"
                raise self._fault(f'{what} "{token[0]}"', token.start())
            elif slash:
                self._close(tag.lower(), token.start())
            else:
                self._open(tag.lower(), attributes, token.start())
        self._add(self.text[at:])
        if self.open:
            tag = self.open[-1][0]
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
            )
        return self.plain, self.entities

    def _fault(self, what: str, at: int) -> ApiError:
        offset = len(self.text[:at].encode())
        return bad(f"can't parse entities: {what} at byte offset {offset}")

    def _add(self, piece: str) -> None:
        self.plain += piece
        self.length += units(piece)

    def _character(self, name: str, at: int) -> str:
        if name in _ENTITIES:
            return _ENTITIES[name]
        if re.fullmatch(r"#(\d{1,7}|[xX][0-9a-fA-F]{1,6})", name):
            return html.unescape(f"&{name};")
        raise self._fault(f'unsupported entity "&{name};"', at)

    def _open(self, tag: str, attributes: str, at: int) -> None:
        if tag not in _TAGS:
            raise self._fault(f'Unsupported start tag "{tag}"', at)
        if _ATTRIBUTE.sub("", attributes).strip():
            raise self._fault(f'bad attributes of start tag "{tag}"', at)
        given = {
            m[1]: html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(attributes)
        }
        entity: Entity = {"type": _TAGS[tag], "offset": self.length}
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', at)
        if tag == "a":
            entity["url"] = given.get("href", "")
        if tag == "tg-emoji":
            entity["custom_emoji_id"] = given.get("emoji-id", "")
        if tag == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        if tag == "code" and given.get("class", "").startswith("language-"):
            entity["language"] = given["class"].removeprefix("language-")
        self.open.append((tag, entity))

    def _close(self, tag: str, at: int) -> None:
        if not self.open:
            raise self._fault(f'Unexpected end tag "{tag}"', at)
        expected, entity = self.open.pop()
        if tag != expected:
            what = f'Unmatched end tag, expected "</{expected}>", found "</{tag}>"'
            raise self._fault(what, at)
        length = self.length - entity["offset"]
        language = entity.pop("language", None)
        if tag == "code" and language and self.open and self.open[-1][0] == "pre":
            self.open[-1][1]["language"] = language
        elif length and (tag != "a" or entity["url"]):
            self.entities.append({**entity, "length": length})


def as_html(text: str, entities: list[Entity]) -> str:
    """Escaped HTML for a page; of links only their text is shown, with the address as a title."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        if entity["type"] not in _SHOWN:
            continue
        tag = _SHOWN[entity["type"]]
        title = f' title="{html.escape(entity["url"])}"' if "url" in entity else ""
        opening.setdefault(entity["offset"], []).append(f"<{tag}{title}>")
        closing.setdefault(entity["offset"] + entity["length"], []).insert(0, f"</{tag}>")
    shown, at = [], 0
    for character in text:
        shown += closing.get(at, []) + opening.get(at, []) + [html.escape(character)]
        at += units(character)
    return "".join(shown + closing.get(at, []))
