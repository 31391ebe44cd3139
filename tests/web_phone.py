"""A real browser of the size of a phone, for the tests of what a person sees, taps and types."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from lessons.texts import say

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
LOOKS = (Path(__file__).parent / "web_looks.js").read_text(encoding="utf-8")


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """The Chromium of this machine; without one the test is skipped."""
    if shutil.which(CHROMIUM) is None:
        required = "browser" in os.environ.get("HOCVU_REQUIRE", "").split(",")
        (pytest.fail if required else pytest.skip)(f"no {CHROMIUM}: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def phone(chromium: Browser, **also: Any) -> Page:
    told: dict[str, Any] = {
        "viewport": PHONE,
        "locale": "vi-VN",
        "has_touch": True,
        "is_mobile": True,
    } | also
    context = await chromium.new_context(**told)
    context.set_default_timeout(10_000)
    return await context.new_page()


def bubbles(page: Page) -> Any:
    return page.locator(".bubble .words")


async def write(page: Page, text: str) -> None:
    await write_in(page, "vi", text)


async def write_in(page: Page, language: str, text: str) -> None:
    box = page.get_by_label(say(language, "web.message"))
    await box.fill(text)
    await box.press("Enter")
