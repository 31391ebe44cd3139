"""In dictionaries: cards, what is due when, the log, fitted parameters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Reach
from lessons.ports import Fit, Logged, Standing
from storage.in_memory.people import MemoryPeople
from storage.lines import logged

LEECH = 8  # lapses


class MemoryMemories(MemoryPeople):
    """ports.Memories, and what ports.Learners asks about cards."""

    def __init__(self, first: int = 1) -> None:
        super().__init__(first)
        self._fits: dict[int, Fit] = {}
        self._fit_numbers = 0

    async def cards(self, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
        known = self._cards.get(learner_id, {})
        return {item: known[item] for item in items if item in known}

    async def all_cards(self, learner_id: str) -> Mapping[str, Card]:
        return dict(self._cards.get(learner_id, {}))

    async def agenda(self, learner_id: str, first: date, last: date) -> Mapping[str, date]:
        known = self._cards.get(learner_id, {})
        return {item: card.due for item, card in known.items() if first <= card.due <= last}

    async def standing(self, learner_id: str, on: date) -> Standing:
        known = self._cards.get(learner_id, {}).values()
        due = sum(card.due <= on for card in known)
        done = sum(card.last == on and card.reviews > 1 for card in known)
        later = (card.due for card in known if card.due > on)
        return Standing(due, done, len(known), min(later, default=None))

    async def log(self, learner_id: str) -> Sequence[Logged]:
        learner = self._learners.get(learner_id)
        return [] if learner is None else logged(await self.facts(learner_id), learner.timezone)

    async def logs(self, after: str, limit: int) -> Mapping[str, Sequence[Logged]]:
        agreed = (id for id, learner in self._learners.items() if learner.consent == "yes")
        ids = sorted(id for id in agreed if id > after)[:limit]
        return {id: await self.log(id) for id in ids}

    async def to_fit(self, on: date, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        waiting = [
            (learner.fit_on, learner.id)
            for learner in self._learners.values()
            if learner.consent == "yes" and learner.fit_on is not None and learner.fit_on <= on
        ]
        return self._reached((id for _, id in sorted(waiting)), limit)

    async def add_fit(self, fit: Fit, now: datetime) -> int:
        self._fit_numbers += 1
        self._fits[self._fit_numbers] = replace(fit, at=now)
        return self._fit_numbers

    async def fit(self, number: int) -> Fit | None:
        return self._fits.get(number)

    async def newest_fit(self) -> int:
        return max((n for n, fit in self._fits.items() if not fit.learner_id), default=0)

    async def leave(self, learner_id: str) -> None:
        await super().leave(learner_id)
        self._fits = {n: fit for n, fit in self._fits.items() if fit.learner_id != learner_id}

    async def leeches(self) -> Mapping[str, int]:
        return Counter(
            item
            for known in self._cards.values()
            for item, card in known.items()
            if card.lapses >= LEECH
        )
