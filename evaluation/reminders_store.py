"""A store with one learner in it, as much of one as reminders need. Its calls give way to whoever
else is running, so that two schedulers can meet anywhere."""

from collections.abc import Coroutine, Generator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import coroutine
from typing import Any

from lessons.findings import Standing
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Reach
from lessons.ports import Repeated, Saving, Stale


@coroutine
def _give_way() -> Generator[None, None, None]:
    yield


def together(*runs: Coroutine[Any, Any, object]) -> None:
    """Run them to the end, each one step in turn."""
    going = list(runs)
    while going:
        for run in tuple(going):
            try:
                run.send(None)
            except StopIteration:
                going.remove(run)


@dataclass(slots=True)
class OneLearner:
    """`heard_at` is when something was last heard on each platform; `cards` the memory; `asked`
    the known items that were asked on a day; `sent` what was put into the outbox, and for when the
    learner was planned before."""

    learner: Learner
    heard_at: dict[str, datetime]
    cards: dict[str, Card] = field(default_factory=dict)
    asked: dict[date, int] = field(default_factory=dict)
    slots: set[str] = field(default_factory=set)
    sent: list[tuple[Saving, datetime]] = field(default_factory=list)

    def reaches(self) -> tuple[Reach, ...]:
        """The last active first."""
        latest = sorted(self.heard_at.items(), key=lambda each: each[1], reverse=True)
        return tuple(Reach(Address(name, self.learner.id), at) for name, at in latest)

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        await _give_way()
        due_at = self.learner.due_at
        return [(self.learner, self.reaches())][:limit] if due_at and due_at <= now else []

    async def standing(self, learner_id: str, on: date) -> Standing:  # noqa: ARG002  # the one
        await _give_way()
        days = [card.due for card in self.cards.values()]
        later = min((day for day in days if day > on), default=None)
        due = sum(day <= on for day in days)
        return Standing(due, self.asked.get(on, 0), len(days), later or on + timedelta(days=1))

    async def save(self, saving: Saving) -> Learner:
        await _give_way()
        if saving.learner.version != self.learner.version:
            raise Stale("saved by somebody else meanwhile")
        if saving.slot:
            if saving.slot in self.slots:
                raise Repeated(saving.slot)
            self.slots.add(saving.slot)
        if saving.says:
            self.sent.append((saving, self.learner.due_at or saving.now))
        return self.put(saving.learner)

    def put(self, learner: Learner) -> Learner:
        self.learner = replace(learner, version=self.learner.version + 1)
        return self.learner
