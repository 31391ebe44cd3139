"""Around a session of the assembly: said once, a lesson for it, silence while it sits."""

from dataclasses import replace

import pytest

from lessons.learner import Rhythm
from lessons.reminding import Terms, decide, planned
from tests.test_reminding import DUE, at, learner

ASSEMBLY = Terms()  # the calendar that the learner names
WORDS = {
    "before": "Kỳ họp sắp bắt đầu",
    "break": "Kỳ họp đang tạm nghỉ",
    "after": "Kỳ họp đã kết thúc",
}


def deputy(day: str, *sent: str, **changes: object):  # type: ignore[no-untyped-def]
    """Due at 07:15 on a day around the 8th session of the 15th assembly (21/10–30/11/2024)."""
    rhythm = Rhythm(sent=tuple(at(f"{each}T07:15") for each in sent))
    due = at(f"{day}T07:15")
    return replace(learner(calendar="quoc-hoi", due_at=due, rhythm=rhythm), **changes)


@pytest.mark.parametrize(
    ("day", "phase"), [("2024-10-10", "before"), ("2024-11-15", "break"), ("2024-12-03", "after")]
)
def test_the_phase_is_said_by_its_first_reminder_only(day: str, phase: str) -> None:
    first = decide(deputy(day, "2024-09-02"), DUE, at(f"{day}T07:15"), ASSEMBLY)
    assert first.said is not None
    assert WORDS[phase] in first.said.text
    again = first.learner.due_at
    assert again is not None
    if phase != "break":  # the break is over before the next one
        second = decide(first.learner, DUE, again, ASSEMBLY)
        assert second.said is not None
        assert WORDS[phase] not in second.said.text


def test_nobody_is_reminded_while_it_sits() -> None:
    day = at("2024-10-21T07:15")
    found = decide(deputy("2024-10-21"), DUE, day, ASSEMBLY)
    assert found.said is None
    assert found.learner.due_at == at("2024-11-14T07:15")  # the first working day of the break
    assert planned(deputy("2024-11-20"), at("2024-11-20T06:00")).due_at == at("2024-12-02T07:15")


def test_before_it_begins_a_lesson_for_it_is_offered_to_who_has_begun_its_course() -> None:
    day = at("2024-10-10T07:15")
    begun = decide(deputy("2024-10-10", begun={"c6": 2}), DUE, day, ASSEMBLY)
    assert begun.said is not None
    assert begun.said.choices[-1].id in ("open:c6/l5", "open:c6/l6")
    stranger = decide(deputy("2024-10-10", begun={"c3": 1}), DUE, day, ASSEMBLY)
    assert stranger.said is not None
    assert all(not choice.id.startswith("open:") for choice in stranger.said.choices)
