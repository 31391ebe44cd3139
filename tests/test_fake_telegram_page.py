"""The page on which a person plays the users of the fake Telegram."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from bot.fake_telegram.page import furnish
from tests.fake_telegram_desk import AN, Desk, buttons, desk
from tests.web_phone import browsing, phone


@pytest.fixture
async def here() -> AsyncIterator[Desk]:
    async with desk() as found:
        yield found


async def test_the_page_is_safe_and_shows_what_people_see(here: Desk) -> None:
    here.fake.people.say(AN, "<script>alert(1)</script>")
    await here.say("<b>Chào</b> &lt;i&gt;", parse_mode="HTML", reply_markup=buttons([("Có", "c")]))
    async with here.client.get(here.fake.url) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert "http://" not in page
    assert "https://" not in page
    assert {"id": AN, "name": "An"} in (await here.look("who"))["users"]
    seen = (await here.look(f"view?user={AN}"))["messages"]
    assert seen[0]["html"] == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert (seen[1]["html"], seen[1]["buttons"]) == ("<b>Chào</b> &lt;i&gt;", [["Có"]])


@pytest.mark.slow
async def test_a_person_plays_on_a_phone(here: Desk) -> None:
    furnish(here.fake.people, here.fake.groups)
    async with browsing() as browser:
        page = await phone(browser)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(here.fake.url)
        bubbles = page.locator(".bubble")
        await page.get_by_label("Who you are").select_option("An")
        user = int(await page.get_by_label("Who you are").input_value())
        await page.get_by_role("button", name="/start").tap()
        markup = buttons([("Học", "q:1"), ("Nghỉ", "q:2")])
        await expect(bubbles).to_have_text(["/start"])
        said = {"chat_id": user, "parse_mode": "HTML"}
        await here.done("sendMessage", text="<b>Chào</b> &lt;An&gt;", reply_markup=markup, **said)
        await page.get_by_role("button", name="Học").tap()
        await page.get_by_label("Message").fill("<i>chào</i>")
        await page.get_by_role("button", name="Send").tap()
        await expect(bubbles).to_have_text(["/start", "Chào <An>", "<i>chào</i>"])
        quick = {"keyboard": [["Có", "Không"]]}
        await here.done("sendMessage", text="Học tiếp?", reply_markup=quick, **said)
        await page.get_by_role("button", name="Có").tap()
        await here.done("sendMessageDraft", draft_id=1, text="Đang", can_stop=True, **said)
        await page.get_by_role("button", name="Stop the draft").tap()
        quiz = {"question": "1 + 1?", "options": ["2", "3"], "is_anonymous": False}
        await here.done("sendPoll", chat_id=user, **quiz, type="quiz", correct_option_ids=[0])
        await page.get_by_role("button", name="2", exact=True).tap()
        await expect(page.locator(".vote")).to_have_text(["✓ 2 (1)", "3 (0)"])
        await page.get_by_role("button", name="403").tap()
        await expect(page.get_by_role("button", name="403")).to_have_attribute(
            "aria-pressed", "true"
        )
        refused = await here.refused("sendMessage", text="x", chat_id=user)
        assert refused == "403 Forbidden: bot was blocked by the user"
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        assert complaints == []
    told = [next(k for k in update if k != "update_id") for update in await here.news()]
    assert told[-6:] == [
        "callback_query",
        "message",
        "message",
        "stopped_message_generation",
        "poll",
        "poll_answer",
    ]
