"""The web chat in a real browser of the size of a phone: what a person sees, taps and types."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from lessons.messages import Choice, Said
from lessons.texts import say
from tests.web_desk import Desk, serving
from tests.web_phone import LOOKS, browsing, bubbles, phone, write, write_in

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

QUESTION = Said(
    "Trợ lý AI tạo sinh tạo ra câu trả lời bằng cách nào?\n\n"
    "A. Dự đoán từng từ có khả năng xuất hiện tiếp theo\nB. Tra trong một cơ sở dữ liệu",
    (*(Choice(letter, letter) for letter in "ABCD"), Choice("skip", "Chưa biết")),
)


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


@pytest_asyncio.fixture(loop_scope="module")
async def page(chromium: Browser, site: str) -> AsyncIterator[Page]:
    """The opened page, greeted; it must not complain to the end."""
    page = await phone(chromium)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    await page.goto(site)
    await expect(bubbles(page)).to_have_count(1)
    yield page
    await page.context.close()
    assert [line for line in complaints if "net::ERR" not in line] == []  # but for lost connections


async def test_a_first_visit_to_the_same_history_again(
    page: Page, desk: Desk, tmp_path: Path
) -> None:
    assert desk.heard[0].text == "/start"
    assert desk.heard[0].language == "vi"
    await page.get_by_role("button", name="Đồng ý").tap()
    await expect(bubbles(page)).to_have_text(["« /start »", "Đồng ý", "« a1 »"])
    await write(page, "hoc AI")
    seen = ["« /start »", "Đồng ý", "« a1 »", "hoc AI", "« hoc AI »"]
    await expect(bubbles(page)).to_have_text(seen)
    assert await page.evaluate(f"{LOOKS} overflow()") <= 0
    await page.screenshot(path=tmp_path / "phone.png")
    await page.reload()
    await expect(bubbles(page)).to_have_text(seen)
    assert [heard.medium for heard in desk.heard] == ["text", "tap", "text"]
    assert await page.locator(".choices").count() == 1  # only the newest ones can be tapped


async def test_without_consent_the_words_stay_until_the_page_is_left(
    page: Page, desk: Desk, site: str
) -> None:
    desk.consent = "ask"
    await page.context.clear_cookies()
    await page.goto(site)
    await page.get_by_role("button", name="Không").tap()
    await write(page, "1")
    await write(page, "1")
    seen = ["« /start »", "Không", "« no »", "1", "« 1 »", "1", "« 1 »"]
    await expect(bubbles(page)).to_have_text(seen)
    await page.reload()
    await expect(bubbles(page)).to_have_text(["« /start »", "« no »", "« 1 »", "« 1 »"])
    assert [heard.text for heard in desk.heard] == ["/start", "/start", "no", "1", "1"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "fr"])
async def test_everything_can_be_read_and_hit(
    chromium: Browser, site: str, desk: Desk, scheme: str, language: str, tmp_path: Path
) -> None:
    page = await phone(chromium, color_scheme=scheme, locale=language)
    await page.goto(site)
    await expect(bubbles(page)).to_have_count(1)
    await desk.commit(desk.heard[0].address, QUESTION)
    await page.get_by_role("button", name="Chưa biết").wait_for()
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Chưa biết").tap()
    await page.locator(".state").wait_for()
    words = await page.evaluate(f"{LOOKS} words()")
    assert len(words) > 12
    assert [one for one in words if one["contrast"] < 4.5 or one["size"] < 18] == []
    targets = await page.evaluate(f"{LOOKS} targets()")
    small = [one for one in targets if min(one["width"], one["height"]) < 44 or not one["name"]]
    assert [one for one in small if one["name"] != say(language, "web.message")] == []
    for width in (360, 320):
        await page.set_viewport_size({"width": width, "height": 640})
        assert await page.evaluate(f"{LOOKS} overflow()") <= 0
    await page.screenshot(path=tmp_path / f"{scheme}.png")
    await page.evaluate("document.documentElement.style.fontSize = '200%'")  # a reader's setting
    assert await page.evaluate(f"{LOOKS} overflow()") <= 0
    await expect(page.get_by_role("button", name=say(language, "web.send"))).to_be_in_viewport()


async def test_a_screen_reader_is_told_what_is_what(page: Page) -> None:
    tree = await page.locator("body").aria_snapshot()
    for part in (
        f'heading "{say("vi", "web.name")}" [level=1]',
        f'navigation "{say("vi", "web.languages")}"',
        'link "EN – English"',
        f'button "{say("vi", "web.help")}"',
        f'log "{say("vi", "web.log")}"',
        f'group "{say("vi", "web.choices")}"',
        f'textbox "{say("vi", "web.message")}"',
        f'button "{say("vi", "web.send")}"',
        f"{say('vi', 'web.tutor')}: « /start »",
    ):
        assert part in tree, tree
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_have_attribute("aria-busy", "false")


async def test_a_keyboard_is_enough(page: Page) -> None:
    focused = "document.activeElement.textContent || document.activeElement.id"
    for _ in range(6):  # three languages, help, the log, its first button
        await page.keyboard.press("Tab")
    assert await page.evaluate(focused) == "Đồng ý"
    await page.keyboard.press("Enter")
    await expect(bubbles(page)).to_have_count(3)
    assert await page.evaluate("document.activeElement.id") == "log"
    await page.keyboard.press("Tab")
    assert await page.evaluate(focused) == "Đồng ý"
    await page.get_by_label(say("vi", "web.message")).focus()
    await page.keyboard.type("hai")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("dong")
    await page.keyboard.press("Enter")
    await expect(bubbles(page).nth(3)).to_have_text("hai\ndong", use_inner_text=True)


async def test_words_are_never_markup(page: Page, desk: Desk) -> None:
    wicked = "<img src=x onerror=document.title='x'> https://a.test"
    await desk.commit(desk.heard[0].address, Said(wicked, (Choice("b", "<b>đậm</b>"),)))
    await expect(bubbles(page).last).to_have_text(wicked)
    await expect(page.get_by_role("button", name="<b>đậm</b>")).to_be_visible()
    assert await page.locator("#log img, #log b, #log a").count() == 0


async def test_what_is_said_offline_gets_through(page: Page, desk: Desk) -> None:
    await page.context.set_offline(True)
    await write(page, "mot")
    await write(page, "hai")
    await write(page, "hai")
    await expect(page.locator(".state").first).to_have_text(say("vi", "web.retrying"))
    await page.context.set_offline(False)
    seen = ["« /start »", "mot", "« mot »", "hai", "« hai »", "hai", "« hai »"]
    await expect(bubbles(page)).to_have_text(seen)
    await expect(page.locator(".state")).to_have_count(0)
    assert [heard.text for heard in desk.heard] == ["/start", "mot", "hai", "hai"]


async def test_who_writes_on_before_the_answer_reads_it_in_order(page: Page, desk: Desk) -> None:
    desk.extra = Said("(thêm)")  # every answer has two messages
    for text in ("mot", "mot", "hai"):
        await write(page, text)
    turns = [[text, f"« {text} »", "(thêm)"] for text in ("mot", "mot", "hai")]
    await expect(bubbles(page)).to_have_text(
        ["« /start »", *(line for turn in turns for line in turn)]
    )


async def test_a_lost_answer_is_not_said_twice(page: Page, desk: Desk) -> None:
    async def lose(route: Any) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/chat/say", lose, times=1)
    await write(page, "mot")
    await expect(bubbles(page)).to_have_text(["« /start »", "mot", "« mot »"])
    await write(page, "hai")
    await expect(bubbles(page).last).to_have_text("« hai »")
    assert [heard.text for heard in desk.heard] == ["/start", "mot", "hai"]


async def test_the_page_survives_a_restart(chromium: Browser, desk: Desk) -> None:
    page = await phone(chromium)
    async with serving(desk) as (_, url):
        await page.goto(url)
        await expect(bubbles(page)).to_have_count(1)
    await expect(page.locator("#notice")).to_have_text(say("vi", "web.lost"))
    await write(page, "con do khong")
    async with serving(desk, int(url.rpartition(":")[2])):
        seen = ["« /start »", "con do khong", "« con do khong »"]
        await expect(bubbles(page)).to_have_text(seen, timeout=15_000)
        await expect(page.locator("#notice")).to_have_text("", timeout=15_000)
        await page.context.close()


async def test_two_tabs_and_back_and_forward(page: Page, site: str) -> None:
    other = await page.context.new_page()
    await other.goto(site)
    await write(other, "mot")
    await expect(bubbles(page)).to_have_text(["« /start »", "mot", "« mot »"])
    await page.goto("about:blank")
    await page.go_back()
    await write(page, "hai")
    seen = ["« /start »", "mot", "« mot »", "hai", "« hai »"]
    await expect(bubbles(page)).to_have_text(seen)
    await expect(bubbles(other)).to_have_text(seen)


async def test_another_language_changes_the_frame(page: Page, desk: Desk) -> None:
    await page.get_by_role("link", name="EN").tap()
    await expect(page.get_by_role("button", name=say("en", "web.send"))).to_be_visible()
    await expect(bubbles(page)).to_have_text(["« /start »", "English", "« lang:en »"])
    await page.get_by_role("button", name=say("en", "web.help")).tap()
    await expect(bubbles(page)).to_have_text(
        ["« /start »", "English", "« lang:en »", "?", "« c:help »"]
    )
    assert [(heard.text, heard.medium) for heard in desk.heard[1:]] == [
        ("lang:en", "tap"),
        ("c:help", "tap"),
    ]
    await write_in(page, "en", "fr")  # an answer as well as a language: the frame stays
    await expect(bubbles(page).last).to_have_text("« fr »")
    await expect(page.get_by_role("button", name=say("en", "web.send"))).to_be_visible()


async def test_a_reader_who_scrolled_up_is_left_alone(page: Page, desk: Desk) -> None:
    address = desk.heard[0].address
    for n in range(30):
        await desk.commit(address, Said(f"Tin {n}"))
    await expect(bubbles(page)).to_have_count(31)
    await expect(bubbles(page).last).to_be_in_viewport()
    await page.evaluate("document.getElementById('log').scrollTop = 100")
    await desk.commit(address, QUESTION)
    await expect(bubbles(page)).to_have_count(32)
    assert await page.evaluate("document.getElementById('log').scrollTop") <= 100
    await write(page, "xuong")
    await expect(bubbles(page).last).to_be_in_viewport()
