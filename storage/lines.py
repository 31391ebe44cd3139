"""One message of a chat as every store holds it, heard and said alike, and its way to be sent.

And the few other words that all stores share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from lessons.broadcasts import Announcement
from lessons.course import Course
from lessons.facts import Answered, Brought, Undone
from lessons.memory import Card
from lessons.memory.replay import Logged, taken_back
from lessons.messages import Address, Heard, Said, Sent
from lessons.ports import KINDS, Outcome, Saving
from lessons.timing import day

Recorded = tuple[datetime, str, Mapping[str, object]]  # a fact: moment, name, fields
Status = Literal["heard", "queued", "claimed", "sending", "sent", "failed", "unknown", "cancelled"]
OPEN: tuple[Status, ...] = ("queued", "claimed", "sending")
UNBEGUN: tuple[Status, ...] = ("queued", "claimed")  # can still be taken back
FINAL: tuple[Status, ...] = ("heard", "sent", "cancelled")
TOLD = ("text", "tap", *KINDS)  # the kinds of lines that a chat's history shows
# No lease and no pause before another try lasts so long: one that seems to was set before the clock
# was put back, and is over. Only a broadcast may wait longer, for the morning.
LONGEST = timedelta(minutes=2)
AGAIN_IF_UNKNOWN = "reply"  # the kind that is sent again after an unknown outcome (decision 0003)

NUMBER_LENGTH = 18  # digits that a big integer always holds


@dataclass(frozen=True, slots=True)
class Line:
    """A message in or out. `key` is unique: it is what makes a repeated update known as repeated.

    A line without text that is not to be sent is kept for its key only. `kind` of a heard line is
    its medium; what is neither text nor tap (a voice message, a guarded text) is no part of the
    history. `until` is the end of the owner's lease, `parts` how many parts have arrived,
    `reference` the platform's name of the quiz that was sent.
    """

    learner_id: str
    address: Address
    said: Said  # of a heard line: its text
    kind: str
    status: Status
    at: datetime
    key: str | None
    id: int = 0
    not_before: datetime | None = None
    owner: str = ""
    until: datetime | None = None
    sent_at: datetime | None = None
    parts: int = 0
    reference: str | None = None
    broadcast: str = ""

    def lapsed(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now

    def is_due(self, now: datetime) -> bool:
        if self.not_before is None or self.not_before <= now:
            return True
        return self.kind != "broadcast" and self.not_before > now + LONGEST

    def holds(self, now: datetime) -> bool:
        """Whether the later messages of its chat have to wait for this one: not for one that nobody
        waits for and whose time has not come."""
        return self.kind == "reply" or self.status != "queued" or self.is_due(now)

    def ready(self, now: datetime, owner: str) -> bool:
        """Whether the message may be claimed by `owner`, if no older one of its chat holds it."""
        if self.status == "queued":
            return self.is_due(now)
        before_the_clock_was_put_back = (
            self.until is not None and self.until > now + LONGEST and self.owner != owner
        )
        return self.status in OPEN and (self.lapsed(now) or before_the_clock_was_put_back)

    def taken(self, owner: str, until: datetime) -> "Line":
        """The line after a claim: the owner's; but what may have arrived is not sent again."""
        if self.status == "sending" and self.kind != AGAIN_IF_UNKNOWN:
            return replace(self, status="unknown", owner="", until=None)
        return replace(self, status="claimed", owner=owner, until=until)

    def may_begin(self, now: datetime, owner: str, parts: int) -> bool:
        """Whether it may be sent now; after its first parts that is asked again."""
        begun = self.status == "sending" and parts > 0 and owner != ""
        if not (self.status == "claimed" or begun) or self.lapsed(now):
            return False
        return owner in ("", self.owner)

    def settled(
        self, outcome: Outcome, now: datetime, not_before: datetime | None, reference: str = ""
    ) -> "Line":
        """The line after it was dealt with; what is final stays."""
        if self.status in FINAL:
            return self
        return replace(
            self.closed(outcome),
            not_before=not_before,
            sent_at=now if outcome == "sent" else None,
            reference=reference or None,
        )

    def closed(self, status: Status) -> "Line":
        """The line of this status, nobody's."""
        return replace(self, status=status, owner="", until=None, not_before=None)

    def is_told(self) -> bool:
        """Whether the line belongs to the chat's history."""
        return bool(self.said.text) and self.kind in TOLD

    def shown(self) -> Sent:
        """The line as the sender and a chat's history see it."""
        if self.status == "heard":
            return Sent(self.id, self.address, self.said, self.at, True, self.said.text)
        sent = self.status == "sent"
        return Sent(self.id, self.address, self.said, self.at, sent=sent, parts=self.parts)


def heard_key(heard: Heard) -> str | None:
    """What makes an update unique; None when the platform gave it no name."""
    return f"heard:{heard.address.platform}:{heard.update}" if heard.update else None


def number_of(update: str) -> int:
    """What orders an update among the others of its platform, 0 when its name is no number."""
    is_number = update.isascii() and update.isdecimal() and len(update) <= NUMBER_LENGTH
    return int(update) if is_number else 0


def lines(saving: Saving, gone: bool = False) -> list[Line]:
    """What a saving adds to the chat, in order: what was heard, then what is said.

    The learner's words are kept only with consent. A slot with nothing to say leaves its key.
    Where the chat is `gone` and nothing was heard, what is said has failed already.
    """
    who, where, heard = saving.learner.id, saving.address, saving.heard
    found: list[Line] = []
    if heard is not None:
        text = heard.text if saving.learner.consent == "yes" else ""
        key = heard_key(heard)
        found.append(Line(who, where, Said(text), heard.medium, "heard", saving.now, key))
    status: Status = "failed" if gone and heard is None else "queued"
    for n, said in enumerate(saving.says):
        key = _said_key(saving, n)
        found.append(Line(who, where, said, said.kind, status, saving.now, key))
    if saving.slot and not saving.says:
        key = f"{saving.slot}:0"
        found.append(Line(who, where, Said(""), "reminder", "sent", saving.now, key))
    return found


def announcement(broadcast: str, row: Announcement, now: datetime) -> Line:
    """A broadcast's line for one of its listeners."""
    who = row.listener
    return Line(
        learner_id=who.learner_id,
        address=who.address,
        said=row.said,
        kind="broadcast",
        status="queued",
        at=now,
        key=f"bcast:{broadcast}:{who.learner_id}",
        not_before=row.not_before,
        broadcast=broadcast,
    )


def halt_name(platform: str) -> str:
    """The lease that a halt of this platform is kept as."""
    return f"halt:{platform}"


def _said_key(saving: Saving, n: int) -> str | None:
    if saving.slot:
        return f"{saving.slot}:{n}"
    if saving.heard is not None and saving.heard.update:
        return f"reply:{saving.heard.address.platform}:{saving.heard.update}:{n}"
    return None


def logged(recorded: Iterable[Recorded], zone: str) -> list[Logged]:
    """The answers among the facts of a learner, without those taken back. Answers from before
    their learner day was written down are given that of their moment."""
    log: list[Logged] = []
    for at, name, fields in recorded:
        if name == Undone.__name__:
            log = taken_back(log, str(fields["item"]))
        if name == Answered.__name__:
            answer = Answered(**fields)  # type: ignore[arg-type]
            on = date.fromisoformat(answer.day) if answer.day else day(at, zone)
            due = date.fromisoformat(answer.due) if answer.due else None
            graded = (answer.grade, answer.version, answer.kind, answer.anew, due)
            log.append(Logged(answer.item, on, *graded))
        if name == Brought.__name__:
            card = _card({**fields})
            log.append(Logged(str(fields["item"]), card.last, 0, brought=card))
    return log


def brought(cards: Mapping[str, Card]) -> list[Brought]:
    """The facts with which the log of somebody begins who has just agreed."""
    return [
        Brought(item, **{**asdict(card), "due": f"{card.due}", "last": f"{card.last}"})
        for item, card in cards.items()
    ]


def _card(fields: dict[str, Any]) -> Card:
    del fields["item"]
    fields.update(due=date.fromisoformat(fields["due"]), last=date.fromisoformat(fields["last"]))
    return Card(**fields)


def code_hash(code: str) -> str:
    """A linking code as it is kept."""
    return sha256(code.encode()).hexdigest()


def changed(course: Course) -> str:
    """Why a course cannot be published."""
    return (
        f"{course.id} version {course.version} is published with other texts, and a published "
        f"version never changes: give this one version {course.version + 1}"
    )
