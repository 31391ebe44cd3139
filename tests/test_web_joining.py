"""Going on with a linking code: nothing changes before the person has said so, here or there."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import httpx
import pytest

from bot import conversation, wiring
from bot.settings import Settings
from bot.wiring import House, WebDoor
from lessons.messages import Address, Heard
from lessons.ports import Unavailable
from lessons.texts import say
from tests.web_desk import Desk, chat_of, tell, visit

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
PHONE = Address("telegram", "an")
TERMINAL = Address("console", "root")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with visit(desk) as client:
        yield client


async def join(browser: httpx.AsyncClient, code: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await browser.post("/chat/join", json={"code": code}, headers=named)


# --- in the browser ---


async def test_a_link_only_asks(browser: httpx.AsyncClient, desk: Desk) -> None:
    desk.codes.add("K7Q2")
    page = await browser.get("/?code=k7q2")
    assert page.status_code == 200
    assert say("vi", "web.join", code="K7Q2") in page.text
    assert say("vi", "link.replace") not in page.text
    assert desk.joined is None
    assert page.headers["referrer-policy"] == "no-referrer"
    assert (await join(browser, "K7Q2")).status_code == 204
    assert desk.joined == chat_of(browser)


async def test_who_would_lose_something_is_told(browser: httpx.AsyncClient) -> None:
    await browser.get("/")
    await tell(browser, "u1", text="hoc")
    assert say("vi", "link.replace") in (await browser.get("/?code=K7Q2")).text


@pytest.mark.parametrize("code", ["<b>", "K 7", "x" * 33, "Mã"])
async def test_a_link_cannot_put_words_into_the_page(browser: httpx.AsyncClient, code: str) -> None:
    page = await browser.get("/", params={"code": code})
    assert page.status_code == 200
    assert say("vi", "link.invalid") in page.text
    assert "data-code" not in page.text


async def test_a_wrong_code_is_said(browser: httpx.AsyncClient) -> None:
    await browser.get("/?code=wrong")
    answer = await join(browser, "wrong")
    assert (answer.status_code, answer.json()) == (404, {"detail": say("vi", "link.invalid")})


async def test_only_our_page_and_a_browser_we_know_can_join(
    browser: httpx.AsyncClient, desk: Desk
) -> None:
    desk.codes.add("K7Q2")
    assert (await join(browser, "K7Q2")).status_code == 401
    await browser.get("/")
    assert (await join(browser, "K7Q2", sec_fetch_site="cross-site")).status_code == 403
    assert (await join(browser, "K7Q2", origin="https://elsewhere.test")).status_code == 403
    form = await browser.post("/chat/join", data={"code": "K7Q2"})
    assert form.status_code == 415
    for body in ("{}", '{"code": 7}', '{"code": ""}', '{"code": "K7Q2", "chat": "x"}', "K7Q2"):
        headers = {"content-type": "application/json"}
        answer = await browser.post("/chat/join", content=body, headers=headers)
        assert (answer.status_code, answer.json()["detail"]) == (400, say("vi", "web.error.400"))
    assert desk.joined is None


# --- with the house behind it ---


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with wiring.rehearsal(Settings(_env_file=None), lambda: NOW, "1") as opened:
        yield opened


async def agreed(house: House, address: Address) -> str:
    """The id of a learner who keeps something at this address."""
    for number, text in enumerate(("/start", "đồng ý")):
        await house.inbox.hear(Heard(address, f"{address.chat}-{number}", text))
    learner = await house.store.learner(address)
    assert learner is not None
    assert learner.consent == "yes"
    return learner.id


async def code_of(house: House, address: Address) -> str:
    await house.inbox.hear(Heard(address, f"{address.chat}-code", "mã"))
    return "CODE0001"


async def test_a_foreign_link_takes_nothing_away(house: House) -> None:
    stranger = await agreed(house, PHONE)
    code = await code_of(house, PHONE)
    door = WebDoor(house, "secret")
    async with visit(door) as victim:
        await victim.get("/")
        assert not await door.known(chat_of(victim))
        own = await agreed(house, chat_of(victim))
        assert await door.known(chat_of(victim))
        await victim.get(f"/?code={code}")
        learner = await house.store.learner(chat_of(victim))
        assert learner is not None
        assert learner.id == own
        assert (await join(victim, code)).status_code == 204
        learner = await house.store.learner(chat_of(victim))
        assert learner is not None
        assert learner.id == stranger


# --- in the terminal ---


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


async def hold(
    house: House, code: str, typed: Sequence[str] | None, monkeypatch: pytest.MonkeyPatch
) -> str:
    """What is shown in a terminal where these lines are typed, or through a pipe."""

    async def lines() -> AsyncIterator[str]:
        for line in typed or ():
            await asyncio.sleep(0.05)
            yield line

    stream = io.StringIO if typed is None else Screen
    out = stream()
    with monkeypatch.context() as patch:
        patch.setattr(conversation, "typed_lines", lines)
        patch.setattr("getpass.getuser", lambda: TERMINAL.chat)
        patch.setattr(sys, "stdin", stream())
        patch.setattr(sys, "stdout", out)
        patch.setenv("LC_ALL", "fr_FR.UTF-8")
        await conversation.hold(house, code)
    return out.getvalue()


async def owner(house: House) -> str:
    learner = await house.store.learner(TERMINAL)
    return "" if learner is None else learner.id


async def test_a_new_terminal_joins_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = await agreed(house, PHONE)
    await hold(house, await code_of(house, PHONE), None, monkeypatch)
    assert await owner(house) == phone


@pytest.mark.parametrize("answer", ["non", "", None])
async def test_a_terminal_asks_before_it_replaces(
    house: House, monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    await agreed(house, PHONE)
    own = await agreed(house, TERMINAL)
    code = await code_of(house, PHONE)
    with pytest.raises(Unavailable, match=say("fr", "link.not_joined")):
        await hold(house, code, [] if answer is None else [answer], monkeypatch)
    with pytest.raises(Unavailable, match=say("fr", "link.replace")):
        await hold(house, code, None, monkeypatch)  # nobody can be asked through a pipe
    assert await owner(house) == own


async def test_a_terminal_joins_when_told_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = await agreed(house, PHONE)
    await agreed(house, TERMINAL)
    shown = await hold(house, await code_of(house, PHONE), ["Oui"], monkeypatch)
    assert say("fr", "link.replace") in shown
    assert await owner(house) == phone
