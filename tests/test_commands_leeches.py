"""`hocvu course leeches`: which questions do not stick, for how many people, and never whose."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address
from lessons.ports import Saving
from storage.sql import open_store
from tests.processes import hocvu

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HARD = Card(1.0, 9.0, date(2026, 11, 24), date(2026, 11, 23), 20, lapses=9)


async def forgetful(url: str) -> None:
    """Five people for whom one question is a leech; for one of them another one is, too."""
    store = await open_store(url, NOW)
    for n in range(5):
        cards = {"c6/l1/q1": HARD, "c6/l1/q3": replace(HARD, lapses=7)}
        if n == 0:
            cards["c6/l2/q2"] = HARD
        learner = Learner(f"learner{n}", consent="yes")
        await store.save(Saving(learner, Address("web", f"{n}"), NOW, cards=cards))
    await store.close()


def test_leeches_are_told_without_people(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'hocvu.db'}"
    asyncio.run(forgetful(url))
    told = hocvu(tmp_path, "course", "leeches", HOCVU_DATABASE_URL=url)
    assert told.stdout.splitlines() == [
        "c6/l1/q1: 5 people",
        "Questions that trouble fewer than five people: 1",
    ]
    shown = hocvu(tmp_path, "course", "leeches", "--json", HOCVU_DATABASE_URL=url)
    assert json.loads(shown.stdout) == {"leeches": {"c6/l1/q1": 5}, "fewer_than_five": 1}
