"""C6 lesson 1 on Telegram from the first hello to the last word: two processes, and a test that
speaks to them in JSON over HTTP only."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.processes import HOCVU, environment, serving

TOKEN = "123456:AAEhBOweik6ad6PsVukTestTestTest0001"
AN = 41
STEPS = 40  # taps in a lesson, at most
SKIP = "Chưa biết"


class Phone:
    """One person's chat with the bot, over HTTP."""

    def __init__(self, url: str) -> None:
        self._url = url

    def _asked(self, path: str, **given: Any) -> Any:
        body = json.dumps(given).encode() if given else None
        request = urllib.request.Request(f"{self._url}/_fake/{path}", body)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def chat(self) -> list[dict[str, Any]]:
        return self._asked(f"chat?chat={AN}") or []

    def heard(self) -> list[dict[str, Any]]:
        return [message for message in self.chat() if not message["own"]]

    def says(self, text: str, messages: int = 1) -> str:
        before = len(self.heard())
        self._asked("say", user=AN, text=text)
        return self._answered(before + messages)

    def taps(self, *labels: str) -> str:
        """Tap the first of these buttons that there is; returns what the tutor then says."""
        before = self.heard()
        known = [label for message in before for row in message["buttons"] for label in row]
        label = next(label for label in labels if label in known)
        self._asked("tap", user=AN, label=label)
        return self._answered(len(before) + 1)

    def _answered(self, messages: int) -> str:
        ends = monotonic() + 20
        while len(heard := self.heard()) < messages:
            assert monotonic() < ends, f"no answer; the chat ends {self.chat()[-2:]}"
        return str(heard[-1]["text"])


@contextmanager
def fake_telegram(folder: Path) -> Iterator[str]:
    """The fake as a process of its own; its address."""
    process = subprocess.Popen(
        [HOCVU, "fake-telegram", "--port", "0", "--token", TOKEN, "--limits"],
        cwd=folder,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[4]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_the_whole_lesson_over_http(tmp_path: Path) -> None:
    """With Telegram's own flood control switched on: nothing is ever answered 429."""
    with (
        fake_telegram(tmp_path) as url,
        serving(tmp_path, HOCVU_TELEGRAM_TOKEN=TOKEN, HOCVU_TELEGRAM_API_URL=url),
    ):
        phone = Phone(url)
        assert "xin phép lưu" in phone.says("chao", messages=2)
        assert "Bài 1/8" in phone.taps("Đồng ý")
        phone.taps("Tiếp")
        said = phone.taps("Tiếp: câu hỏi")
        assert "Câu 1/5" in said
        for _ in range(STEPS):
            if "Hết bài 1." in said:
                break
            said = phone.taps("Sai", SKIP)
        assert "Việc làm ngay:" in said
        assert "20:00" in phone.says("20h")
        assert "đại biểu" in phone.says("dai bieu").casefold()
        assert "Bài 2/8" in phone.taps("Bài tiếp")
        calls = phone._asked("calls")
        assert [call["method"] for call in calls if call["status"] not in (0, 200)] == []
        sent = [call for call in calls if call["method"].startswith("send")]
        assert len(sent) == len(phone.heard())
