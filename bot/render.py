"""What a platform can show (Caps), and one message as the parts it is sent in: pure, for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.markup import Paragraph, html, marks, plain, tree
from bot.offering import leads, listed
from bot.splitting import ranges, sendable, shortened, size, visible
from lessons.messages import Choice, Media, Quiz, Said


@dataclass(frozen=True, slots=True)
class Caps:
    """What a platform can show. Lengths are counted in UTF-16 units or in code points (`unit`).

    `buttons`: "inline" buttons come back with their id, "quick" replies come back as typed text,
    and with "none" the choices are written out. `payload_max` are bytes of a button's id.
    `caption_max` is 0 where there are no pictures. `window` is how long after a person's last
    message they may be written to; None: at any time once they have begun.
    """

    text_max: int
    unit: Literal["utf16", "points"] = "points"
    caption_max: int = 0
    buttons: Literal["inline", "quick", "none"] = "none"
    buttons_max: int = 0
    label_max: int = 0
    payload_max: int = 0
    markup: Literal["html", "plain"] = "plain"
    edit: bool = False
    react: bool = False
    quiz: bool = False
    draft: bool = False
    only: bool = False
    window: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A new message: as plain text and, where there is markup, as that. `buttons` are inline,
    `quick` are replies that come back as their label."""

    plain: str
    markup: str = ""
    buttons: tuple[Choice, ...] = ()
    quick: tuple[str, ...] = ()
    protected: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, a voice message or a video, with what is read below it and its buttons."""

    media: Media
    caption: Text


@dataclass(frozen=True, slots=True)
class Edit:
    """The message of this name reads so from now on. `or_else` is sent where it cannot be changed
    any more; without it nothing is."""

    target: str
    text: Text
    or_else: Text | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """A sign on the message of this name."""

    target: str
    sign: str = "👍"


@dataclass(frozen=True, slots=True)
class Poll:
    """A quiz that the platform holds itself."""

    quiz: Quiz
    question: str
    options: tuple[str, ...]
    explanation: str
    protected: bool = False


Part = Text | Attachment | Edit | Reaction | Poll


QUESTION, OPTION, OPTIONS, EXPLANATION, LINES = 300, 100, range(2, 13), 200, 3  # of a quiz


def render(said: Said, caps: Caps) -> list[Part]:
    """The parts of a message in the order they are sent; none when there is nothing to show."""
    if said.only and not caps.only:
        return []  # better unsaid than before everybody
    if caps.quiz and said.quiz is not None and _holds(said.quiz, caps):
        return [_poll(said, said.quiz, caps)]
    text, closing = sendable(said.text).strip(), sendable(said.closing).strip()
    changes = caps.edit and said.about != "" and visible(closing)
    if changes and said.instead:
        match _message(said, closing, caps), _message(said, text, caps):
            case [Text() as changed], [Text() as new]:
                return [Edit(said.about, changed, or_else=new)]
    before: list[Part] = []
    after: list[Part] = []
    if changes:
        fitting = shortened(closing, caps.text_max, caps.unit)
        shown = tree(fitting, marks(fitting, said.styles))
        after.append(Edit(said.about, _text(said, caps, shown)))
    uncheered = _without(sendable(said.cheer).strip(), text)
    if caps.react and said.about and uncheered != text:
        before += [] if after else [Reaction(said.about)]
        text = uncheered
    return [*before, *_message(said, text, caps), *after]


def _without(cheer: str, text: str) -> str:
    """The text behind the cheer it begins with; all of it when nothing would be left."""
    rest = text.removeprefix(cheer)
    return rest.strip() if rest[:1].isspace() and visible(rest) else text


def _message(said: Said, text: str, caps: Caps) -> list[Part]:
    """A new message with all it holds: words, media, choices."""
    media = said.media if said.media is not None and visible(said.media.reference) else None
    media = media if caps.caption_max else None
    paragraphs = [text, "" if media else _in_words(said.media)]
    offer = tuple(Choice(choice.id, sendable(choice.label)) for choice in said.choices)
    bearer = media is not None or any(map(visible, paragraphs))  # what buttons can stand below
    buttons = offer if bearer and _inline(offer, caps) else ()
    quick = offer if bearer and not buttons and _quick(offer, caps) else ()
    if not buttons and not quick:
        paragraphs.append(listed(offer))
    paragraphs = list(filter(visible, paragraphs))
    whole = "\n\n".join(paragraphs)
    found = marks(text, said.styles) if paragraphs[:1] == [text] else []

    def laid(limit: int) -> list[Text]:
        pieces = ranges(whole, limit, caps.unit)
        return [_text(said, caps, tree(whole, found, start, end)) for start, end in pieces]

    def offering(texts: list[Text]) -> list[Text]:
        labels = tuple(choice.label for choice in quick)
        return [*texts[:-1], *(replace(it, buttons=buttons, quick=labels) for it in texts[-1:])]

    if media is None:
        return [*offering(laid(caps.text_max))]
    bare = _text(said, caps, [])
    captions = laid(caps.caption_max) or [bare]
    if len(captions) == 1:
        return [Attachment(media, *offering(captions))]
    return [Attachment(media, bare), *offering(laid(caps.text_max))]


def _text(said: Said, caps: Caps, shown: list[Paragraph]) -> Text:
    markup = html(shown) if caps.markup == "html" else ""
    return Text(plain(shown), markup, protected=said.protected, only=said.only)


def _in_words(media: Media | None) -> str:
    return "" if media is None else sendable(media.in_words()).strip()


def _inline(offer: Sequence[Choice], caps: Caps) -> bool:
    """Whether all choices can be buttons that come back with their id."""
    ids = [choice.id.encode(errors="replace") for choice in offer]
    return (
        caps.buttons == "inline"
        and _labelled(offer, caps)
        and all(0 < len(each) <= caps.payload_max for each in ids)
    )


def _quick(offer: Sequence[Choice], caps: Caps) -> bool:
    """Whether all choices can be quick replies, and each of them is understood when it comes."""
    return (
        caps.buttons == "quick"
        and _labelled(offer, caps)
        and all(leads(choice.label, choice, offer) for choice in offer)
    )


def _labelled(offer: Sequence[Choice], caps: Caps) -> bool:
    return 0 < len(offer) <= caps.buttons_max and all(
        _within(choice.label, caps.label_max, caps) for choice in offer
    )


def _within(text: str, limit: int, caps: Caps) -> bool:
    return visible(text) and size(text, caps.unit) <= limit


# --- a quiz the platform holds ---


def _holds(quiz: Quiz, caps: Caps) -> bool:
    """Whether a platform can hold this question: its options must be few and short."""
    places = range(len(quiz.options))
    return (
        _within(quiz.question, QUESTION, caps)
        and len(quiz.options) in OPTIONS
        and all(_within(option, OPTION, caps) for option in quiz.options)
        and bool(quiz.right)
        and all(place in places for place in quiz.right)
    )


def _poll(said: Said, quiz: Quiz, caps: Caps) -> Poll:
    written = map(str.strip, sendable(quiz.explanation).splitlines())
    lines = [line for line in written if line]
    lines[LINES - 1 :] = [" ".join(lines[LINES - 1 :])]
    explanation = shortened("\n".join(lines).strip(), EXPLANATION, caps.unit)
    options = tuple(map(sendable, quiz.options))
    return Poll(quiz, sendable(quiz.question), options, explanation, said.protected)
