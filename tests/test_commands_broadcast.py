"""`hocvu broadcast`: said to everybody who agreed, counted, and stopped."""

import asyncio
import json
from pathlib import Path

from lessons.learner import Learner
from lessons.messages import Address
from lessons.ports import Saving
from storage.sql import open_store
from tests.processes import hocvu
from tests.storage_desk import NOW


async def _learners(url: str, many: int) -> None:
    store = await open_store(url, NOW)
    try:
        for n in range(many):
            learner = Learner(f"learner-{n}", consent="yes", remind_asked=True)
            await store.save(Saving(learner, Address("telegram", str(n)), NOW))
    finally:
        await store.close()


def test_a_broadcast_from_the_first_word_to_its_stop(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/hocvu.db"
    asyncio.run(_learners(url, 3))
    given = {"HOCVU_DATABASE_URL": url}
    said = hocvu(tmp_path, "broadcast", "send", "--all", "--text", "Họp lúc 8h", "--json", **given)
    sent = json.loads(said.stdout)
    assert (sent["state"], sent["queued"], sent["total"]) == ("spread", 3, 3)
    assert "queued 3" in hocvu(tmp_path, "broadcast", "status", sent["id"], **given).stdout
    stopped = hocvu(tmp_path, "broadcast", "stop", sent["id"], "--json", **given)
    assert json.loads(stopped.stdout)["cancelled"] == 3


def test_what_cannot_be_broadcast_is_a_sentence(tmp_path: Path) -> None:
    nobody = hocvu(tmp_path, "broadcast", "send", "--text", "Họp")
    assert (nobody.returncode, nobody.stderr) == (2, "hocvu: say to whom: --all\n")
    nothing = hocvu(tmp_path, "broadcast", "send", "--all", "--text", " ")
    assert nothing.returncode == 2
    unknown = hocvu(tmp_path, "broadcast", "status", "abc")
    assert (unknown.returncode, unknown.stderr) == (1, "hocvu: there is no broadcast abc\n")
