"""For the tests of rendering: what must be true of the parts of every message."""

from collections.abc import Sequence
from html.parser import HTMLParser

from bot.offering import typed
from bot.render import Attachment, Caps, Edit, Part, Poll, Reaction, Text
from bot.splitting import sendable, size, visible
from lessons.dialogue.meaning import picked
from lessons.messages import Said
from lessons.typed import clean


def hold_promises(said: Said, parts: Sequence[Part], caps: Caps) -> None:
    """The parts fit the platform, nothing is lost, and every choice comes back as itself."""
    hold_limits(parts, caps)
    if said.only and not caps.only:
        assert not parts
    elif any(isinstance(part, Poll) for part in parts):
        assert len(parts) == 1
    elif texts(parts):
        hold_words(said, parts)
        hold_choices(said, parts)
    else:
        assert not visible(said.text)
        assert not said.choices


class Reader(HTMLParser):
    """Reads HTML as a messenger does: few tags, each closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.open = "", [""]

    def handle_starttag(self, tag: str, attrs: Sequence[object]) -> None:
        assert tag in {"b", "i", "code", "blockquote"}
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def read(markup: str) -> str:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == [""]
    return reader.words


def texts(parts: Sequence[Part]) -> list[Text]:
    """The texts of a message in their order; an edit that takes its place is one."""
    found = []
    for part in parts:
        if isinstance(part, Attachment):
            found.append(part.caption)
        elif isinstance(part, Edit):
            found += [part.or_else] if part.or_else else []
        elif isinstance(part, Text):
            found.append(part)
    return found


def hold_limits(parts: Sequence[Part], caps: Caps) -> None:
    for part in parts:
        if isinstance(part, Poll):
            assert 1 <= size(part.question, caps.unit) <= 300
            assert all(1 <= size(option, caps.unit) <= 100 for option in part.options)
            assert size(part.explanation, caps.unit) <= 200
            assert part.explanation.count("\n") <= 2
        elif isinstance(part, Attachment):
            assert caps.caption_max
            assert size(part.caption.plain, caps.unit) <= caps.caption_max
        elif not isinstance(part, Reaction):
            text = part.text if isinstance(part, Edit) else part
            assert visible(text.plain)
            assert size(text.plain, caps.unit) <= caps.text_max
    for text in texts(parts):
        text.plain.encode()
        assert text.plain == (read(text.markup) if caps.markup == "html" else text.plain)
        assert len(text.buttons) + len(text.quick) <= caps.buttons_max
        assert all(size(label, caps.unit) <= caps.label_max for label in text.quick)


def seen(text: str) -> str:
    return "".join(c for c in sendable(text) if visible(c))


def hold_words(said: Said, parts: Sequence[Part]) -> None:
    """Nothing is lost but a cheer that a sign stands for."""
    shown = "".join(seen(text.plain) for text in texts(parts))
    whole = seen(said.text)
    assert shown.startswith((whole, whole.removeprefix(seen(said.cheer))))
    if not any(isinstance(part, Edit | Reaction) for part in parts):
        assert shown.startswith(whole)


def hold_choices(said: Said, parts: Sequence[Part]) -> None:
    """Every choice is there, on the last part, and comes back as itself."""
    *before, last = texts(parts)
    assert not any(text.buttons or text.quick for text in before)
    if last.buttons:
        assert [choice.id for choice in last.buttons] == [choice.id for choice in said.choices]
    elif last.quick:
        meant = [picked(clean(label), said.choices) for label in last.quick]
        assert meant == [choice.id for choice in said.choices]
    else:
        shown = "".join(seen(text.plain) for text in texts(parts))
        for choice, key in zip(said.choices, typed(said.choices), strict=True):
            assert picked(clean(key), said.choices) == choice.id
            assert seen(key) in shown
            assert seen(choice.label) in shown
