"""One tick of the reminders on SQLite: 1,000 learners due of 100,000, beside 1,000 due of 1,000.

Who is not due must not be looked at: the two should take about as long.
"""

import asyncio
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from itertools import count
from time import perf_counter

from sqlalchemy import Connection

from benchmarks.databases import sqlite
from benchmarks.measure import Benchmark, Case, Prepared, Size
from benchmarks.walk import BEGIN, learner_id
from lessons.learner import Learner, Rhythm, rhythm_row
from lessons.memory import Card
from lessons.messages import Address
from lessons.ports import Saving
from lessons.use_cases.remind import remind
from storage.engine import Database, database
from storage.saving import save
from storage.schema import bring_up_to_date
from storage.sql import SqlStore
from storage.tables import metadata

DUE, ALL = 1_000, 100_000
MONTH = timedelta(days=30)
WEEK = timedelta(days=7)
CARD = Card(1.0, 5.0, BEGIN.date(), BEGIN.date())
LEARNER = metadata.tables["learner"]


def prepare(_: Size, stack: ExitStack, due: int = DUE, everybody: int = ALL) -> Prepared:
    runner = stack.enter_context(asyncio.Runner())
    return Prepared([_case(runner, stack, due, among) for among in (due, everybody)])


def _case(runner: asyncio.Runner, stack: ExitStack, due: int, among: int) -> Case:
    """The milliseconds of a tick, on a file of its own that is filled when first needed."""
    opened: list[Database] = []
    weeks = count()

    async def fill() -> None:
        home = sqlite()
        url = await home.__aenter__()
        found = database(url)
        stack.callback(lambda: runner.run(home.__aexit__(None, None, None)))
        stack.callback(lambda: runner.run(found.close()))
        await bring_up_to_date(found, BEGIN)
        await found.write(lambda connection: _people(connection, due, among))
        opened.append(found)

    async def tick() -> float:
        now = BEGIN + WEEK * next(weeks)
        await opened[0].write(lambda connection: _are_due(connection, due, now))
        began = perf_counter()
        said = await remind(SqlStore(opened[0]), now)
        seconds = perf_counter() - began
        if said != due:
            raise AssertionError(f"{said} of {due} were reminded")
        return 1000 * seconds

    def once() -> float:
        if not opened:
            runner.run(fill())
        return runner.run(tick())

    return Case("remind", f"{due:,} of {among:,}", once)


def _people(connection: Connection, due: int, among: int) -> None:
    """The first `due` of them are to be reminded, the others in a month."""
    for number in range(among):
        learner = Learner(
            learner_id(number), timezone="Asia/Ho_Chi_Minh", consent="yes", remind_asked=True,
            remind_at=time(8), due_at=BEGIN + MONTH * 12,
        )  # fmt: skip
        address, cards = Address("telegram", str(number)), {"c6/l1/q1": CARD}
        save(connection, Saving(learner, address, BEGIN, cards=cards if number < due else {}))


def _are_due(connection: Connection, due: int, now: datetime) -> None:
    """As on their first day: not reminded yet."""
    fresh = {"due_at": now, "rhythm": rhythm_row(Rhythm())}
    ids = [learner_id(number) for number in range(due)]
    connection.execute(LEARNER.update().where(LEARNER.c.id.in_(ids)).values(fresh))


REMIND = Benchmark(
    "remind",
    "ms",
    f"a tick that reminds {DUE:,} learners, of {DUE:,} and of {ALL:,}",
    prepare,
    rounds=3,
)
