"""The commands as an operator types them: real processes, plain sentences, clean ends."""

import json
import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from bot.settings import Wrong, read
from tests.processes import HOCVU, PATIENCE, environment, hocvu, serving


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder, as after a clone; its own var/."""
    return tmp_path


def test_help_names_every_command(place: Path) -> None:
    done = hocvu(place, "--help")
    assert done.returncode == 0
    for command in ("serve", "chat", "course", "db", "settings"):
        assert command in done.stdout


def test_a_first_conversation_through_a_pipe(place: Path) -> None:
    done = hocvu(place, "chat", say="learner: xin chao\nlearner taps [Đồng ý]\nlearner: tiep\n")
    assert done.returncode == 0, done.stderr
    assert "Trợ giảng số" in done.stdout
    assert "C6 · Bài 1/8" in done.stdout
    assert done.stderr == ""
    again = hocvu(place, "chat", say="tiep tuc\n")
    assert "Công cụ tra cứu thì khác." in again.stdout


@pytest.mark.slow
def test_without_input_the_tutor_greets(place: Path) -> None:
    assert "Trợ giảng số" in hocvu(place, "chat").stdout


@pytest.mark.slow
def test_the_terminals_language_is_the_first_one(place: Path) -> None:
    done = hocvu(place, "chat", LC_ALL="fr_FR.UTF-8")
    assert "Bonjour" in done.stdout


@pytest.mark.slow
def test_bytes_that_are_no_text_do_not_end_the_conversation(place: Path) -> None:
    done = subprocess.run(
        [HOCVU, "chat"],
        cwd=place,
        input=b"hello\n\xff\xfe\x00\n1\n",
        env=environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0
    assert "C6 · Bài 1/8" in done.stdout.decode()


@pytest.mark.slow
def test_a_replay_is_checked(place: Path) -> None:
    script = place / "talk.txt"
    script.write_text("(language: vi, seed: 1)\nlearner: hello\n", encoding="utf-8")
    played = hocvu(place, "chat", "--replay", "talk.txt").stdout
    assert "tutor: Kính chào" in played
    assert hocvu(place, "chat", "--replay", "talk.txt", "--check").returncode == 1
    script.write_text(played, encoding="utf-8")
    assert hocvu(place, "chat", "--replay", "talk.txt", "--check").returncode == 0
    assert not (place / "var").exists()  # a replay stays in memory


@pytest.mark.slow
def test_a_replay_on_a_database_begins_when_told(place: Path) -> None:
    (place / "talk.txt").write_text("learner: hello\nlearner: 1\n", encoding="utf-8")
    told = ("chat", "--replay", "talk.txt", "--db", "talk.db", "--now", "2026-12-01T09:00")
    assert hocvu(place, *told).returncode == 0
    assert (place / "talk.db").exists()


def test_a_transcript_that_cannot_be_read_names_the_line(place: Path) -> None:
    (place / "talk.txt").write_text("learner: hello\n-- tomorrow\n", encoding="utf-8")
    done = hocvu(place, "chat", "--replay", "talk.txt")
    assert done.returncode == 2
    assert "line 2" in done.stderr


@pytest.mark.parametrize("command", ["chat", pytest.param("serve", marks=pytest.mark.slow)])
def test_a_file_that_is_no_database_is_a_sentence(place: Path, command: str) -> None:
    (place / "x.db").write_text("not a database at all, but long enough to be one" * 50)
    done = hocvu(place, command, HOCVU_DATABASE_URL="sqlite+aiosqlite:///x.db")
    assert done.returncode == 1
    assert "x.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named(place: Path) -> None:
    done = hocvu(place, "settings", HOCVU_WEB_PORT="many", HOCVU_TIMEZONE="Mars/Base")
    assert done.returncode == 2
    assert "HOCVU_WEB_PORT" in done.stderr
    assert "HOCVU_TIMEZONE" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HOCVU_TELEGRAM_MODE", "webhook", "needs HOCVU_TELEGRAM_WEBHOOK_URL"),
        ("HOCVU_TELEGRAM_WEBHOOK_URL", "https://example.org/", "/telegram/webhook"),
        ("HOCVU_TELEGRAM_WEBHOOK_SECRET", "bí mật", "A-Z a-z 0-9"),
        ("HOCVU_TELEGRAM_API_URL", "telegram.org", "https://api.telegram.org"),
        ("HOCVU_TELEGRAM_RATE", "0", "HOCVU_TELEGRAM_RATE"),
    ],
)
def test_what_telegram_cannot_use_is_a_sentence(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Wrong, match=re.escape(says)):
        read()


def test_settings_are_printed_without_passwords(place: Path) -> None:
    url = "postgresql+asyncpg://me:hidden@127.0.0.1/x"
    token = "123456:AAEhBOweik6ad6PsVukTestTestTest0001"
    done = hocvu(place, "settings", "--json", HOCVU_DATABASE_URL=url, HOCVU_TELEGRAM_TOKEN=token)
    values = json.loads(done.stdout)
    assert values["HOCVU_WEB_PORT"] == "8000"
    assert values["HOCVU_TELEGRAM_TOKEN"] == "***"
    assert values["HOCVU_TELEGRAM_WEBHOOK_SECRET"] == ""
    assert "hidden" not in done.stdout


@pytest.mark.slow
def test_a_broken_course_is_named_line_by_line(place: Path) -> None:
    course = place / "mine"
    course.mkdir()
    (course / "course.md").write_text("---\nid: mine\n---\n", encoding="utf-8")
    done = hocvu(place, "course", "check", "mine")
    assert done.returncode == 1
    assert "mine/course.md:" in done.stdout
    assert hocvu(place, "course", "publish", "mine").returncode == 1


@pytest.mark.parametrize(
    "sign",
    [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)],
    ids=lambda sign: sign.name,
)
def test_serve_answers_and_ends_cleanly(place: Path, sign: signal.Signals) -> None:
    with serving(place) as (process, address):
        assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
        assert "Trợ giảng số" in httpx.get(address).text
        process.send_signal(sign)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "Traceback" not in errors
    with serving(place) as (_, address):  # at once: the first one gave its lease back
        assert httpx.get(f"{address}/healthz").status_code == 200


@pytest.mark.slow
def test_a_second_server_on_the_same_database_refuses(place: Path) -> None:
    with serving(place):
        done = hocvu(place, "serve", HOCVU_WEB_PORT="0")
        assert done.returncode == 1
        assert "another" in done.stderr


@pytest.mark.slow
def test_after_kill_9_the_next_server_takes_over(place: Path) -> None:
    with serving(place) as (process, _):
        process.kill()
        process.communicate()
    with serving(place) as (process, address):
        assert httpx.get(f"{address}/healthz").status_code == 200


@pytest.mark.slow
def test_a_taken_port_is_a_sentence(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = hocvu(place, "serve", HOCVU_WEB_PORT=port)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
