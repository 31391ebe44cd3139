"""What the answers of a turn do to memory: cards changed, days chosen, all of it written down.

The stored memory is always what the log leads to (lessons/memory/replay.py): an answer taken back
is computed away, and an item whose key has changed begins anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from lessons import memory, timing
from lessons.dialogue import Turn
from lessons.facts import Answered, Fact, Undone
from lessons.findings import Review
from lessons.learner import Asked, Learner
from lessons.library import Library
from lessons.memory.backlog import for_today
from lessons.memory.fsrs6 import DEFAULTS, Parameters
from lessons.memory.replay import replayed, taken_back
from lessons.memory.scheduling import Aim, Ease, as_any_other, chosen, looked_at, replanned, target
from lessons.ports import Store

FIT_AFTER = timedelta(days=7)  # from an answer until the parameters are fitted anew
Cards = Mapping[str, memory.Card | None]


def no_easy_days(_: Learner) -> Ease:
    return as_any_other


@dataclass(frozen=True, slots=True)
class Remember:
    """`ease` says how easy each day of a learner shall be: days off are not filled as others."""

    store: Store
    ease: Callable[[Learner], Ease] = no_easy_days
    _known: dict[int, Parameters] = field(default_factory=dict)

    async def at_hand(self, learner: Learner) -> Mapping[str, memory.Card]:
        """The cards of the question that is pending and, in a review, of the one behind it."""
        place = learner.place
        if not isinstance(place, Asked) or not place.queue:
            return {}
        return await self.store.cards(learner.id, place.queue[: 1 if place.lesson else 2])

    async def review(self, learner: Learner, now: datetime) -> Review:
        """What is for today, the most urgent first."""
        day = timing.day(now, learner.timezone)
        standing = await self.store.standing(learner.id, day)
        if not standing.due:
            return Review(standing)
        cards = await self.store.all_cards(learner.id)
        cap = learner.daily(day, standing.items)
        w = await self.weights(learner)
        items = for_today(cards, day, standing.done, cap, w)
        return Review(standing, items, {item: cards[item] for item in items})

    async def weights(self, learner: Learner) -> Parameters:
        """The parameters of the learner's memory. Those of a number never change."""
        if learner.weights and learner.weights not in self._known:
            fit = await self.store.fit(learner.weights)
            self._known[learner.weights] = DEFAULTS if fit is None else fit.parameters
        return self._known.get(learner.weights, DEFAULTS)

    async def after(
        self, before: Learner, done: Turn, library: Library, now: datetime
    ) -> tuple[Learner, Sequence[Fact], Cards]:
        """The learner, the facts and the memory after a turn."""
        learner, day = done.learner, timing.day(now, before.timezone)
        facts, cards = await self._answered(learner, done.facts, library, day)
        for fact in done.facts:
            if isinstance(fact, Undone):
                cards = {**cards, **await self._undone(learner, fact.item)}
        if learner.exams != before.exams and learner.id == before.id:
            cards = {**cards, **await self.replan(learner, library, day)}
        if cards and learner.consent == "yes" and learner.fit_on is None:
            learner = replace(learner, fit_on=day + FIT_AFTER)
        return learner, facts, cards

    async def _answered(
        self, learner: Learner, facts: Sequence[Fact], library: Library, day: date
    ) -> tuple[Sequence[Fact], Cards]:
        """The graded answers with what memory makes of them."""
        items = [fact.item for fact in facts if isinstance(fact, Answered)]
        if not items:
            return facts, {}
        cards = dict(await self.store.cards(learner.id, items))
        changed: dict[str, memory.Card | None] = {}
        noted: list[Fact] = []
        for fact in facts:
            if not isinstance(fact, Answered):
                noted.append(fact)
                continue
            card, wrote = await self._reviewed(learner, cards.get(fact.item), fact, library, day)
            if fact.grade and card is not None:
                cards[fact.item] = changed[fact.item] = card
            noted.append(wrote)
        return noted, changed

    async def _reviewed(
        self,
        learner: Learner,
        card: memory.Card | None,
        fact: Answered,
        library: Library,
        day: date,
    ) -> tuple[memory.Card | None, Answered]:
        if not fact.grade:
            return card, replace(fact, day=f"{day}")
        same = card is None or not card.version
        anew = not (same or self._same_key(learner, card, fact, library))
        aim, w = library.aim(fact.item, learner.exams), await self.weights(learner)
        after = memory.review(None if anew else card, memory.Grade(fact.grade), day, target(aim), w)
        after = replace(after, version=fact.version)
        after = await self._planned(learner, fact.item, after, aim, w)
        wrote = {"day": f"{after.last}", "due": f"{after.due}", "target": round(target(aim), 4)}
        return after, replace(fact, anew=anew, **wrote)  # type: ignore[arg-type]

    @staticmethod
    def _same_key(
        learner: Learner, card: memory.Card | None, fact: Answered, library: Library
    ) -> bool:
        version = 0 if card is None else card.version
        return library.same_key(fact.item, learner.language, version, fact.version)

    async def _planned(
        self, learner: Learner, item: str, card: memory.Card, aim: Aim, w: Parameters
    ) -> memory.Card:
        agenda = await self.store.agenda(learner.id, *looked_at(card, aim, w))
        cap = learner.daily(card.last, len(agenda))
        return chosen(item, card, aim, agenda, self.ease(learner), cap, w)

    async def _undone(self, learner: Learner, item: str) -> Cards:
        """The card of an item as if its last answer had not been given."""
        log = taken_back(await self.store.log(learner.id), item)
        left = replayed(log, await self.weights(learner))
        return {item: left.get(item)}

    async def replan(self, learner: Learner, library: Library, day: date) -> Cards:
        """The cards whose day changes with the learner's exams or parameters."""
        cards = await self.store.all_cards(learner.id)
        w = await self.weights(learner)

        def aims(item: str) -> Aim:
            return library.aim(item, learner.exams)

        cap = learner.daily(day, len(cards))
        return replanned(cards, aims, day, self.ease(learner), cap, w)
