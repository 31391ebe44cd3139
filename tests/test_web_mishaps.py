"""A mistake of ours in the web: a sentence for the visitor, and nobody's words in the log."""

import logging
from typing import Any

import httpx
import pytest
import structlog
from structlog.testing import capture_logs

from lessons.texts import say
from storage.memory import MemoryStore
from tests.web_desk import Desk, serving, tell, visit

WORDS = "001204012345"


class Broken(MemoryStore):
    async def history(self, *_: object) -> Any:
        raise ValueError(f"cannot read {WORDS}")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A logger that is not bound yet, so that its lines can be caught."""
    monkeypatch.setattr("web.mishaps.log", structlog.get_logger())


async def test_a_mistake_is_said_and_logged(desk: Desk) -> None:
    async with visit(desk, accept_language="en") as browser:
        await browser.get("/")
        desk.store = Broken()
        with capture_logs() as lines:
            answer = await browser.get("/?code=", headers={"accept": "text/html"})
        assert answer.status_code == 500
        assert say("en", "web.error.500") in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert [(line["event"], line["path"], line["exc_info"]) for line in lines] == [
            ("failed", "/", True)
        ]


async def test_what_our_script_asks_is_answered_in_its_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ValueError(WORDS)

    async with visit(desk) as browser:
        await browser.get("/")
        monkeypatch.setattr(desk, "hear", fail)
        with capture_logs() as lines:
            answer = await tell(browser, "u1", text=WORDS)
        assert (answer.status_code, answer.json()["detail"]) == (500, say("vi", "web.error.500"))
        assert WORDS not in str(lines)
        unread = await browser.get("/chat/events?after=nonsense")
        assert (unread.status_code, unread.json()["detail"]) == (400, say("vi", "web.error.400"))


async def test_the_server_prints_no_words(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(desk) as (_, url), httpx.AsyncClient(base_url=url) as browser:
        await browser.get("/")
        desk.store = Broken()
        with capture_logs() as lines:
            assert (await browser.get("/")).status_code == 500
            assert (await browser.get("/chat/events")).text == ""  # it had begun: it ends
        assert [line["path"] for line in lines] == ["/", "/chat/events"]
        try:
            raise ValueError(WORDS)
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert "Exception in ASGI application" in caplog.text
    assert WORDS not in caplog.text
