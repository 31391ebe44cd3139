"""What the product needs from the world: Store, Messenger, Tutor, and how each may fail.

Failures out of a Messenger: `TryLater`, `Gone`, `Refused`, `Unknown`. Failures of a Store: `Stale`
(somebody saved first: load and decide again), `Repeated` (this update was handled before) and
`Unavailable` (locked, read-only, unreachable: nothing was saved).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from lessons.course import Course
from lessons.facts import Fact
from lessons.findings import Answer as Answer
from lessons.findings import Standing as Standing
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Heard, Said, Sent


class Stale(Exception):
    """The learner was saved by somebody else since it was loaded."""


class Repeated(Exception):
    """This update of this platform was handled before."""


class Unavailable(Exception):
    """The store cannot be used now; the text says why, for the operator."""


class TryLater(Exception):
    """The platform asks to wait `seconds` before the next message."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


class Gone(Exception):
    """This person cannot be written to any more (blocked, deleted, left)."""


class Refused(Exception):
    """The platform will never take this message."""


class Unknown(Exception):
    """The message may or may not have arrived (decision 0003)."""


@dataclass(frozen=True, slots=True)
class Saving:
    """Everything one message changes: saved in one commit or not at all.

    `learner.version` is the version that was loaded (0: a new learner, met at `address`).
    `cards` are the memory of items that changed. `slot` makes an unasked message unique:
    of two savings with the same slot only the first is kept, the second raises Repeated.
    """

    learner: Learner
    address: Address
    now: datetime
    heard: Heard | None = None
    says: Sequence[Said] = ()
    facts: Sequence[Fact] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)
    slot: str = ""


Outcome = Literal["sent", "failed", "unknown", "queued"]


class Learners(Protocol):
    async def learner(self, address: Address) -> Learner | None:
        """The person met at this address, or None."""
        ...

    async def save(self, saving: Saving) -> Learner:
        """One commit: learner, inbox, outbox, facts, cards. Raises Stale, Repeated, Unavailable."""
        ...

    async def cards(self, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
        """The memory of these items; items never asked are absent."""
        ...

    async def standing(self, learner_id: str, on: date, limit: int) -> Standing: ...

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Address]]:
        """Learners whose `due_at` has passed, longest first, and the address last active."""
        ...

    async def forget(self, learner_id: str) -> None:
        """Erase the person: row, addresses, items, facts, inbox and outbox text."""
        ...

    async def issue_code(self, learner_id: str, code: str, until: datetime) -> None:
        """Remember a one-time code that joins another address to this learner (kept hashed)."""
        ...

    async def redeem_code(self, code: str, address: Address, now: datetime) -> Learner | None:
        """Join an address to the learner of this code, once; None when the code is not valid.

        Raises Stale when somebody is just arriving there: the code stays good, try again."""
        ...

    async def facts(self, learner_id: str) -> Sequence[tuple[datetime, str, Mapping[str, object]]]:
        """Everything recorded about a learner, oldest first: moment, name, fields."""
        ...


class Courses(Protocol):
    async def publish(self, course: Course, now: datetime) -> bool:
        """Put a course into the store; False when this id and version were there already.

        Raises ValueError when they were there with other texts: a published version never changes.
        """
        ...

    async def course_versions(self) -> Sequence[tuple[str, int]]:
        """The id and version of every published course."""
        ...

    async def course_files(self, course_id: str, version: int) -> Mapping[str, str]:
        """The files of a published course, name to text. Raises KeyError for an unknown one."""
        ...


class Outbox(Protocol):
    async def claim(
        self, platform: str, owner: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[Sent]:
        """Take messages of one platform to send, at most the oldest one per chat: first of chats
        where a reply waits, then reminders, then broadcasts, each in order. They are the owner's
        until the lease ends; then they are taken up again, except a reminder or broadcast that may
        have arrived (decision 0003): that one is unknown."""
        ...

    async def sending(self, message: int, now: datetime, owner: str = "") -> bool:
        """Committed just before the platform is called. False when the lease has ended, or is no
        longer `owner`'s (when given): then the message must not be sent."""
        ...

    async def settle(
        self, message: int, outcome: Outcome, now: datetime, not_before: datetime | None = None
    ) -> None:
        """What became of a claimed message; "queued" puts it back, not before the given moment."""
        ...

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        """What was said and heard in a chat with a greater id, oldest first; with after = 0 the
        newest `limit`. The learner's own words come as Sent with `heard` true."""
        ...

    async def newest(self) -> int:
        """The greatest id of a message that is kept for good, 0 without one: whether it has grown
        tells that another process has written."""
        ...


class Household(Protocol):
    async def secret(self, name: str, fresh: str) -> str:
        """The installation's secret of this name; `fresh` becomes it when there is none yet."""
        ...

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take or keep a lease, such as the one of `serve`; False while somebody else holds it."""
        ...

    async def release(self, name: str, owner: str) -> None: ...


class Store(Learners, Courses, Outbox, Household, Protocol):
    """All that is remembered."""

    async def close(self) -> None: ...


class Messenger(Protocol):
    """A platform's way out. Raises TryLater, Gone, Refused or Unknown; anything else is a bug."""

    async def send(self, address: Address, said: Said) -> None: ...


class Tutor(Protocol):
    """Answers from the courses and nothing but the courses."""

    async def answer(
        self, question: str, courses: Sequence[Course], language: str, avoid: Sequence[str] = ()
    ) -> Answer:
        """`avoid` are phrases that must not be quoted: the answer of a pending question."""
        ...
