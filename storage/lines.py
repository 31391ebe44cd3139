"""One message of a chat as every store holds it, heard and said alike, and its way to be sent.

And the few other words that all stores share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from lessons.course import Course
from lessons.messages import Address, Choice, Heard, Said, Sent
from lessons.ports import Outcome, Saving

Recorded = tuple[datetime, str, Mapping[str, object]]  # a fact: moment, name, fields
Status = Literal["heard", "queued", "claimed", "sending", "sent", "failed", "unknown"]
OPEN: tuple[Status, ...] = ("queued", "claimed", "sending")
URGENCY = ("reply", "reminder", "broadcast")
AGAIN_IF_UNKNOWN = "reply"  # the kind that is sent again after an unknown outcome (decision 0003)


@dataclass(frozen=True, slots=True)
class Line:
    """A message in or out. `key` is unique: it is what makes a repeated update known as repeated.

    A line without text is kept for its key only. `kind` of a heard line is its medium; what is
    neither text nor tap (a voice message, a guarded text) is no part of the history. `until` is
    the end of the owner's lease.
    """

    learner_id: str
    address: Address
    text: str
    kind: str
    status: Status
    at: datetime
    key: str | None
    choices: tuple[Choice, ...] = ()
    id: int = 0
    not_before: datetime | None = None
    owner: str = ""
    until: datetime | None = None
    sent_at: datetime | None = None

    def lapsed(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now

    def ready(self, now: datetime) -> bool:
        """Whether the message may be claimed, if no older one of its chat is open."""
        if self.status == "queued":
            return self.not_before is None or self.not_before <= now
        return self.status in OPEN and self.lapsed(now)

    def taken(self, owner: str, until: datetime) -> "Line":
        """The line after a claim: the owner's; but what may have arrived is not sent again."""
        if self.status == "sending" and self.kind != AGAIN_IF_UNKNOWN:
            return replace(self, status="unknown", owner="", until=None)
        return replace(self, status="claimed", owner=owner, until=until)

    def settled(self, outcome: Outcome, now: datetime, not_before: datetime | None) -> "Line":
        sent_at = now if outcome == "sent" else None
        return replace(
            self, status=outcome, not_before=not_before, owner="", until=None, sent_at=sent_at
        )

    def is_told(self) -> bool:
        """Whether the line belongs to the chat's history."""
        return bool(self.text) and self.kind != "other"

    def shown(self) -> Sent:
        """The line as the sender and a chat's history see it."""
        if self.status == "heard":
            return Sent(self.id, self.address, Said(self.text), self.at, True, self.text)
        said = Said(self.text, self.choices, self.kind)  # type: ignore[arg-type]
        return Sent(self.id, self.address, said, self.at, sent=self.status == "sent")


def heard_key(heard: Heard) -> str | None:
    """What makes an update unique; None when the platform gave it no name."""
    return f"heard:{heard.address.platform}:{heard.update}" if heard.update else None


def lines(saving: Saving) -> list[Line]:
    """What a saving adds to the chat, in order: what was heard, then what is said.

    The learner's words are kept only with consent. A slot with nothing to say leaves its key.
    """
    who, where, heard = saving.learner.id, saving.address, saving.heard
    found: list[Line] = []
    if heard is not None:
        text = heard.text if saving.learner.consent == "yes" else ""
        key = heard_key(heard)
        found.append(Line(who, where, text, heard.medium, "heard", saving.now, key))
    for n, said in enumerate(saving.says):
        key = _said_key(saving, n)
        line = Line(who, where, said.text, said.kind, "queued", saving.now, key, said.choices)
        found.append(line)
    if saving.slot and not saving.says:
        found.append(Line(who, where, "", "reminder", "sent", saving.now, f"{saving.slot}:0"))
    return found


def _said_key(saving: Saving, n: int) -> str | None:
    if saving.slot:
        return f"{saving.slot}:{n}"
    if saving.heard is not None and saving.heard.update:
        return f"reply:{saving.heard.address.platform}:{saving.heard.update}:{n}"
    return None


def code_hash(code: str) -> str:
    """A linking code as it is kept."""
    return sha256(code.encode()).hexdigest()


def changed(course: Course) -> str:
    """Why a course cannot be published."""
    return (
        f"{course.id} version {course.version} is published with other texts, and a published "
        f"version never changes: give this one version {course.version + 1}"
    )
