"""How the bot is told: by polling, by webhook, of what it wants to know, and as it may happen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from aiohttp import web

from bot.fake_telegram import Fault
from tests.fake_telegram_desk import AN, Desk, aiogram_bot, buttons, desk

CONFLICT = "409 Conflict: terminated by other getUpdates request; make sure that only one bot "
CONFLICT += "instance is running"


@pytest.fixture
async def here() -> AsyncIterator[Desk]:
    async with desk(backoff=(0.01,)) as found:
        yield found


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def waiting(here: Desk, polls: int) -> None:
    """Until so many polls have arrived, and the last of them waits for news."""
    for _ in range(100_000):
        if len(here.fake.calls) >= polls and here.fake.polled:
            return
        await asyncio.sleep(0)
    pytest.fail("no poll has arrived")


async def test_an_offset_confirms_what_came_before(here: Desk) -> None:
    for text in "abc":
        here.fake.people.say(AN, text)
    two = await here.done("getUpdates", limit=2)
    assert texts(two) == ["a", "b"]
    assert texts(await here.done("getUpdates")) == ["a", "b", "c"]
    after = two[-1]["update_id"] + 1
    assert texts(await here.done("getUpdates", offset=after)) == ["c"]
    assert texts(await here.done("getUpdates", offset=-1)) == ["c"]
    assert await here.done("getUpdates", offset=after + 1) == []
    assert [u["update_id"] for u in two] == [after - 2, after - 1]


async def test_a_new_update_ends_a_long_poll_at_once(here: Desk) -> None:
    poll = asyncio.create_task(here.done("getUpdates", timeout=30))
    await waiting(here, 1)
    here.fake.people.say(AN, "a")
    assert texts(await asyncio.wait_for(poll, 5)) == ["a"]


async def test_a_long_poll_without_news_ends_empty(here: Desk) -> None:
    assert await here.done("getUpdates", timeout=1) == []


async def test_of_two_polls_the_first_is_terminated(here: Desk) -> None:
    first = asyncio.create_task(here.refused("getUpdates", timeout=30))
    await waiting(here, 1)
    second = asyncio.create_task(here.done("getUpdates", timeout=30))
    assert await asyncio.wait_for(first, 5) == CONFLICT
    await waiting(here, 2)
    here.fake.people.say(AN, "a")
    assert texts(await asyncio.wait_for(second, 5)) == ["a"]


async def test_what_the_bot_wants_to_know_is_remembered(here: Desk) -> None:
    said = await here.say(reply_markup=buttons([("Có", "c")]))

    def everything() -> None:
        here.fake.people.say(AN, "a")
        here.fake.people.tap(AN, "Có")
        here.fake.people.react(AN, said["message_id"], "👍")

    everything()
    assert [list(told) for told in await here.news()] == [["message"], ["callback_query"]]
    await here.done("getUpdates", allowed_updates=["message_reaction"])
    everything()
    (told,) = await here.news()
    assert told["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    await here.done("getUpdates", allowed_updates=[])
    everything()
    assert [list(told) for told in await here.news()] == [["message"], ["callback_query"]]
    strange = await here.refused("getUpdates", allowed_updates=["mesage"])
    assert strange == "400 Bad Request: unknown update type mesage"


async def test_in_a_group_the_bot_hears_only_what_is_for_it(here: Desk) -> None:
    people, groups = here.fake.people, here.fake.groups
    group = groups.found("Lớp", [AN, 8], [8])
    assert [next(iter(told)) for told in await here.news()] == ["my_chat_member", "message"]
    ours = await here.done("sendMessage", chat_id=group, text="Ai biết?")
    people.say(AN, "Cơm chưa?", chat=group)
    people.say(AN, "/quiz", chat=group)
    people.say(AN, "@hocvu_bot ơi", chat=group)
    people.say(AN, "Tôi", chat=group, reply_to=ours["message_id"])
    groups.add_bot(group, 8, leads=True)
    people.say(AN, "Ăn rồi", chat=group)
    heard = [told["message"]["text"] for told in await here.news() if "message" in told]
    assert heard == ["/quiz", "@hocvu_bot ơi", "Tôi", "Ăn rồi"]
    groups.leave(AN, group)
    (left,) = await here.news()
    assert left["message"]["left_chat_member"]["id"] == AN
    with pytest.raises(ValueError, match="not in that chat"):
        people.say(AN, "Tôi đi đây", chat=group)


async def test_libraries_read_what_happens_to_the_bot_and_to_members(here: Desk) -> None:
    people, groups = here.fake.people, here.fake.groups
    kinds = ["my_chat_member", "chat_member", "message", "message_reaction"]
    async with aiogram_bot(here.fake.url, here.fake.token) as bot:
        await bot.get_updates(allowed_updates=kinds)
        group = groups.found("Lớp", [AN, 8], [8], leads=True)
        groups.join(9, group)
        groups.promote(9, group)
        people.block(AN)
        people.show(8, "sticker", group)
        people.show(8, "photo", group)
        updates = await bot.get_updates()
    told = [update.event_type for update in updates]
    assert told == [*kinds[::2], *kinds[1:3], *kinds[1::-1], "message", "message"]


async def test_an_old_button_can_still_be_tapped(here: Desk) -> None:
    said = await here.say(reply_markup=buttons([("Có", "c")]))
    place = {"chat_id": AN, "message_id": said["message_id"]}
    await here.done("editMessageText", **place, text="Xong")
    with pytest.raises(ValueError, match="no button"):
        here.fake.people.tap(AN, "Có")
    here.fake.people.tap_anew(AN, said, "c")
    (told,) = await here.news()
    assert told["callback_query"]["data"] == "c"


@dataclass
class Ear:
    """A webhook that keeps what it hears; it answers the next ones with these statuses first."""

    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def hear(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        update = await request.json()
        await asyncio.sleep(0.01)
        self.at_once -= 1
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.statuses and (status := self.statuses.pop(0)) != 200:
            return web.Response(status=status)
        async with self.arrived:
            self.heard.append(update)
            self.arrived.notify_all()
        return web.Response()

    async def until(self, count: int) -> list[str]:
        """What has been heard, once it is so much."""
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.heard) >= count)
        return texts(self.heard)


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    ear = Ear()
    app = web.Application()
    app.router.add_post("/hook", ear.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield ear
    finally:
        await runner.cleanup()


async def test_a_webhook_is_told_with_the_secret(here: Desk) -> None:
    async with listening() as ear:
        here.fake.people.say(AN, "a")
        await here.done("setWebhook", url=ear.url, secret_token="s3-cret")
        here.fake.people.say(AN, "b")
        assert await ear.until(2) == ["a", "b"]
        assert ear.secrets == {"s3-cret"}
        info = await here.done("getWebhookInfo")
        assert (info["url"], info["max_connections"]) == (ear.url, 40)
        polled = await here.refused("getUpdates")
        assert polled.startswith(
            "409 Conflict: can't use getUpdates method while webhook is active"
        )
        await here.done("deleteWebhook")
    assert (await here.done("getWebhookInfo"))["url"] == ""


async def test_what_a_webhook_does_not_take_comes_again_in_order(here: Desk) -> None:
    async with listening() as ear:
        ear.statuses = [500, 302, 200]
        await here.done("setWebhook", url=ear.url, max_connections=3)
        for text in "abc":
            here.fake.people.say(AN, text)
        assert await ear.until(3) == ["a", "b", "c"]
        info = await here.done("getWebhookInfo")
        assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_a_webhook_is_told_of_several_chats_at_once(here: Desk) -> None:
    async with listening() as ear:
        await here.done("setWebhook", url=ear.url, max_connections=3)
        for user in range(20, 30):
            here.fake.people.say(user, "a")
            here.fake.people.say(user, "b")
        await ear.until(20)
        assert ear.most_at_once == 3
        for user in range(20, 30):
            of_one = [u for u in ear.heard if u["message"]["chat"]["id"] == user]
            assert texts(of_one) == ["a", "b"]


async def test_a_webhook_ends_a_poll(here: Desk) -> None:
    poll = asyncio.create_task(here.refused("getUpdates", timeout=30))
    await waiting(here, 1)
    await here.done("setWebhook", url="http://127.0.0.1:9/", secret_token="x")
    assert await asyncio.wait_for(poll, 5) == "409 Conflict: terminated by setWebhook request"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"secret_token": "with space"}, "secret token contains unallowed characters"),
        ({"secret_token": "x" * 257}, "secret token contains unallowed characters"),
        ({"url": "hook"}, "bad webhook: invalid webhook URL specified"),
        ({"max_connections": 101}, "max_connections must be between 1 and 100"),
    ],
)
async def test_a_webhook_is_looked_at_closely(
    here: Desk, given: dict[str, Any], reason: str
) -> None:
    found = await here.refused("setWebhook", **{"url": "https://example.org/"} | given)
    assert found == f"400 Bad Request: {reason}"


async def test_updates_may_come_twice_and_in_any_order(here: Desk) -> None:
    here.fake.faults.add(Fault("repeat"))
    here.fake.faults.add(Fault("shuffle", chance=Random(3)))
    for text in "abc":
        here.fake.people.say(AN, text)
    found = texts(await here.done("getUpdates"))
    assert sorted(found) == ["a", "a", "b", "b", "c", "c"]
    assert found != sorted(found)
    async with listening() as ear:
        await here.done("setWebhook", url=ear.url)
        heard = await ear.until(6)
    assert sorted(heard) == sorted(found)
    assert heard != sorted(heard)


async def test_pending_updates_can_be_dropped(here: Desk) -> None:
    here.fake.people.say(AN, "a")
    await here.done("deleteWebhook", drop_pending_updates=True)
    assert await here.news() == []
