"""The witness: a Bot API emulator that others wrote (npm: telegram-test-api), as a process."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import aiohttp
import pytest

HERE = Path(__file__).parent / "witness"
CACHE = Path(sys.prefix) / "witness"
PACKAGE = CACHE / "node_modules" / "telegram-test-api" / "package.json"
TOKEN = "123456:witness"
PERSON = {"id": 7, "is_bot": False, "first_name": "An", "language_code": "vi"}
CHAT = {"id": 7, "type": "private", "first_name": "An"}
PATIENCE = 60  # seconds; a loaded machine is slow
SECOND = 10**9  # what the emulator is told as a time need not be true


@contextmanager
def witness() -> Iterator[str]:
    """The address of a fresh emulator. Skips where there is no node or npm."""
    node = _installed()
    environment = {**os.environ, "NODE_PATH": str(CACHE / "node_modules")}
    process = subprocess.Popen(
        [node, HERE / "server.js"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line.startswith("http://127.0.0.1:"), "the emulator has not started"
        yield line
    finally:
        process.kill()
        process.communicate()


def _installed() -> str:
    """The path of node, once the emulator is there in the version we ask for."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _absent("no node or npm")
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    if not PACKAGE.exists() or _version() != wanted["dependencies"]["telegram-test-api"]:
        CACHE.mkdir(exist_ok=True)
        shutil.copy(HERE / "package.json", CACHE)
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        command = [npm, "install", *quiet, "--prefix", str(CACHE)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode or not PACKAGE.exists():
            _absent(f"npm cannot install telegram-test-api: {done.stderr[-200:]}")
    return node


def _version() -> str:
    return str(json.loads(PACKAGE.read_text(encoding="utf-8"))["version"])


def _absent(reason: str) -> NoReturn:
    if "node" in os.environ.get("HOCVU_REQUIRE", "").split(","):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class Person:
    """Somebody who talks to the bot through the emulator."""

    url: str
    client: aiohttp.ClientSession

    async def say(self, text: str) -> None:
        """Type a message or a command."""
        message: dict[str, Any] = {"from": PERSON, "chat": CHAT, "text": text, "date": SECOND}
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        await self._post("sendCommand" if "entities" in message else "sendMessage", message)

    async def tap(self, label: str) -> None:
        """Tap the newest button of this label."""
        for shown in reversed(await self.history()):
            rows = shown["message"].get("reply_markup", {}).get("inline_keyboard", [])
            for button in (button for row in rows for button in row):
                if button["text"] == label:
                    about = {"message_id": shown["messageId"], "date": SECOND, "chat": CHAT}
                    about["text"] = shown["message"]["text"]
                    tapped = {"from": PERSON, "message": about, "data": button["callback_data"]}
                    await self._post("sendCallback", tapped)
                    return
        raise AssertionError(f"there is no button {label!r}")

    async def history(self) -> list[dict[str, Any]]:
        """Everything the bot has sent, as the emulator keeps it: with `messageId` and `message`,
        which holds the fields of the call, or of the edit since."""
        found = (await self._post("getUpdatesHistory", {"token": TOKEN}))["result"]
        return [each for each in found if "chat_id" in each.get("message", {})]

    async def hears(self, text: str) -> None:
        """Wait until a message of the bot's, new or edited, has this piece of text."""
        for _ in range(PATIENCE * 20):
            if any(text in m["message"].get("text", "") for m in await self.history()):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"the bot has not said {text!r}")

    async def _post(self, path: str, given: dict[str, Any]) -> Any:
        body = {"botToken": TOKEN, **given}
        async with self.client.post(f"{self.url}/{path}", json=body) as answer:
            return await answer.json()
