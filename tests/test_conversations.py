"""Every conversation in tests/conversations goes as it is written; `--update` rewrites them."""

import asyncio
from pathlib import Path

import pytest

from bot import transcript
from bot.replay import play
from bot.settings import Settings

FOLDER = Path(__file__).parent / "conversations"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_conversation(file: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """In an SQLite file: between two turns the learner is written to a row and read back."""
    script = transcript.read(file.read_text(encoding="utf-8"))
    played = asyncio.run(play(script, Settings(_env_file=None), db=tmp_path / "talk.db"))
    if request.config.getoption("--update"):
        file.write_text(transcript.write(played), encoding="utf-8")
    else:
        assert not transcript.difference(script, played)


def test_in_memory_it_goes_the_same_way() -> None:
    for file in (FOLDER / "first_lesson.txt", FOLDER / "consent_refused.txt"):
        script = transcript.read(file.read_text(encoding="utf-8"))
        played = asyncio.run(play(script, Settings(_env_file=None)))
        assert not transcript.difference(script, played)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_a_transcript_survives_reading_and_writing(file: Path) -> None:
    script = transcript.read(file.read_text(encoding="utf-8"))
    assert transcript.read(transcript.write(script)) == script
