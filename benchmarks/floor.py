"""The floor under a message: the very statements it needs, and nothing else.

They are noted down once, with their values and the transactions around them, then done again in an
empty database of the same kind through the same engine, with no domain code: as SQLAlchemy Core
does them (`sqlite`), and as ready text with ready values for the driver (`sqlite text`), which is
less than any program can do.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy import Connection, event

from benchmarks.databases import DATABASES, Fresh, missing
from benchmarks.measure import Benchmark, Case, Prepared, Size
from benchmarks.messages import arrived, check, side_by_side
from benchmarks.walk import BEGIN, Walk, c6, walks
from lessons.messages import Heard
from storage import prepared
from storage.engine import Database, database
from storage.schema import bring_up_to_date
from storage.sql import SqlStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Transaction:
    """One look or one change: statements with their values, for Core and as the driver got them."""

    writes: bool
    core: list[tuple[Any, Any]] = field(default_factory=list)
    text: list[tuple[str, Any]] = field(default_factory=list)

    def as_core(self, connection: Connection) -> None:
        for statement, values in self.core:
            result = connection.execute(statement, values)
            if result.returns_rows:
                result.all()

    def as_text(self, connection: Connection) -> None:
        for statement, values in self.text:
            result = connection.exec_driver_sql(statement, values)
            if result.returns_rows:
                result.all()


Message = list[Transaction]  # everything one message needed
Way = Callable[[Transaction, Connection], None]


@dataclass(frozen=True, slots=True)
class Recording:
    """What went into one database: before the measuring, and in it, learner by learner."""

    arrival: Message
    study: list[list[Message]]


class Recorder:
    """A database that notes down what is done in it."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.where = inner.where
        self.noted: Message = []

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self.inner.read(self._noting(False, work))

    async def write(self, work: Callable[[Connection], T], news: bool = False) -> T:
        return await self.inner.write(self._noting(True, work), news)

    async def erase(self, work: Callable[[Connection], T]) -> T:
        return await self.inner.erase(self._noting(True, work))

    async def news(self, seconds: float) -> None:
        await self.inner.news(seconds)

    async def close(self) -> None:
        await self.inner.close()

    def _noting(self, writes: bool, work: Callable[[Connection], T]) -> Callable[[Connection], T]:
        def noted(connection: Connection) -> T:
            transaction = Transaction(writes)

            def core(_: Any, statement: Any, many: Any, one: Any, __: Any) -> None:
                transaction.core.append((statement, list(many) or one))

            def text(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
                transaction.text.append((statement, values))

            event.listen(connection, "before_execute", core)
            event.listen(connection, "before_cursor_execute", text)
            with _prepared_noted(transaction):
                done = work(connection)
            self.noted.append(transaction)
            return done

        return noted


@contextmanager
def _prepared_noted(transaction: Transaction) -> Iterator[None]:
    """Statements the product compiled once are noted as Core has them. One message at a time runs
    while this is in force."""
    run, run_all = prepared.Prepared.run, prepared.Prepared.run_all

    def note(self: prepared.Prepared, rows: list[Any]) -> None:
        wanted = [{name: row[name] for name, _ in self.parameters} for row in rows]
        transaction.core.append((self.statement, wanted if len(wanted) > 1 else wanted[0]))

    def noted_run(self: prepared.Prepared, connection: Connection, row: Any) -> Any:
        note(self, [row])
        return run(self, connection, row)

    def noted_run_all(self: prepared.Prepared, connection: Connection, rows: Any) -> None:
        note(self, list(rows))
        run_all(self, connection, rows)

    prepared.Prepared.run, prepared.Prepared.run_all = noted_run, noted_run_all  # type: ignore[method-assign]
    try:
        yield
    finally:
        prepared.Prepared.run, prepared.Prepared.run_all = run, run_all  # type: ignore[method-assign]


def prepare(size: Size, _: ExitStack) -> Prepared:
    absent = missing()
    all_walks = walks(c6(), size.learners, size.messages)

    def cases(name: str) -> list[Case]:
        fresh, recording = DATABASES[name], asyncio.run(_recorded(DATABASES[name], all_walks))

        def case(label: str, way: Way) -> Case:
            return Case("floor", label, lambda: asyncio.run(_measured(fresh, recording, way)))

        core = case(name, Transaction.as_core)
        return [core, case(f"{name} text", Transaction.as_text)] if name == "sqlite" else [core]

    here = [name for name in DATABASES if name not in absent]
    return Prepared([each for name in here for each in cases(name)], tuple(absent.items()))


async def _recorded(fresh: Fresh, all_walks: Sequence[Walk]) -> Recording:
    """The messages of `messages`, one at a time, so that each one's statements are known."""
    async with fresh() as url:
        recorder = Recorder(database(url))
        try:
            await bring_up_to_date(recorder.inner, BEGIN)
            store = SqlStore(recorder)
            house = await arrived(store, all_walks)
            recording = Recording(recorder.noted, [[] for _ in all_walks])

            async def hear(heard: Heard) -> None:
                recorder.noted = []
                await house.inbox.hear(heard)
                recording.study[int(heard.address.chat)].append(recorder.noted)

            for abreast in zip(*(walk.study for walk in all_walks), strict=True):
                for heard in abreast:
                    await hear(heard)
            recorder.noted = []
            await check(store, all_walks)
        finally:
            await recorder.close()
    return recording


async def _measured(fresh: Fresh, recording: Recording, way: Way) -> float:
    async with fresh() as url:
        opened = database(url)
        try:
            await bring_up_to_date(opened, BEGIN)

            async def replay(message: Message) -> None:
                for transaction in message:
                    do = opened.write if transaction.writes else opened.read
                    await do(partial(way, transaction))

            await replay(recording.arrival)
            began = perf_counter()
            await side_by_side(recording.study, replay)
            seconds = perf_counter() - began
        finally:
            await opened.close()
    return sum(len(lane) for lane in recording.study) / seconds


FLOOR = Benchmark(
    "floor", "messages/s", "the statements of `messages`, replayed and nothing else", prepare
)
