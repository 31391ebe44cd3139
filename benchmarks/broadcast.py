"""A broadcast to many people, out of the outbox in a file of SQLite, with the budget lifted.

Spread and sent as the product does it, by a process of its own to a fake Bot API server in another.
Beside it the floor: a bare bot with as many messages under way, and no outbox.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack

from sqlalchemy import Connection

from benchmarks.databases import sqlite
from benchmarks.measure import Benchmark, Case, Prepared, Size
from benchmarks.server import missing, telegram
from benchmarks.startup import untouched
from benchmarks.walk import BEGIN, learner_id
from lessons.learner import Learner
from lessons.messages import Address
from lessons.ports import Saving
from storage.engine import database
from storage.saving import save
from storage.schema import bring_up_to_date

PATIENCE = 600.0  # seconds until a process that hangs is ended


def prepare(size: Size, _: ExitStack) -> Prepared:
    if why := missing():
        return Prepared(absent=(("hocvu", why), ("bare bot", why)))
    return Prepared(
        [
            Case("broadcast", "hocvu", lambda: asyncio.run(_out_of_the_outbox(size.broadcast))),
            Case("broadcast", "bare bot", lambda: _sent(size.broadcast)),
        ]
    )


async def _out_of_the_outbox(count: int) -> Mapping[str, float]:
    async with sqlite() as url:
        opened = database(url)
        try:
            await bring_up_to_date(opened, BEGIN)
            await opened.write(lambda connection: _agreed(connection, count))
        finally:
            await opened.close()
        return _sent(count, url)


def _agreed(connection: Connection, count: int) -> None:
    """So many people who may be written to."""
    for number in range(1, count + 1):
        learner = Learner(
            learner_id(number), timezone="Asia/Ho_Chi_Minh", consent="yes", remind_asked=True
        )
        save(connection, Saving(learner, Address("telegram", str(number)), BEGIN))


def _sent(count: int, *database: str) -> Mapping[str, float]:
    """The figures of a process that sends to all of them."""
    with telegram(count) as server:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.sending", str(count), server.url, *database],
            check=True,
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
            env=untouched(),
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found


BROADCAST = Benchmark(
    "broadcast",
    "as named",
    "20,000 messages out of the outbox, the budget lifted, beside a bot without one",
    prepare,
    rounds=1,
)
