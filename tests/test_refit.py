"""Memory fitted to people, in the background: who is fitted when, and what their cards become."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.fitting import apart, fitted
from lessons.facts import Answered, Brought
from lessons.learner import Learner
from lessons.library import Library
from lessons.memory import Grade, review
from lessons.memory.fsrs6 import DEFAULTS, Parameters
from lessons.memory.replay import replayed
from lessons.messages import Address
from lessons.ports import Logged, Saving
from lessons.use_cases.refit import ENOUGH, OF_PEOPLE, Found, Job, Refit, Row, rows_of
from lessons.use_cases.remember import Remember
from storage.memory import MemoryStore

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BETTER = tuple(value * 1.1 if n < 4 else value for n, value in enumerate(DEFAULTS))


class Fitter:
    """Finds `parameters`, and remembers what it was given."""

    def __init__(self, parameters: Parameters = BETTER, accepted: bool = True) -> None:
        self.parameters, self.accepted = tuple(parameters), accepted
        self.given: list[tuple[int, Parameters]] = []

    async def __call__(self, jobs: Sequence[Job]) -> Sequence[Found]:
        self.given += [(len(rows), tuple(prior)) for rows, prior in jobs]
        return [
            Found(self.parameters if self.accepted else tuple(prior), 0.5, 0.4, self.accepted)
            for _, prior in jobs
        ]


async def studied(store: MemoryStore, name: str, answers: int, fit_on: date | None) -> Learner:
    """A learner with so many answers, ten items a day, and the cards that these lead to."""
    facts, cards = [], {}
    for n in range(answers):
        item, day = f"c6/l1/q{n % 10}", TODAY - timedelta(days=90 - n // 10)
        card = replace(review(cards.get(item), Grade(1 + 2 * (n % 3 > 0)), day), version=1)
        cards[item] = card
        grade = 1 + 2 * (n % 3 > 0)
        facts.append(
            Answered(item, 1, "số", "1", 1, 1, grade, "", 3, f"{day}", 0.85, f"{card.due}")
        )
    learner = Learner(name, consent="yes", fit_on=fit_on)
    saving = Saving(learner, Address("web", name), NOW, facts=facts, cards=cards)
    return await store.save(saving)


def refit(store: MemoryStore, fitter: Fitter) -> Refit:
    return Refit(store, Remember(store), fitter)


async def test_who_is_due_is_fitted_with_everybody_as_the_prior() -> None:
    store, fitter = MemoryStore(), Fitter()
    for n in range(OF_PEOPLE):
        await studied(store, f"learner{n}", ENOUGH + 20, TODAY if n == 0 else None)
    assert await refit(store, fitter)(Library(), NOW) == 1
    everybody, own = fitter.given
    assert everybody == (OF_PEOPLE * (ENOUGH + 20), DEFAULTS)
    assert own == (ENOUGH + 20, BETTER)
    learner = await store.learner(Address("web", "learner0"))
    assert learner is not None
    assert learner.fit_on is None
    fit = await store.fit(learner.weights)
    assert fit is not None
    assert (fit.learner_id, fit.reviews, fit.parameters) == ("learner0", ENOUGH + 20, BETTER)
    assert await store.to_fit(TODAY, 9) == []


async def test_the_cards_are_computed_anew_and_stay_what_the_log_leads_to() -> None:
    store = MemoryStore()
    await studied(store, "an", ENOUGH, TODAY)
    before = await store.all_cards("an")
    await refit(store, Fitter())(Library(), NOW)
    after = await store.all_cards("an")
    log = replayed(await store.log("an"), BETTER)
    assert {item: card.stability for item, card in after.items()} == {
        item: card.stability for item, card in log.items()
    }
    assert all(after[item].stability != before[item].stability for item in before)
    moved = [card.due for item, card in after.items() if card.due != log[item].due]
    assert all(day >= TODAY for day in moved)


async def test_what_is_no_better_changes_nothing() -> None:
    store = MemoryStore()
    learner = await studied(store, "an", ENOUGH, TODAY)
    before = await store.all_cards("an")
    await refit(store, Fitter(accepted=False))(Library(), NOW)
    after = await store.learner(Address("web", "an"))
    assert after == replace(learner, fit_on=None, version=learner.version + 1)
    assert await store.all_cards("an") == before


async def test_few_answers_or_few_people_are_not_fitted() -> None:
    store, fitter = MemoryStore(), Fitter()
    await studied(store, "an", ENOUGH - 1, TODAY)
    await studied(store, "binh", ENOUGH * 2, None)
    await refit(store, fitter)(Library(), NOW)
    assert fitter.given == []


async def test_everybody_is_fitted_once_a_week() -> None:
    store, fitter = MemoryStore(), Fitter()
    for n in range(OF_PEOPLE):
        await studied(store, f"learner{n}", ENOUGH, TODAY)
    work = refit(store, fitter)
    await work(Library(), NOW)
    assert [rows for rows, _ in fitter.given] == [ENOUGH * OF_PEOPLE, *[ENOUGH] * OF_PEOPLE]
    await studied(store, "new", ENOUGH, TODAY)
    await work(Library(), NOW + timedelta(days=1))
    assert [rows for rows, _ in fitter.given][OF_PEOPLE + 1 :] == [ENOUGH]
    await studied(store, "newer", ENOUGH, TODAY)
    await work(Library(), NOW + timedelta(days=8))
    assert fitter.given[-2][0] == ENOUGH * (OF_PEOPLE + 2)


def test_what_was_brought_along_is_not_fitted_and_a_new_key_is_a_new_card() -> None:
    card = review(None, Grade.GOOD, TODAY)
    log = [
        Logged("a", TODAY, 0, brought=card),
        Logged("a", TODAY, 3),
        Logged("b", TODAY, 3),
        Logged("b", TODAY, 0),
        Logged("b", TODAY, 3, anew=True),
    ]
    assert [(card, grade) for card, _, grade, _ in rows_of(log, Library())] == [
        *(("b#0", 3), ("b#1", 3))
    ]
    assert Brought.__doc__


async def test_a_process_of_its_own_finds_the_same() -> None:
    rows = [
        (f"c{n % 40}", n // 10, 1 if n % 7 == 0 else 3, 0.25 if n % 2 else 0.0) for n in range(600)
    ]
    few: list[Row] = rows[:200]
    jobs = [(rows, DEFAULTS), (few, BETTER)]
    assert await apart(jobs) == [fitted(job) for job in jobs]
