"""The transcript format: every kind of line is read, and written as it was."""

from datetime import datetime, timedelta

import pytest

from bot import transcript
from bot.render import Text
from bot.transcript import Happened, On, Operator, Remark, Speak, Tap, Told, Wait
from lessons.messages import Choice

WHOLE = r"""(language: vi, seed: 3)
# a remark
learner: xin chào
learner taps [Đồng ý]
learner taps [A @2]
-- 2 days later
-- one hour later
-- at 2026-11-25T07:30
-- on web
-- operator: hocvu course publish mine
an: chào
linh (trainer of U1): chào
tutor: Một dòng. [A] [Chưa biết]
tutor: Hai dòng
<two spaces>
  và nút
  [A] [B]
tutor to an: \[1] không phải nút
tutor edits: Đã sửa
tutor reacts: 👍
tutor: (nothing)
fact: LessonFinished(c6, 1, l1, 4, 5)

""".replace("<two spaces>", "  ")  # an empty line inside a message


def test_every_kind_of_line() -> None:
    script = transcript.read(WHOLE)
    assert script.settings == {"language": "vi", "seed": "3"}
    assert script.lines == (
        Remark("# a remark"),
        Speak("learner", "xin chào"),
        Tap("learner", "Đồng ý"),
        Tap("learner", "A", 2),
        Wait("2 days later", span=timedelta(days=2)),
        Wait("one hour later", span=timedelta(hours=1)),
        Wait("at 2026-11-25T07:30", until=datetime.fromisoformat("2026-11-25T07:30")),
        On("web"),
        Operator("hocvu course publish mine"),
        Speak("an", "chào"),
        Speak("linh", "chào"),
        Told("Một dòng.", ("A", "Chưa biết")),
        Told("Hai dòng\n\nvà nút", ("A", "B")),
        Told("[1] không phải nút", to="an"),
        Told("Đã sửa", how="edits"),
        Told("👍", how="reacts"),
        Told(""),
        Happened("LessonFinished(c6, 1, l1, 4, 5)"),
        Remark(""),
    )
    assert transcript.read(transcript.write(script)) == script


def test_a_message_with_brackets_survives() -> None:
    text = "[P] là nguồn đã xác nhận.\n[G] thì chưa."
    said = Text(text, buttons=(Choice("x", "Mở bài"),))
    written = transcript.line_text(transcript.told(said))
    assert transcript.read(written).lines == (transcript.told(said),)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("(colour: red)", "line 1: 'colour'"),
        ("learner: a\n-- next year", "line 2: '-- next year'"),
        ("learner: a\nnobody says this", "line 2"),
        ("learner: a\n-- at noon", "line 2"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, what: str) -> None:
    with pytest.raises(transcript.Unreadable, match=what.replace("(", r"\(")):
        transcript.read(text)


def test_a_difference_shows_both_lines() -> None:
    expected = transcript.read("learner: a\ntutor: x\n")
    actual = transcript.read("learner: a\ntutor: y\n")
    assert "-tutor: x" in transcript.difference(expected, actual)
    assert transcript.difference(expected, expected) == []
