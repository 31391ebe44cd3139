"""C6 lesson 1 from the first hello to the last word, in the terminal and in a real browser, and
from one to the other in between."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.processes import hocvu, serving
from tests.web_phone import CHROMIUM, FLAGS, PHONE

STEPS = 30  # taps in a lesson, at most
SKIP = "Chưa biết"


def test_the_whole_lesson_in_the_terminal(tmp_path: Path) -> None:
    said = ["chao", "dong y", "tiep", "tiep", *["chua biet"] * 10, "20h", "dai bieu", "nghi"]
    done = hocvu(tmp_path, "chat", say="\n".join(said) + "\n")
    assert "Hết bài 1." in done.stdout
    assert "Việc làm ngay:" in done.stdout
    assert "nhắc lúc 20:00" in done.stdout
    assert "đại biểu" in done.stdout
    assert done.stderr == ""


@pytest.fixture
def phone() -> Iterator[Page]:
    if shutil.which(CHROMIUM) is None:
        required = "browser" in os.environ.get("HOCVU_REQUIRE", "").split(",")
        (pytest.fail if required else pytest.skip)(f"no {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
        browser.close()


def tap(page: Page, *labels: str) -> str:
    """Tap the first of these buttons that there is; returns what the tutor then says."""
    before = page.locator(".tutor").count()
    for label in labels:
        button = page.get_by_role("button", name=label, exact=True)
        if button.count():
            button.last.click()
            expect(page.locator(".tutor")).not_to_have_count(before)
            return page.locator(".tutor").last.inner_text()
    raise AssertionError(f"none of {labels} on the page")


@pytest.mark.slow
def test_the_whole_lesson_in_a_browser_and_on_in_the_terminal(tmp_path: Path, phone: Page) -> None:
    with serving(tmp_path) as (_, address):
        phone.goto(address)
        expect(phone.get_by_role("button", name="Đồng ý", exact=True)).to_be_visible()
        tap(phone, "Đồng ý")
        tap(phone, "Tiếp")
        said = tap(phone, "Tiếp: câu hỏi")
        for _ in range(STEPS):
            if "Hết bài 1." in said:
                break
            said = tap(phone, "Sai", SKIP)
        assert "Việc làm ngay:" in said
        tap(phone, "07:15")
        tap(phone, "Chị")
        assert "Bài 2/8" in tap(phone, "Bài tiếp")
        box = phone.get_by_role("textbox")
        box.fill("ma")
        box.press("Enter")
        expect(phone.get_by_text("Mã kết nối")).to_be_visible()
        code = re.search(r"\b[A-Z2-9]{8}\b", phone.locator(".tutor").last.inner_text())
        assert code is not None
        there = hocvu(tmp_path, "chat", "--code", code[0], say="tiep tuc\n")
        assert "Bài 2/8" in there.stdout
        phone.reload()
        expect(phone.get_by_text("Hết bài 1.")).to_be_visible()
