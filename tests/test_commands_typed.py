"""What people type besides answers: times, command words, yes and no."""

from datetime import time

import pytest

from lessons.dialogue.clock import clock_time, reminder_time
from lessons.dialogue.commands import COMMANDS, command, exactly, slash_command
from lessons.dialogue.meaning import picked
from lessons.messages import Choice
from lessons.texts import languages, words

STOP = (Choice("stop:yes", "Dừng"), Choice("stop:no", "Không dừng"))


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("6:45", 6, 45),
        ("06.45", 6, 45),
        ("6h45", 6, 45),
        ("19 giờ", 19, 0),
        ("7g15", 7, 15),
        ("20 h 15", 20, 15),
        ("8h tối", 20, 0),
        ("lúc 8 giờ tối nhé", 20, 0),
        ("8 rưỡi sáng", 8, 30),
        ("20h nhé", 20, 0),
        ("at 8 pm", 20, 0),
        ("12 am", 0, 0),
        ("vers 18 heures", 18, 0),
        ("２０:１５", 20, 15),
    ],
)
def test_times(text: str, hour: int, minute: int) -> None:
    assert clock_time(text) == time(hour, minute)


@pytest.mark.parametrize("text", ["", "8", "25:00", "7:75", "không", "1 2 3", "8h và 9h", "tối"])
def test_what_is_no_time(text: str) -> None:
    assert clock_time(text) is None


def test_a_whole_sentence_sets_the_reminder() -> None:
    assert reminder_time("nhac toi luc 8h toi", "vi") == time(20)
    assert reminder_time("remind me at 8 pm", "en") == time(20)
    assert reminder_time("tôi học lúc 8h", "vi") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tiếp", "next"),
        ("TIEP", "next"),
        ("tieesp", "next"),
        ("tiep nhe", "next"),
        ("0", "back"),
        ("?", "help"),
        ("english", "lang:en"),
        ("langue", "language"),
        ("ok", "fine"),
        ("cảm ơn", "rest"),
        ("thời tiết", None),
    ],
)
def test_command_words(text: str, name: str | None) -> None:
    assert command(text, "vi") == name


def test_every_command_has_a_word_in_every_language() -> None:
    for language in languages():
        for name in COMMANDS:
            for word in words(language, f"commands.{name}"):
                assert command(word, language) is not None, (language, word)


def test_diacritics_decide_between_stop_and_true() -> None:
    assert exactly("Dừng", "vi") == "stop"
    assert exactly("dung", "vi") is None
    assert picked("đúng", STOP) is None
    assert picked("dung", STOP) == "stop:yes"
    assert picked("2", STOP) == "stop:no"


@pytest.mark.parametrize(
    ("text", "name"),
    [("/start", "start"), ("/help@hocvu_bot", "help"), ("/tiep_tuc", "continue"), ("/x", None)],
)
def test_slash_commands(text: str, name: str | None) -> None:
    assert slash_command(text) == name
