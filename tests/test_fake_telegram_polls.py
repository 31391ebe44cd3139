"""The fake Telegram looks at polls closely, and people vote as they may."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fake_telegram_desk import AN, Desk, desk


@pytest.fixture
async def here() -> AsyncIterator[Desk]:
    async with desk() as found:
        yield found


QUIZ = {"chat_id": AN, "question": "?", "options": ["a", "b"], "type": "quiz"}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"question": "?" * 301}, "poll question must be 1-300 characters long"),
        ({"options": ["x"] * 13}, "poll must have 1-12 answer options"),
        ({"options": ["x" * 101]}, "poll options length must be 1-100 characters"),
        ({"options": [{"txt": "x"}]}, "unknown field txt of a poll option"),
        ({"type": "exam"}, "unsupported poll type specified"),
        ({"correct_option_ids": None}, "quiz must have a correct option"),
        ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({"correct_option_ids": [0, 1]}, "several correct options need allows_multiple_answers"),
        ({"correct_option_ids": [1, 0]}, "correct_option_ids must be monotonically increasing"),
        (
            {"explanation": "a\nb\nc\nd"},
            "explanation must be 0-200 characters long with at most 2 line feeds",
        ),
        (
            {"explanation": "x" * 201},
            "explanation must be 0-200 characters long with at most 2 line feeds",
        ),
        ({"type": "regular"}, "correct options can be given for a quiz only"),
        ({"open_period": 2}, "wrong poll open period or close date"),
    ],
)
async def test_a_quiz_is_looked_at_closely(here: Desk, given: dict[str, Any], reason: str) -> None:
    quiz = {**QUIZ, "correct_option_ids": [0], **given}
    assert await here.refused("sendPoll", **quiz) == f"400 Bad Request: {reason}"


async def test_a_quiz_takes_one_vote_each_while_it_is_open(here: Desk) -> None:
    quiz = await here.done("sendPoll", **QUIZ, correct_option_id=1, open_period=60)
    poll = quiz["poll"]["id"]
    assert quiz["poll"]["correct_option_ids"] == [1]
    here.fake.people.vote(AN, poll, [1])
    assert [list(told) for told in await here.news()] == [["poll"]]  # anonymous: only the counts
    with pytest.raises(ValueError, match="final"):
        here.fake.people.vote(AN, poll, [0])
    await here.done("stopPoll", chat_id=AN, message_id=quiz["message_id"])
    again = await here.refused("stopPoll", chat_id=AN, message_id=quiz["message_id"])
    assert again == "400 Bad Request: poll has already been closed"
    timed = await here.done("sendPoll", **QUIZ, correct_option_ids=[1], open_period=60)
    here.clock.pass_by(60)
    with pytest.raises(ValueError, match="closed"):
        here.fake.people.vote(AN, timed["poll"]["id"], [1])
