"""What the product needs from the world: Store, Tutor. How each may fail: lessons/failures.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from lessons.broadcasts import Announcement as Announcement
from lessons.broadcasts import Listener as Listener
from lessons.broadcasts import Tally as Tally
from lessons.course import Course
from lessons.facts import Fact
from lessons.failures import Forged as Forged
from lessons.failures import Gone as Gone
from lessons.failures import Moved as Moved
from lessons.failures import Refused as Refused
from lessons.failures import Repeated as Repeated
from lessons.failures import Stale as Stale
from lessons.failures import Stopped as Stopped
from lessons.failures import TryLater as TryLater
from lessons.failures import Unavailable as Unavailable
from lessons.failures import Unknown as Unknown
from lessons.findings import Answer as Answer
from lessons.findings import Standing as Standing
from lessons.learner import Learner
from lessons.memory import Card
from lessons.memory.replay import Logged as Logged
from lessons.messages import Address, Heard, Kind, Quiz, Said, Sent
from lessons.messages import Reach as Reach
from lessons.ports.memories import Fit as Fit
from lessons.ports.memories import Memories as Memories


@dataclass(frozen=True, slots=True)
class Saving:
    """Everything one message changes: saved in one commit or not at all.

    `learner.version` is the version that was loaded (0: a new learner, met at `address`).
    `cards` are the memory of items that changed (None: as if never asked). `slot` makes an unasked
    message unique: of two savings with the same slot only the first is kept, the second raises
    Repeated.
    """

    learner: Learner
    address: Address
    now: datetime
    heard: Heard | None = None
    says: Sequence[Said] = ()
    facts: Sequence[Fact] = ()
    cards: Mapping[str, Card | None] = field(default_factory=dict)
    slot: str = ""


Outcome = Literal["sent", "failed", "unknown", "queued"]
KINDS: tuple[Kind, ...] = ("reply", "reminder", "broadcast")  # the most urgent first


@dataclass(frozen=True, slots=True)
class Received:
    """An update in the inbox, until it is handled: `id` is the store's, `tries` counts the times it
    was given out."""

    id: int
    heard: Heard
    tries: int = 0


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

    async def all_cards(self, learner_id: str) -> Mapping[str, Card]: ...

    async def agenda(self, learner_id: str, first: date, last: date) -> Mapping[str, date]:
        """The items due from the first day to the last, both included, and their day."""
        ...

    async def standing(self, learner_id: str, on: date) -> Standing: ...

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        """Learners whose `due_at` has passed, longest first, and the addresses where they can be
        written to, last active first; who has none left is passed over."""
        ...

    async def left(self, address: Address, now: datetime) -> None:
        """This chat cannot be written to any more (blocked, left), until something is heard there
        again: what is open for it fails, and a saving that was not asked for adds nothing to it."""
        ...

    async def back(self, address: Address, now: datetime) -> None:
        """The chat can be written to again; a message heard from it says the same by itself."""
        ...

    async def moved(self, address: Address, chat: str) -> None:
        """The chat has another name now: its learner, its messages and its quizzes go along."""
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


class Inbox(Protocol):
    async def receive(self, heard: Sequence[Heard], now: datetime) -> int:
        """Keep what arrived until it is handled, in one commit; what was received before is left
        out. Returns how many are new."""
        ...

    async def received(
        self, platform: str, limit: int, besides: Collection[int] = ()
    ) -> Sequence[Received]:
        """What waits to be handled besides these ids, in the order of the platform's updates; each
        is a try more."""
        ...

    async def handled(self, ids: Sequence[int]) -> None:
        """These are dealt with: only the names of their updates stay, to know repetitions."""
        ...

    async def drop_handled(self, before: datetime) -> int:
        """Drop the names of updates handled that were received earlier; returns how many. What was
        said in those that were handled since is gone from every file of the store then."""
        ...


class Outbox(Protocol):
    async def claim(
        self,
        platform: str,
        owner: str,
        now: datetime,
        until: datetime,
        limit: int,
        kinds: Sequence[Kind] = KINDS,
    ) -> Sequence[Sent]:
        """Take messages of one platform to send, at most the oldest one per chat: first of chats
        where a reply waits, then reminders, then broadcasts, each in order; with `kinds` only of
        chats where one of these waits. They are the owner's until the lease ends; then they are
        taken up again, except a reminder or broadcast that may have arrived (decision 0003): that
        one is unknown. Nothing waits behind a reminder or broadcast whose time has not come. What
        lies further ahead than it can have been set, the clock having been put back, is over."""
        ...

    async def sending(self, message: int, now: datetime, owner: str = "", parts: int = 0) -> bool:
        """Committed just before the platform is called; `parts` of it have arrived already. False
        when the lease has ended, is no longer `owner`'s (when given), or the message is not to be
        sent any more: then it must not be sent."""
        ...

    async def settle(
        self,
        message: int,
        outcome: Outcome,
        now: datetime,
        not_before: datetime | None = None,
        reference: str = "",
    ) -> None:
        """What became of a claimed message; "queued" puts it back, not before the given moment.
        `reference` is the platform's name of the quiz that was sent, if it was one."""
        ...

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        """What was said and heard in a chat with a greater id, oldest first; with after = 0 the
        newest `limit`. The learner's own words come as Sent with `heard` true."""
        ...

    async def newest(self) -> int:
        """The greatest id of a message that is kept for good, 0 without one: whether it has grown
        tells that another process has written."""
        ...

    async def news(self, seconds: float) -> None:
        """Return when another process may have put something into the outbox, or after the time:
        at once where the database can tell, else after the time only."""
        ...

    async def post(self, address: Address, said: Said, now: datetime, key: str) -> None:
        """Put a message for a chat that is no learner's into the outbox, such as a quiz for a
        group. Raises Repeated for a key that was used."""
        ...

    async def quiz(self, platform: str, reference: str) -> tuple[Address, Quiz] | None:
        """The quiz that was sent under this name of the platform's, and the chat it was put in."""
        ...

    async def quizzes(self, address: Address, limit: int) -> Sequence[str]:
        """The items put as quizzes in a chat, newest first."""
        ...

    async def halted(self, platform: str) -> datetime | None:
        """Until when the platform told us to be silent, if it ever did."""
        ...

    async def halt(self, platform: str, until: datetime) -> None:
        """The platform told us to be silent until then; an earlier end never replaces a later."""
        ...


class Broadcasts(Protocol):
    async def announce(self, broadcast: str, text: str, now: datetime) -> None:
        """A new broadcast, with nobody's row yet. Raises Repeated for a name that was used."""
        ...

    async def unspread(self) -> Sequence[tuple[str, str]]:
        """The broadcasts that not every listener has a row of yet: name and text."""
        ...

    async def listeners(self, broadcast: str, limit: int) -> Sequence[Listener]:
        """The next of those who agreed and answered when to be reminded, behind the last who has a
        row, in the order of learner ids; empty when everybody has one or it was stopped."""
        ...

    async def spread(
        self, broadcast: str, rows: Sequence[Announcement], last: bool, now: datetime
    ) -> None:
        """Their rows, in one commit; a row that is there already stays. `last`: nobody is left."""
        ...

    async def stop(self, broadcast: str, now: datetime) -> int:
        """Cancel what has not begun to be sent; returns how many. No sender sends them any more."""
        ...

    async def resend_unknown(self, broadcast: str, now: datetime) -> int:
        """Queue once more what may or may not have arrived; returns how many."""
        ...

    async def tally(self, broadcast: str) -> Tally | None:
        """How far it is; None for an unknown name."""
        ...


class Household(Protocol):
    async def secret(self, name: str, fresh: str) -> str:
        """The installation's secret of this name; `fresh` becomes it when there is none yet."""
        ...

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take or keep a lease, such as the one of `serve`; False while somebody else holds it."""
        ...

    async def release(self, name: str, owner: str) -> None: ...


class Store(Learners, Memories, Courses, Inbox, Outbox, Broadcasts, Household, Protocol):
    """All that is remembered."""

    async def close(self) -> None: ...


class Tutor(Protocol):
    """Answers from the courses and nothing but the courses."""

    async def answer(
        self, question: str, courses: Sequence[Course], language: str, avoid: Sequence[str] = ()
    ) -> Answer:
        """`avoid` are phrases that must not be quoted: the answer of a pending question."""
        ...
