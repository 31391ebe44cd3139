"""The web chat's event stream over real HTTP: history, news, resuming, and its end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import httpx
import pytest

from lessons.messages import Address, Said
from storage.memory import MemoryStore
from tests.web_desk import START, Desk, chat_of, serving, tell
from web.chat import Reader
from web.streams import AT_MOST, Streams


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def site(desk: Desk) -> AsyncIterator[str]:
    async with serving(desk) as (_, url):
        yield url


@pytest.fixture
async def browser(site: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site, timeout=5) as client:
        await client.get("/")
        yield client


async def events(
    browser: httpx.AsyncClient, count: int, after: int = 0, **headers: str
) -> list[dict[str, Any]]:
    """The first `count` messages of a fresh stream."""
    found: list[dict[str, Any]] = []
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with browser.stream("GET", f"/chat/events?after={after}", headers=named) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        lines = answer.aiter_lines()
        while len(found) < count:
            fields = dict([(await anext(lines)).split(": ", 1) for _ in range(2)])
            found.append(json.loads(fields["data"]))
            assert fields["id"] == str(found[-1]["id"])
            assert await anext(lines) == ""
    return found


async def test_history_then_news(browser: httpx.AsyncClient) -> None:
    await tell(browser, "u1", text="chào <b>")
    reading = asyncio.create_task(events(browser, 4))
    await asyncio.sleep(0)
    await tell(browser, "u2", tap="a1")
    first, answer, second, _ = await reading
    assert first == {
        "id": 1,
        "who": "learner",
        "text": "chào <b>",
        "choices": [],
        "at": START.isoformat(),
    }
    assert (answer["who"], answer["text"]) == ("tutor", "« chào <b> »")
    assert answer["choices"] == [{"id": "a1", "label": "Đồng ý"}, {"id": "no", "label": "Không"}]
    assert second["text"] == "Đồng ý"  # a tap reads as its label


async def test_a_page_resumes_where_it_stopped(browser: httpx.AsyncClient) -> None:
    for n in range(3):
        await tell(browser, f"u{n}", text=str(n))
    await tell(browser, "tap", tap="a2")
    assert [line["id"] for line in await events(browser, 8)] == list(range(1, 9))
    assert [line["id"] for line in await events(browser, 3, after=5)] == [6, 7, 8]
    resumed = await events(browser, 2, after=1, last_event_id="6")
    assert [line["id"] for line in resumed] == [7, 8]
    assert resumed[0]["text"] == "Đồng ý"  # the label was said before the cursor
    odd = await events(browser, 1, after=7, last_event_id="nonsense")
    assert [line["id"] for line in odd] == [8]


async def test_the_buttons_of_the_page_read_as_their_names(browser: httpx.AsyncClient) -> None:
    await tell(browser, "u1", tap="lang:en")
    await tell(browser, "u2", tap="c:help")
    said = [line["text"] for line in await events(browser, 4) if line["who"] == "learner"]
    assert said == ["English", "?"]


async def test_news_wake_the_pages_of_their_chat_only(
    browser: httpx.AsyncClient, desk: Desk
) -> None:
    async with browser.stream("GET", "/chat/events"):
        await asyncio.sleep(0.05)
        assert desk.waited == {chat_of(browser)}


async def test_a_seventh_page_ends_the_oldest(browser: httpx.AsyncClient) -> None:
    async with AsyncExitStack() as stack:
        pages = [
            await stack.enter_async_context(browser.stream("GET", "/chat/events"))
            for _ in range(AT_MOST)
        ]
        ended = asyncio.create_task(pages[0].aread())
        await asyncio.sleep(0.05)
        assert not ended.done()
        await stack.enter_async_context(browser.stream("GET", "/chat/events"))
        await asyncio.wait_for(ended, 1)
        rest = [asyncio.create_task(page.aread()) for page in pages[1:]]
        assert not (await asyncio.wait(rest, timeout=0.1))[0]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


def test_streams_remember_only_who_is_there() -> None:
    streams, here = Streams(), Address("web", "an")
    with ExitStack() as first, ExitStack() as second:
        opened = [first.enter_context(streams.opened(here)) for _ in range(AT_MOST + 2)]
        assert [over.is_set() for over in opened] == [True] * 2 + [False] * AT_MOST
        first.close()
        assert streams._open == {}
        over = second.enter_context(streams.opened(here))
        streams.end()
        assert over.is_set()
        assert second.enter_context(streams.opened(here)).is_set()


async def test_a_long_history_is_read_to_its_end(browser: httpx.AsyncClient) -> None:
    for n in range(60):
        await tell(browser, f"u{n}", text=str(n))
    assert [line["id"] for line in await events(browser, 50)] == list(range(71, 121))
    assert [line["id"] for line in await events(browser, 110, after=10)] == list(range(11, 121))


async def test_every_page_of_a_person_hears_it_and_nobody_else(site: str) -> None:
    async with (
        httpx.AsyncClient(base_url=site) as browser,
        httpx.AsyncClient(base_url=site) as other,
    ):
        await browser.get("/")
        await other.get("/")
        pages = [asyncio.create_task(events(browser, 2)) for _ in range(2)]
        theirs = asyncio.create_task(events(other, 2))
        await tell(browser, "u1", text="một")
        await tell(other, "u1", text="hai")
        assert [line["text"] for page in pages for line in await page] == ["một", "« một »"] * 2
        assert [line["text"] for line in await theirs] == ["hai", "« hai »"]


async def test_a_quiet_stream_has_a_heartbeat(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastapi.routing._PING_INTERVAL", 0.01)  # 15 s
    async with browser.stream("GET", "/chat/events") as answer:
        assert (await anext(answer.aiter_lines())).startswith(": ")


async def test_an_erased_chat_begins_anew(browser: httpx.AsyncClient, desk: Desk) -> None:
    await tell(browser, "u1", text="xóa dữ liệu")
    reader = Reader(desk.store, chat_of(browser), cursor=2)
    assert await reader.news() == ()
    desk.store = reader.store = MemoryStore(first=-100)  # ids below those the page has seen
    assert await reader.news() == ()
    await desk.commit(chat_of(browser), Said("Đã xóa hết."))
    assert [row.id for row in await reader.news()] == [-100]
    await desk.commit(chat_of(browser), Said("Kính chào."))
    assert [row.id for row in await reader.news()] == [-99]


async def test_what_a_page_has_is_sent(browser: httpx.AsyncClient, desk: Desk) -> None:
    address = chat_of(browser)
    await desk.commit(address, Said("một"))
    reading = asyncio.create_task(events(browser, 3))
    await desk.commit(address, Said("hai"))
    await desk.commit(address, Said("ba"))
    await reading
    waiting = await desk.store.claim("web", "test", START, START, 10)
    assert [sent.said.text for sent in waiting] in ([], ["ba"])  # at most the one just shown


async def test_who_has_not_consented_sees_the_tutors_words_on_every_page(
    browser: httpx.AsyncClient, desk: Desk
) -> None:
    desk.consent = "ask"
    pages = [asyncio.create_task(events(browser, 1)) for _ in range(2)]
    await tell(browser, "u1", text="riêng tư")
    assert [line["text"] for page in pages for line in await page] == ["« riêng tư »"] * 2
    again = await events(browser, 1)
    assert (again[0]["who"], again[0]["id"]) == ("tutor", (await pages[0])[0]["id"])


async def test_a_page_that_goes_is_let_go(browser: httpx.AsyncClient, desk: Desk) -> None:
    await desk.commit(chat_of(browser), Said("một"))
    await events(browser, 1)
    desk.left.clear()
    await asyncio.wait_for(desk.left.wait(), 3)


async def test_open_pages_do_not_keep_the_server(desk: Desk) -> None:
    async with httpx.AsyncClient() as browser:
        async with asyncio.timeout(5), serving(desk) as (server, url):
            browser.base_url = httpx.URL(url)
            await browser.get("/")
            await tell(browser, "u1", text="chào")
            async with browser.stream("GET", "/chat/events") as answer:
                lines = answer.aiter_lines()
                await anext(lines)
                asked = asyncio.get_running_loop().time()
                server.should_exit = True
                assert [line async for line in lines][-1] == ""  # a clean end: the page comes back
        assert asyncio.get_running_loop().time() - asked < 1.5
