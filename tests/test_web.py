"""The web chat over HTTP: its pages, what it hears, and everything it refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from lessons.ports import Unavailable
from lessons.texts import say
from storage.memory import MemoryStore
from tests.web_desk import SITE, Desk, chat_of, tell, visit
from web.page import STATIC

JSON = {"content-type": "application/json"}


class Away(MemoryStore):
    async def history(self, *_: object) -> Any:
        raise Unavailable("gone")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with visit(desk) as client:
        yield client


# --- the page ---


async def test_the_page_is_small_and_all_our_own(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/")).text
    parts = [path for path in page.split('"') if path.startswith("/static/")]
    files = {path: await browser.get(path) for path in parts}
    assert len(files) == 3
    assert all(file.status_code == 200 for file in files.values())
    assert all("immutable" in file.headers["cache-control"] for file in files.values())
    assert len(page.encode()) + sum(len(file.content) for file in files.values()) < 30_000
    for text in (page, *(file.text for file in files.values())):
        assert "//" not in text.replace("http://www.w3.org/2000/svg", "").replace("// ", "")


async def test_without_scripts_a_sentence_says_so(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/")).text
    noscript = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert say("vi", "web.no_script") in noscript


async def test_every_answer_is_safe(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/static/chat.js", "/nowhere", "/healthz"):
        async with browser.stream("GET", path) as answer:
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            if not path.startswith("/static/"):
                assert answer.headers["cache-control"] == "no-store"


async def test_the_page_says_how_far_the_chat_is(browser: httpx.AsyncClient) -> None:
    assert 'data-newest=""' in (await browser.get("/")).text
    await tell(browser, "u1", text="/start")
    assert 'data-newest="2"' in (await browser.get("/")).text


async def test_files_begin_with_their_duty_and_are_short() -> None:
    for path in [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.parent.glob("*/*.html")]:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) < 300, path
        assert lines[0].startswith(("/* ", "// ", "{# ")), path


# --- what the browser says ---


async def test_a_text_and_a_tap_are_heard(browser: httpx.AsyncClient, desk: Desk) -> None:
    await browser.get("/")
    assert (await tell(browser, "u1", text=" xin\r\nchao\x00\x1b[2J ")).status_code == 204
    assert (await tell(browser, "u2", tap="a1")).status_code == 204
    assert [(heard.text, heard.medium) for heard in desk.heard] == [
        ("xin\nchao[2J", "text"),
        ("a1", "tap"),
    ]
    assert desk.heard[0].address == chat_of(browser)


async def test_a_repeated_update_is_one(browser: httpx.AsyncClient, desk: Desk) -> None:
    await browser.get("/")
    answers = await asyncio.gather(*(tell(browser, "same", text="hoc") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {204}
    assert len(desk.heard) == 1


async def test_two_browsers_may_use_the_same_update(desk: Desk) -> None:
    for _ in range(2):
        async with visit(desk) as browser:
            await browser.get("/")
            await tell(browser, "u1", text="hoc")
    assert len({heard.update for heard in desk.heard}) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": SITE},
        {"origin": "https://elsewhere.test"},
        {"origin": "null"},
    ],
)
async def test_other_sites_are_refused(
    browser: httpx.AsyncClient, desk: Desk, headers: dict[str, str]
) -> None:
    await browser.get("/")
    message = {"update": "u1", "text": "xoa du lieu"}
    answer = await browser.post("/chat/say", json=message, headers=headers)
    assert answer.status_code == 403
    assert answer.json() == {"detail": say("vi", "web.error.403")}
    assert desk.heard == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": SITE},
        {"sec-fetch-site": "same-origin", "origin": SITE, "host": "behind-a-proxy:8000"},
        {"origin": SITE},
    ],
)
async def test_our_own_page_is_not_refused(
    browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await browser.get("/")
    answer = await browser.post("/chat/say", json={"update": "u", "text": "x"}, headers=headers)
    assert answer.status_code == 204


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
async def test_what_a_form_could_send_is_refused(browser: httpx.AsyncClient, kind: str) -> None:
    await browser.get("/")
    body = b'{"update": "u1", "text": "x"}'
    answer = await browser.post("/chat/say", content=body, headers={"content-type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("told", ["with", "without"])
async def test_too_much_is_refused_kindly(browser: httpx.AsyncClient, told: str) -> None:
    await browser.get("/")
    body = json.dumps({"update": "u1", "text": "x" * 65_536}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        yield body[:40_000]
        yield body[40_000:]

    content = body if told == "with" else pieces()
    answer = await browser.post("/chat/say", content=content, headers=JSON)
    assert (answer.status_code, answer.json()["detail"]) == (413, say("vi", "web.error.413"))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "nonsense",
        "[" * 20_000,
        "{}",
        '{"update": "u1"}',
        '{"update": "", "text": "x"}',
        '{"update": "a b", "text": "x"}',
        '{"update": "u1", "text": "x", "tap": "y"}',
        '{"update": "u1", "tap": ""}',
        '{"update": "u1", "tap": "đ"}',
        '{"update": "u1", "text": 5}',
        '{"update": "u1", "text": "x", "chat": "somebody"}',
        '{"update": "u1", "text": "\\ud800"}',
    ],
)
async def test_what_cannot_be_read_is_refused_and_not_echoed(
    browser: httpx.AsyncClient, desk: Desk, body: str
) -> None:
    await browser.get("/")
    answer = await browser.post("/chat/say", content=body.encode(), headers=JSON)
    assert (answer.status_code, answer.json()) == (400, {"detail": say("vi", "web.error.400")})
    assert desk.heard == []


async def test_a_store_that_is_away_is_said_in_a_sentence(desk: Desk) -> None:
    async with visit(desk, accept_language="en") as browser:
        await browser.get("/")
        desk.away = True
        answer = await tell(browser, "u1", text="hoc")
        assert (answer.status_code, answer.json()["detail"]) == (503, say("en", "web.error.503"))
        assert (await browser.get("/healthz")).json() == {"status": "ok"}
        desk.store = Away()
        assert (await browser.get("/healthz")).status_code == 503
        page = await browser.get("/", headers={"accept": "text/html"})
        assert (page.status_code, page.headers["content-type"][:9]) == (503, "text/html")
        assert say("en", "web.error.503") in page.text
        assert await browser.get("/chat/events")  # the stream ends, and the browser comes back


async def test_an_unknown_page_says_so(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/bai/1", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert say("vi", "web.error.404") in answer.text
    assert (await browser.get("/docs")).status_code == 404
