"""One text to many: who listens, what each of them is sent, how far it is."""

from dataclasses import dataclass
from datetime import datetime

from lessons.messages import Address, Said


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody a broadcast goes to, at the address last active that can be written to."""

    learner_id: str
    language: str
    timezone: str
    address: Address


@dataclass(frozen=True, slots=True)
class Announcement:
    """One message of a broadcast: to whom, what, and the moment before which it must not leave."""

    listener: Listener
    said: Said
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a broadcast is: `queued` are those still to be sent. `state` is "spreading" until
    every listener has a row, then "spread"; or "stopped"."""

    state: str
    queued: int = 0
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.queued + self.sent + self.failed + self.unknown + self.cancelled
