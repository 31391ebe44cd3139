"""SQLite in use: two processes lose nothing, and no statement reads a whole table."""

import re
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from lessons.broadcasts import Announcement, Listener
from lessons.facts import Answered, LessonBegun
from lessons.memory import Card
from lessons.messages import Address, Heard, Quiz, Said
from lessons.ports import Fit, Saving
from storage.sql import SqlStore
from tests.storage_desk import AN, HOME, NOW, SOON, at, opened, raw

ROOT = Path(__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "hocvu.db"


class TestProcesses:
    async def test_two_processes_make_a_file_and_lose_nothing(self, path: Path) -> None:
        both = [start(at(path, 5)) for _ in range(2)]
        assert [ended(one) for one in both] == ["done\n", "done\n"]
        async with opened(at(path)) as store:
            learner = await store.learner(HOME)
        assert learner is not None
        assert learner.stamp == 100


PROCESS = """
import asyncio, sys
from dataclasses import replace
from datetime import UTC, datetime
from lessons.learner import Learner
from lessons.messages import Address
from lessons.ports import Saving, Stale
from storage.sql import open_store

HOME, NOW = Address("web", "a"), datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

async def main():
    store = await open_store(sys.argv[1], NOW)
    done = 0
    while done < 50:
        learner = await store.learner(HOME) or Learner("an", consent="yes")
        try:
            await store.save(Saving(replace(learner, stamp=learner.stamp + 1), HOME, NOW))
            done += 1
        except Stale:
            pass
    await store.close()
    print("done")

asyncio.run(main())
"""


def start(url: str) -> subprocess.Popen[str]:
    """Another process that adds fifty to the stamp of the learner."""
    command = [sys.executable, "-c", PROCESS, url]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    """What it printed."""
    with process:
        return process.communicate(timeout=60)[0]


class TestIndexes:
    async def test_no_statement_reads_a_whole_table(self, path: Path) -> None:
        told: list[tuple[str, Any]] = []

        def listen(_c: Any, _k: Any, statement: str, given: Any, _x: Any, many: bool) -> None:
            each = many and isinstance(given[0], tuple)
            told.append((statement, given[0] if each else given))

        async with opened(at(path)) as store:
            event.listen(Engine, "before_cursor_execute", listen)
            try:
                await everything(store)
            finally:
                event.remove(Engine, "before_cursor_execute", listen)
        with raw(path) as other:
            plans = [(s, plan(other, s, given)) for s, given in told if not s.startswith("BEGIN")]
        assert len(plans) > 75
        whole = [(s, p) for s, p in plans if "SCAN" in FEW.sub("", p)]
        assert whole == []
        claims = [p for s, p in plans if s.startswith("\n    UPDATE")]
        assert all("ix_message_open_chat" in p for p in claims)
        # however many wait, no more of them are looked at than can be taken
        assert not any("TEMP B-TREE" in p for p in claims)


# What is called anon is the few learners just found to be due; constant rows are those given; the
# index of leeches holds nothing else.
FEW = re.compile("SCAN (anon_1|[0-9]+ CONSTANT ROWS?|item USING INDEX ix_item_leech)")


def plan(connection: sqlite3.Connection, statement: str, given: Any) -> str:
    steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
    return "; ".join(step[3] for step in steps)


async def everything(store: SqlStore) -> None:
    """Each statement of the store, at least once."""
    card = Card(1.0, 5.0, NOW.date(), NOW.date())
    answered = Answered("c6/l1/q1", 1, "single", "B", 1.0, 1, 3, "", 4.5)
    facts = (answered, LessonBegun("c6", 1, "l1"))
    heard, said = Heard(HOME, "1", "a"), (Said("b"),)
    learner = await store.save(Saving(AN, HOME, NOW, heard, said, facts, {"a": card}))
    await store.save(Saving(learner, HOME, NOW))
    await store.learner(HOME)
    await remembered(store)
    await store.due(NOW, 3)
    await store.facts("an")
    for sent in await store.claim("web", "one", NOW, SOON, 5):
        await store.sending(sent.id, NOW)
        await store.sending(sent.id, NOW, "one")
        await store.sending(sent.id, NOW, "one", 1)
        await store.settle(sent.id, "sent", NOW)
    await store.history(HOME, 0, 5)
    await store.history(HOME, 1, 5)
    await updates(store)
    await groups(store)
    await many(store)
    await store.left(HOME, NOW)
    await store.save(Saving(replace(learner, version=2), HOME, NOW, says=said))
    await store.back(HOME, NOW)
    await store.issue_code("an", "code", SOON)
    await store.redeem_code("code", Address("telegram", "1"), NOW)
    await store.secret("web", "x")
    await store.lease("serve", "one", NOW, SOON)
    await store.release("serve", "one")
    await store.forget("an")


async def remembered(store: SqlStore) -> None:
    await store.cards("an", ["a", "b"])
    await store.all_cards("an")
    await store.standing("an", NOW.date())
    await store.agenda("an", NOW.date(), NOW.date())
    await store.log("an")
    await store.logs("", 2)
    await store.to_fit(NOW.date(), 2)
    number = await store.add_fit(Fit("FSRS-6", (0.1,), 600, 0.5, 0.4), NOW)
    await store.fit(number)
    await store.newest_fit()
    await store.leeches()


async def updates(store: SqlStore) -> None:
    await store.receive([Heard(HOME, name, "a") for name in ("1", "b")], NOW)
    await store.handled([one.id for one in await store.received("web", 5)])
    await store.drop_handled(SOON)


async def groups(store: SqlStore) -> None:
    group = Address("telegram", "-1")
    quiz = Quiz("c6/l1/q1", 1, 0, "?", ("a", "b"), (0,))
    await store.post(group, Said("?", quiz=quiz), NOW, "quiz:1")
    await store.quiz("telegram", "poll1")
    await store.quizzes(group, 5)
    await store.moved(group, "-2")
    await store.save(Saving(replace(AN, id="x"), group, NOW))
    await store.moved(group, "-3")
    await store.halt("telegram", SOON)
    await store.halted("telegram")


async def many(store: SqlStore) -> None:
    await store.announce("b1", "news", NOW)
    await store.unspread()
    await store.listeners("b1", 5)
    who = Listener("an", "vi", "Asia/Ho_Chi_Minh", HOME)
    await store.spread("b1", [Announcement(who, Said("news", kind="broadcast"))], True, NOW)
    await store.resend_unknown("b1", NOW)
    await store.stop("b1", NOW)
    await store.tally("b1")
