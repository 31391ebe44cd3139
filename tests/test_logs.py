"""Logs: what went wrong and where, and never what a learner wrote."""

from bot.logs import _where


def test_an_exception_is_logged_without_what_was_written() -> None:
    secret = "001204012345"
    try:
        raise ValueError(f"cannot read {secret}")
    except ValueError:
        event = _where(None, "error", {"event": "failed", "exc_info": True})
    assert event["exception"] == "ValueError"
    assert "test_logs.py" in event["path"]
    assert secret not in str(event)


def test_an_event_without_an_exception_is_left_as_it_is() -> None:
    assert _where(None, "info", {"event": "repeated"}) == {"event": "repeated"}
