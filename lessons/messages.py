"""Address, Heard, Said: one message in, one message out, the same words for every platform."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

# What people do: type, tap a button, send something that is not text. What the guard keeps out
# ("guarded": the text is its kind). What a platform tells: a vote in a quiz, a chat left, entered
# again or moved (the text is its new name), a reply that was stopped while it was being made.
Medium = Literal["text", "tap", "other", "guarded", "vote", "left", "back", "moved", "stop"]
Kind = Literal["reply", "reminder", "broadcast"]
Style = Literal["head", "quote", "code"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be met: one chat on one platform."""

    platform: str
    chat: str


@dataclass(frozen=True, slots=True)
class Reach:
    """An address that can be written to, and when something was last heard there."""

    address: Address
    active_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `id` says what it does (at most 48 ASCII characters); `label` is what is read."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One message from a person.

    `text` is what was typed, or the id of the button when `medium` is "tap"; empty for "other"
    (a voice message, a picture, a sticker). `update` identifies the message on its platform, so
    that the same one arriving twice changes nothing. `language` is what the device speaks, if it
    said so ("fr-CA" is welcome). `message` is the platform's name of the message that was typed,
    or of the one whose button was tapped, and `shown` is what that one reads. In a group `address`
    is the group and `sender` is the chat of the person alone, or the group again for who writes in
    its name.
    """

    address: Address
    update: str
    text: str
    medium: Medium = "text"
    language: str = ""
    message: str = ""
    shown: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a voice message or a video, by reference: an https address, or the platform's own
    name of a file. `words` say what it shows, for who cannot see or hear it."""

    kind: Literal["picture", "voice", "video"]
    reference: str
    words: str

    def in_words(self) -> str:
        """What stands for it where it cannot be shown: its words, and where it can be found."""
        public = self.reference.startswith(("https://", "http://"))
        found = (self.words.strip(), self.reference if public else "")
        return ": ".join(filter(None, found))


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question that a platform may hold itself, in a group: `right` are places in `options`.

    `item` and `version` say which question it is, `seed` the order its options were put in.
    """

    item: str
    version: int
    seed: int
    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message to a person. Paragraphs are separated by an empty line.

    `text` and `choices` say everything; the rest is for platforms that can show it better.
    `styles` name phrases of the text that stand out. `about` is the platform's name of the message
    this one answers. `cheer` is the praise the text begins with: where signs can be put on the
    message answered, the sign stands for it. `closing` is what the message answered reads from now
    on, without its buttons; with `instead` it takes the buttons, and this message is not sent.
    `protected` may not be passed on. `only`: in a group, for the eyes of this person.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    kind: Kind = "reply"
    styles: tuple[tuple[Style, str], ...] = ()
    media: Media | None = None
    quiz: Quiz | None = None
    about: str = ""
    cheer: str = ""
    closing: str = ""
    instead: bool = False
    protected: bool = False
    only: str = ""

    @property
    def plain(self) -> str:
        """Everything in words, for where there are only words."""
        return self.text if self.media is None else f"{self.text}\n\n{self.media.in_words()}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as the outbox holds it: `id` grows with time within one chat."""

    id: int
    address: Address
    said: Said
    at: datetime
    heard: bool = False  # true for the person's own words in a chat's history
    text: str = field(default="")
    sent: bool = False  # true when it has arrived already
    parts: int = 0  # how many of its parts have arrived, when it took several
