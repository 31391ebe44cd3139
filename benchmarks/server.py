"""A fake Bot API server in a process of its own, with nobody in it but those who are written to."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from threading import Timer
from urllib.request import Request, urlopen

from benchmarks.startup import HOCVU, PATIENCE, untouched

TOKEN = "42:benchmark"


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and what it saw."""

    url: str

    def worst_second(self) -> int:
        """The most messages that arrived within any one second."""
        return int(self._asked("worst?methods=sendMessage")["worst"])

    def people(self, many: int) -> None:
        """These have pressed Start: 1, 2, 3, …"""
        self._asked("people", {"first": 1, "last": many})

    def _asked(self, what: str, given: dict[str, int] | None = None) -> dict[str, int]:
        body = None if given is None else json.dumps(given).encode()
        with urlopen(Request(f"{self.url}/_fake/{what}", body), timeout=PATIENCE) as answer:
            found: dict[str, int] = json.load(answer)
        return found


@contextmanager
def telegram(people: int) -> Iterator[Server]:
    """It runs while this is open. Nothing that is sent is kept, only when it came."""
    process = subprocess.Popen(
        [HOCVU, "fake-telegram", "--bare", "--port", "0", "--token", TOKEN],
        env={**untouched(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    hung = Timer(PATIENCE, process.kill)
    hung.start()
    try:
        assert process.stdout is not None
        url = next(word for word in process.stdout.readline().split() if word.startswith("http"))
        hung.cancel()
        server = Server(url)
        server.people(people)
        yield server
    finally:
        hung.cancel()
        process.kill()
        process.communicate()


def missing(*packages: str) -> str:
    """Why there can be none here, or nothing; besides, what needs these packages."""
    if not HOCVU.exists():
        return "the hocvu command is not installed"
    absent = [name for name in ("telegram", *packages) if find_spec(name) is None]
    return f"not installed: {absent[0]}" if absent else ""
