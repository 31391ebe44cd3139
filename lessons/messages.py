"""Address, Heard, Said: one message in, one message out, the same words for every platform."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Medium = Literal["text", "tap", "other"]
Kind = Literal["reply", "reminder", "broadcast"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be met: one chat on one platform."""

    platform: str
    chat: str


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
    said so ("fr-CA" is welcome).
    """

    address: Address
    update: str
    text: str
    medium: Medium = "text"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message to a person. Paragraphs are separated by an empty line."""

    text: str
    choices: tuple[Choice, ...] = ()
    kind: Kind = "reply"


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
