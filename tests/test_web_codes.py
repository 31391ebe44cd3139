"""A linking code in a real browser: asked about, said yes or no to, and gone from the address."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from lessons.texts import say
from tests.web_desk import Desk, serving
from tests.web_phone import LOOKS, browsing, bubbles, phone

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest_asyncio.fixture(loop_scope="module")
async def site(desk: Desk) -> AsyncIterator[str]:
    async with serving(desk) as (_, url):
        yield url


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


async def test_a_code_is_asked_about_and_leaves_no_trace(
    chromium: Browser, site: str, desk: Desk
) -> None:
    desk.codes.add("K7Q2")
    page = await phone(chromium)
    await page.goto(site)
    await expect(bubbles(page)).to_have_text(["« /start »"])
    await page.goto(f"{site}/?code=k7q2")
    question = page.locator(".bubble")
    await expect(question).to_contain_text(say("vi", "web.join", code="K7Q2"))
    await expect(question).to_contain_text(say("vi", "link.replace"))
    await expect(page).to_have_url(f"{site}/")
    assert await page.evaluate(f"{LOOKS} overflow()") <= 0
    targets = await page.evaluate(f"{LOOKS} targets()")
    assert len(targets) == 2
    assert [one for one in targets if min(one["width"], one["height"]) < 44] == []
    words = await page.evaluate(f"{LOOKS} words()")
    assert [one for one in words if one["contrast"] < 4.5 or one["size"] < 18] == []
    assert desk.joined is None
    await page.get_by_role("button", name=say("vi", "web.join_yes")).tap()
    await expect(bubbles(page)).to_have_text(["« /start »"])
    assert desk.joined == desk.heard[0].address
    await page.reload()
    await expect(bubbles(page)).to_have_text(["« /start »"])
    assert page.url == f"{site}/"
    await page.context.close()


async def test_a_new_browser_loses_nothing_and_may_say_no(
    chromium: Browser, site: str, desk: Desk
) -> None:
    page = await phone(chromium)
    await page.goto(f"{site}/?code=K7Q2")
    await expect(page.locator(".bubble")).to_have_text(say("vi", "web.join", code="K7Q2"))
    assert desk.heard == []
    await page.get_by_role("link", name=say("vi", "web.join_no")).tap()
    await expect(bubbles(page)).to_have_text(["« /start »"])
    assert desk.joined is None
    await page.context.close()


async def test_a_code_that_is_not_valid_is_said(chromium: Browser, site: str) -> None:
    page = await phone(chromium)
    await page.goto(f"{site}/?code=K7Q2")
    await page.get_by_role("button", name=say("vi", "web.join_yes")).tap()
    await expect(page.locator("#notice")).to_have_text(say("vi", "link.invalid"))
    await page.goto(f"{site}/?code=not+a+code")
    await expect(bubbles(page)).to_have_count(1)
    await expect(page.locator("#notice")).to_have_text(say("vi", "link.invalid"))
    assert page.url == f"{site}/"
    await page.context.close()
