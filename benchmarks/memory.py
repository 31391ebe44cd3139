"""Memory: reviews a second, ours beside the two libraries of FSRS-6's authors; and with every state
written to SQLite, as an answer in a chat does."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from fsrs import Card as TheirCard
from fsrs import Rating, Scheduler
from fsrs_rs_python import FSRS, MemoryState

from benchmarks.databases import sqlite
from benchmarks.measure import Benchmark, Case, Prepared, Size, rate
from benchmarks.walk import BEGIN as WALKED
from lessons.chance import seed
from lessons.dialogue import Turn
from lessons.facts import Answered
from lessons.learner import Learner
from lessons.library import Library
from lessons.memory.backlog import DAILY
from lessons.memory.card import RETENTION, Card, Grade, review
from lessons.memory.fsrs6 import DEFAULTS
from lessons.memory.replay import replayed
from lessons.memory.scheduling import Aim, as_any_other, chosen
from lessons.messages import Address
from lessons.ports import Saving
from lessons.use_cases.remember import Remember
from storage.sql import open_store

BEGIN = date(2026, 11, 24)
ITEMS = 300  # one learner's
REVIEWS = 8  # of each
KEPT = 600  # reviews that are written to SQLite
HOME = Address("web", "a")
Reviews = list[tuple[str, int, date]]  # in order of time


def prepare(_: Size, __: ExitStack) -> Prepared:
    told = history()
    cases: dict[str, Callable[[Reviews], None]] = {
        "fsrs": library,
        "fsrs_rs_python": rust,
        "hocvu": ours,
        "hocvu and the day": ours_and_the_day,
    }
    kept = Case("memory", "hocvu, kept in SQLite", lambda: asyncio.run(written(told[:KEPT])))
    return Prepared(
        [
            *(
                Case("memory", name, lambda work=work: rate(len(told), lambda: work(told)))
                for name, work in cases.items()
            ),
            kept,
        ]
    )


def history() -> Reviews:
    """Five new items a day, each asked again when it is due; one answer in eight is forgotten."""
    told: Reviews = []
    for number in range(ITEMS):
        item, on = f"c/l{number // 5}/q{number % 5}", BEGIN + timedelta(days=number // 5)
        card: Card | None = None
        for nth in range(REVIEWS):
            grade = Grade.AGAIN if seed(item, nth) % 8 == 0 else Grade.GOOD
            told.append((item, grade, on))
            card = review(card, grade, on)
            on = card.due
    return sorted(told, key=lambda each: each[2])


def library(told: Reviews) -> None:
    """`fsrs` as it comes, without steps and chance."""
    scheduler = Scheduler(
        desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    cards: dict[str, TheirCard] = {}
    for item, grade, on in told:
        card = cards.get(item) or TheirCard(card_id=1)
        at = datetime.combine(on, time(), UTC)
        cards[item], _ = scheduler.review_card(card, Rating(grade), at)


def rust(told: Reviews) -> None:
    """`fsrs_rs_python`: all four next states, of which one is taken."""
    model = FSRS(list(DEFAULTS))
    states: dict[str, tuple[MemoryState, date]] = {}
    for item, grade, on in told:
        state, last = states.get(item, (None, on))
        following = model.next_states(state, RETENTION, (on - last).days)
        taken = (following.again, following.hard, following.good, following.easy)[grade - 1]
        states[item] = taken.memory, on


def ours(told: Reviews) -> None:
    cards: dict[str, Card] = {}
    for item, grade, on in told:
        cards[item] = review(cards.get(item), Grade(grade), on)


def ours_and_the_day(told: Reviews) -> None:
    """With the choice of the day among those of all the learner's items."""
    cards: dict[str, Card] = {}
    agenda: dict[str, date] = {}
    aim = Aim(guess=0.25)
    for item, grade, on in told:
        card = review(cards.get(item), Grade(grade), on)
        cards[item] = chosen(item, card, aim, agenda, as_any_other, DAILY)
        agenda[item] = cards[item].due


async def written(told: Reviews) -> float:
    """The card read, the day chosen, answer and card written: one commit for each review."""
    async with sqlite() as url:
        store = await open_store(url, WALKED)
        try:
            learner = Learner("learner", consent="yes")
            learner = await store.save(Saving(learner, HOME, WALKED))
            remember, library = Remember(store), Library()
            began = perf_counter()
            for item, grade, on in told:
                now = datetime.combine(on, time(4), UTC)
                fact = Answered(item, 1, "number", "1", 1.0, 1, grade, "", 5.0)
                turn = Turn(learner, facts=(fact,))
                learner, facts, cards = await remember.after(learner, turn, library, now)
                saving = Saving(learner, HOME, now, facts=facts, cards=cards)
                learner = await store.save(saving)
            seconds = perf_counter() - began
            assert replayed(await store.log("learner")) == await store.all_cards("learner")
        finally:
            await store.close()
    return len(told) / seconds


MEMORY = Benchmark("memory", "reviews/s", "what one review costs, alone and kept", prepare)
