"""Memory fitted to people: first to everybody, then to each learner, with everybody as the prior.

A learner comes up a week after new answers. What is fitted is kept for ever under its number; where
it foretells the learner's own reviews better, all the learner's cards are computed anew from the
log, and only days that no longer fit are moved. The fitting itself is handed in: it takes seconds
of a processor and runs in a process of its own (decision 0018).
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lessons import timing
from lessons.learner import Learner
from lessons.library import Library
from lessons.memory import Card
from lessons.memory.fsrs6 import ALGORITHM, DEFAULTS, Parameters
from lessons.memory.replay import Logged, replayed
from lessons.memory.scheduling import Aim, replanned
from lessons.messages import Reach
from lessons.ports import Fit, Saving, Stale, Store
from lessons.use_cases.remember import Remember

ENOUGH = 100  # graded answers of a learner; with fewer the prior is as good
OF_PEOPLE = 5  # learners with enough answers, before there is anything like everybody
MOST = 100_000  # answers that are fitted together
AT_ONCE = 200  # learners of one hour
EVERY = timedelta(days=7)  # everybody's parameters are fitted anew

Row = tuple[str, int, int, float]  # card, learner day, grade, chance of a lucky guess


@dataclass(frozen=True, slots=True)
class Found:
    """What a fit led to: the prior's own parameters unless they are better on reviews not seen."""

    parameters: tuple[float, ...]
    loss_before: float
    loss_after: float
    accepted: bool


Job = tuple[Sequence[Row], Parameters]  # what to fit, and the prior
Fitting = Callable[[Sequence[Job]], Awaitable[Sequence[Found]]]


@dataclass(frozen=True, slots=True)
class Refit:
    store: Store
    remember: Remember
    fitting: Fitting

    async def __call__(self, library: Library, now: datetime) -> int:
        """Fit those whose day has come; returns how many. Raises Unavailable."""
        today = now.date()  # of UTC: an hour more or less does not matter here
        due = await self.store.to_fit(today, AT_ONCE)
        if not due:
            return 0
        prior = await self._everybody(library, now)
        w = await self._parameters(prior)
        logs = [await self.store.log(learner.id) for learner, _ in due]
        rows = [rows_of(log, library) for log in logs]
        told = await self._fitted([(each, w) for each in rows if len(each) >= ENOUGH])
        found = iter(told)
        for (learner, reaches), log, each in zip(due, logs, rows, strict=True):
            fit = _fit(next(found), len(each)) if len(each) >= ENOUGH else None
            await self._settle(learner, reaches, log, fit, prior, library, now)
        return len(due)

    async def _fitted(self, jobs: Sequence[Job]) -> Sequence[Found]:
        return await self.fitting(jobs) if jobs else ()

    async def _everybody(self, library: Library, now: datetime) -> int:
        """The number of everybody's parameters, fitted anew when they are old; 0: the defaults."""
        newest = await self.store.newest_fit()
        known = await self.store.fit(newest)
        if known is not None and known.at is not None and known.at > now - EVERY:
            return newest
        rows: list[Row] = []
        people, after = 0, ""
        while page := await self.store.logs(after, AT_ONCE):
            for after, log in page.items():
                theirs = rows_of(log, library, f"{after}/")
                people += len(theirs) >= ENOUGH
                rows += theirs
            if len(rows) >= MOST:
                break
        if people < OF_PEOPLE:
            return newest
        rows.sort(key=lambda row: row[1])
        fit = _fit((await self.fitting([(rows, DEFAULTS)]))[0], len(rows))
        return newest if fit is None else await self.store.add_fit(fit, now)

    async def _settle(
        self,
        learner: Learner,
        reaches: Sequence[Reach],
        log: Sequence[Logged],
        fit: Fit | None,
        prior: int,
        library: Library,
        now: datetime,
    ) -> None:
        """The learner with parameters of their own, or everybody's; cards that follow from them."""
        number = prior
        if fit is not None:
            number = await self.store.add_fit(replace(fit, learner_id=learner.id), now)
        after = replace(learner, fit_on=None, weights=number)
        cards = {} if number == learner.weights else await self._anew(after, log, library, now)
        try:
            await self.store.save(Saving(after, reaches[0].address, now, cards=cards))
        except Stale:
            return  # the learner is talking: the next tick comes back

    async def _parameters(self, number: int) -> Parameters:
        known = await self.store.fit(number)
        return DEFAULTS if known is None else known.parameters

    async def _anew(
        self, learner: Learner, log: Sequence[Logged], library: Library, now: datetime
    ) -> Mapping[str, Card]:
        """The cards as the log leads to them with the learner's parameters."""
        w, day = await self.remember.weights(learner), timing.day(now, learner.timezone)
        cards = replayed(log, w)

        def aims(item: str) -> Aim:
            return library.aim(item, learner.exams)

        cap, ease = learner.daily(day, len(cards)), self.remember.ease(learner)
        return {**cards, **replanned(cards, aims, day, ease, cap, w)}


def rows_of(log: Iterable[Logged], library: Library, whose: str = "") -> list[Row]:
    """What is fitted of a log. Items that memory brought along are left out: how they came to be
    known is not recorded. A new key is a new card."""
    brought: set[str] = set()
    renewed: dict[str, int] = {}
    rows: list[Row] = []
    for answer in log:
        if answer.brought is not None:
            brought.add(answer.item)
        if not answer.grade or answer.item in brought:
            continue
        renewed[answer.item] = renewed.get(answer.item, 0) + answer.anew
        card = f"{whose}{answer.item}#{renewed[answer.item]}"
        rows.append((card, answer.day.toordinal(), answer.grade, _guess(answer, library)))
    return rows


def _guess(answer: Logged, library: Library) -> float:
    """The chance of a lucky guess; none where the question was put without options."""
    found = library.find(answer.item, "")
    if found is None or answer.kind not in found.question.NAMES:
        return 0.0
    return found.question.guess


def _fit(found: Found, reviews: int) -> Fit | None:
    """What is to be kept: nothing, where the prior is as good."""
    if not found.accepted:
        return None
    return Fit(ALGORITHM, found.parameters, reviews, found.loss_before, found.loss_after)
