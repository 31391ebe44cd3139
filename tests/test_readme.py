"""The README is true: its conversation goes as it is written, its links and commands exist."""

import asyncio
import re
from pathlib import Path

import pytest

from bot import transcript
from bot.replay import play
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(## A conversation\n.*?```\n)(.*?)(```\n)", re.S)


def test_the_conversation_goes_as_written(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    written = BLOCK.search(text)
    assert written is not None
    script = transcript.read(written[2])
    played = asyncio.run(play(script, Settings(_env_file=None)))
    if request.config.getoption("--update"):
        block = written[1] + transcript.write(played) + written[3]
        README.write_text(text.replace(written[0], block), encoding="utf-8")
    else:
        assert not transcript.difference(script, played)
        assert len(script.lines) > 8


def test_every_link_leads_somewhere() -> None:
    text = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", text)
    missing = [link for pair in links for link in pair if link and not (ROOT / link).exists()]
    assert missing == []


def test_every_make_word_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for word in re.findall(r"^make (\S+)|`make (\S+)`", README.read_text(encoding="utf-8"), re.M):
        assert re.search(rf"^{''.join(word)}:", makefile, re.M)
