"""Who a browser is to the web chat: its language and its cookie."""

from collections.abc import AsyncIterator

import httpx
import pytest

from lessons.texts import say
from tests.web_desk import Desk, chat_of, tell, visit
from web.visitors import WHO


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with visit(desk) as client:
        yield client


# --- the language ---


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "vi"),
        ("de", "vi"),
        ("fr-CA,en;q=0.8", "fr"),
        ("de, en-US;q=0.5, vi;q=0.4", "en"),
        ("en;q=nonsense,vi;q=0.1", "vi"),
        ("en;q=0", "vi"),
    ],
)
async def test_the_frame_speaks_the_browsers_language(
    browser: httpx.AsyncClient, asked: str, language: str
) -> None:
    answer = await browser.get("/", headers={"accept-language": asked})
    assert f'<html lang="{language}">' in answer.text
    assert say(language, "web.send") in answer.text


async def test_a_chosen_language_stays(browser: httpx.AsyncClient, desk: Desk) -> None:
    answer = await browser.get("/?language=fr", headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert '<html lang="fr">' in (await browser.get("/")).text
    await tell(browser, "u1", text="bonjour")
    assert desk.heard[0].language == "fr"


async def test_the_browser_language_reaches_the_conversation(
    browser: httpx.AsyncClient, desk: Desk
) -> None:
    await browser.get("/")
    await browser.post(
        "/chat/say", json={"update": "u1", "text": "/start"}, headers={"accept-language": "en-GB"}
    )
    await browser.post(
        "/chat/say", json={"update": "u2", "text": "x"}, headers={"accept-language": "de"}
    )
    assert [heard.language for heard in desk.heard] == ["en", ""]


# --- the cookie ---


async def test_the_cookie_is_kept_from_scripts_and_other_sites(
    browser: httpx.AsyncClient, desk: Desk
) -> None:
    plain = (await browser.get("/")).headers["set-cookie"]
    assert all(part in plain for part in ("HttpOnly", "SameSite=lax", "Max-Age=34560000"))
    assert "Secure" not in plain
    async with visit(desk, "https://hocvu.test") as https:
        assert "Secure" in (await https.get("/")).headers["set-cookie"]


async def test_the_person_stays_the_same(browser: httpx.AsyncClient) -> None:
    await browser.get("/")
    first = chat_of(browser)
    assert len(first.chat) == 32
    await browser.get("/")
    assert chat_of(browser) == first


async def test_a_tampered_cookie_is_a_new_person(browser: httpx.AsyncClient) -> None:
    await browser.get("/")
    token, _, signature = browser.cookies[WHO].rpartition(".")
    browser.cookies.clear()
    for forged in (f"{'0' * 32}.{signature}", token, f"{token}.", "é.x"):
        headers = [(b"cookie", f"{WHO}={forged}".encode())]
        refused = await browser.post(
            "/chat/say", json={"update": "u", "text": "x"}, headers=headers
        )
        assert refused.status_code == 401
        assert (await browser.get("/chat/events", headers=headers)).status_code == 401
        answer = await browser.get("/", headers=headers)
        assert answer.status_code == 200
        assert token not in answer.headers["set-cookie"]
        browser.cookies.clear()
