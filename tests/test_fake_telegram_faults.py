"""What goes wrong when it is told to; flood control; the log; the same over HTTP."""

import asyncio
import sys
from collections.abc import AsyncIterator
from random import Random

import aiohttp
import pytest
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut

from bot.fake_telegram import Call, Fault
from tests.fake_telegram_desk import AN, Desk, buttons, desk, telegram_bot
from tests.processes import HOCVU, environment


@pytest.fixture
async def here() -> AsyncIterator[Desk]:
    async with desk() as found:
        yield found


def arrived(here: Desk) -> list[str]:
    return [message["text"] for message in here.fake.people.sees(AN)]


async def test_a_call_can_be_refused(here: Desk) -> None:
    faults = here.fake.faults
    faults.add(Fault("429", "sendMessage", times=1, retry_after=7))
    found = await here.call("sendMessage", chat_id=AN, text="x")
    assert found["description"] == "Too Many Requests: retry after 7"
    assert found["parameters"] == {"retry_after": 7}
    faults.add(Fault("403", chat=AN, times=1))
    faults.add(Fault("400", contains="cấm", text="Bad Request: wrong HTTP URL specified"))
    faults.add(Fault("500", "getMe", times=1))
    say = {"chat_id": AN, "text": "bị cấm"}
    assert await here.refused("sendMessage", **say) == "403 Forbidden: bot was blocked by the user"
    assert await here.refused("sendMessage", **say) == "400 Bad Request: wrong HTTP URL specified"
    assert await here.refused("getMe") == "500 Internal Server Error"
    await here.say("được")
    assert arrived(here) == ["được"]
    assert [(c.status, c.done) for c in here.fake.calls] == [
        (429, False),
        (403, False),
        (400, False),
        (500, False),
        (200, True),
    ]


async def test_every_nth_call_or_a_share_of_them_fails(here: Desk) -> None:
    third = here.fake.faults.add(Fault("500", every=3))
    answers = [(await here.call("getMe"))["ok"] for _ in range(6)]
    assert answers == [True, True, False, True, True, False]
    here.fake.faults.remove(third)
    here.fake.faults.add(Fault("500", share=0.3, chance=Random(5)))
    answers = [(await here.call("getMe"))["ok"] for _ in range(50)]
    chance = Random(5)
    assert answers == [chance.random() >= 0.3 for _ in range(50)]


async def test_a_connection_may_end_before_or_after_the_work(here: Desk) -> None:
    here.fake.faults.add(Fault("drop_before", contains="một"))
    here.fake.faults.add(Fault("drop_after", contains="hai"))
    for text in ("một", "hai"):
        with pytest.raises(aiohttp.ClientError):
            await here.say(text)
    await here.say("ba")
    assert arrived(here) == ["hai", "ba"]
    assert [(c.status, c.done) for c in here.fake.calls] == [(0, False), (0, True), (200, True)]


async def test_an_answer_may_be_late_or_never_come_or_be_nonsense(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    faults = here.fake.faults
    async with telegram_bot(here.fake.url, here.fake.token) as bot:
        faults.add(Fault("slow", contains="chậm", seconds=0.05))
        faults.add(Fault("timeout", contains="im"))
        faults.add(Fault("garbage", contains="rác"))
        await bot.send_message(AN, "chậm")
        with pytest.raises(TimedOut):
            await bot.send_message(AN, "im", read_timeout=0.1)
        with pytest.raises(Exception, match="Invalid server response"):
            await bot.send_message(AN, "rác")
        faults.clear()
        faults.add(Fault("429", times=1, retry_after=3))
        with pytest.raises(RetryAfter):
            await bot.send_message(AN, "x")
        faults.add(Fault("403", times=1))
        with pytest.raises(Forbidden):
            await bot.send_message(AN, "x")
    assert arrived(here) == ["chậm", "im", "rác"]


async def test_the_server_may_be_down_or_away(here: Desk) -> None:
    async with telegram_bot(here.fake.url, here.fake.token) as bot:
        down = here.fake.faults.add(Fault("down"))
        with pytest.raises(NetworkError):
            await bot.send_message(AN, "x")
        here.fake.faults.remove(down)
        await bot.send_message(AN, "a")
        await here.fake.stop()
        with pytest.raises(NetworkError):
            await bot.send_message(AN, "x")
        await here.fake.start()
        await bot.send_message(AN, "b")
    assert arrived(here) == ["a", "b"]


def test_a_fault_nobody_knows_is_no_fault() -> None:
    with pytest.raises(ValueError, match="no such fault: 418"):
        Fault("418")


async def test_thirty_messages_a_second_and_no_more() -> None:
    async with desk(limits=True) as here:
        here.fake.people.crowd(100, 199)
        for user in range(100, 130):
            await here.done("sendMessage", chat_id=user, text="x")
        one_more = {"chat_id": 130, "text": "x"}
        found = await here.refused("sendMessage", **one_more)
        assert found == "429 Too Many Requests: retry after 1"
        await here.done("getMe")
        await here.done("sendMessage", **one_more, allow_paid_broadcast=True)
        here.clock.pass_by(1)
        await here.done("sendMessage", **one_more)
        assert here.fake.worst_second(["sendMessage"]) == 32
        assert here.fake.worst_second() == 33


async def test_one_person_is_sent_one_message_a_second_after_a_burst() -> None:
    async with desk(limits=True) as here:
        said = [await here.say(str(n)) for n in range(5)]
        edit = {"chat_id": AN, "message_id": said[0]["message_id"], "text": "Sửa"}
        found = await here.call("editMessageText", **edit)
        assert found["parameters"] == {"retry_after": 1}
        for _ in range(20):
            here.clock.pass_by(1)
            await here.say()
        assert await here.refused("sendMessage", chat_id=AN, text="x")


async def test_a_group_is_sent_twenty_messages_a_minute() -> None:
    async with desk(limits=True) as here:
        group = here.fake.groups.found("Lớp", [AN])
        for _ in range(20):
            await here.done("sendMessage", chat_id=group, text="x")
            here.clock.pass_by(1)
        found = await here.refused("sendMessage", chat_id=group, text="x")
        assert found == "429 Too Many Requests: retry after 40"
        here.clock.pass_by(40)
        await here.done("sendMessage", chat_id=group, text="x")


async def test_the_worst_second_lies_anywhere(here: Desk) -> None:
    times = [0.0, 0.5, 0.9, 1.0, 1.6, 3.0]
    here.fake.calls.extend(Call("sendMessage", {}, at, 1) for at in times)
    assert here.fake.worst_second(["sendMessage"]) == 3
    assert here.fake.worst_second(["getMe"]) == 0


async def test_everything_can_be_done_from_another_process(here: Desk) -> None:
    await here.control("say", user=8, text="/start", language="vi")
    said = await here.done("sendMessage", chat_id=8, text="?", reply_markup=buttons([("Có", "c")]))
    tapped = await here.control("tap", user=8, label="Có")
    await here.done("answerCallbackQuery", callback_query_id=tapped["query"])
    await here.control("tap", user=8, message_id=said["message_id"])
    assert await here.control("tap", user=8, label="Nhé") == {
        "error": "User 8 sees no button 'Nhé'"
    }
    group = (await here.control("group", title="Lớp", members=[AN, 8], admins=[8]))["chat"]
    quiz = {"question": "?", "options": ["a", "b"], "is_anonymous": False}
    poll = await here.done("sendPoll", chat_id=group, **quiz)
    await here.control("vote", user=AN, poll_id=poll["poll"]["id"], options=[0])
    moved = (await here.control("migrate", chat=group))["chat"]
    await here.control("block", user=8)
    await here.control("unblock", user=8)
    told = [next(iter(update)) for update in await here.news()]
    assert told == [
        "message", "callback_query", "callback_query", "my_chat_member", "message", "poll",
        "poll_answer", "message", "message", "my_chat_member", "my_chat_member",
    ]  # fmt: skip
    assert await here.control("people", first=1000, last=1999) == {"people": 1000}
    await here.control("fault", kind="500", method="getMe", times=1)
    assert await here.refused("getMe") == "500 Internal Server Error"
    await here.control("fault", kind="429", share=0.5, seed=4)
    async with here.client.delete(f"{here.fake.url}/_fake/fault") as answer:
        assert await answer.json() == {"faults": 0}
    seen = await here.look("chat?chat=8")
    assert [(m["text"], m["own"]) for m in seen] == [("/start", True), ("?", False)]
    assert len(await here.look(f"chat?chat={moved}&user={AN}")) == 1
    (called,) = await here.look("calls?method=sendPoll")
    assert (called["params"]["question"], called["status"]) == ("?", 200)
    assert await here.look("worst?methods=sendMessage,sendPoll") == {"worst": 2}
    assert "error" in await here.control("fault", kind="418")
    assert "error" in await here.control("say", text="x")


async def test_messages_are_not_kept_when_they_need_not_be() -> None:
    async with desk(keep=False) as here:
        await here.say("x")
        assert here.fake.people.sees(AN) == []
        assert here.fake.calls[0].params == {"chat_id": AN}


async def test_it_runs_as_a_process_of_its_own() -> None:
    command = "from bot.cli.fake_telegram import fake_telegram as run; run(0, bare=True)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", command, stdout=asyncio.subprocess.PIPE, env=environment(),
        cwd=HOCVU.parent.parent.parent,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        first, second = [(await process.stdout.readline()).decode() for _ in range(2)]
        url = first.split()[4]
        assert second == f"HOCVU_TELEGRAM_TOKEN=123456:fake HOCVU_TELEGRAM_API_URL={url} make run\n"
        async with aiohttp.request("GET", f"{url}/bot123456:fake/getMe") as answer:
            assert (await answer.json())["ok"]
    finally:
        process.kill()
        await process.wait()
