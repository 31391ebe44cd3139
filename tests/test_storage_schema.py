"""Schemas: migrations make what the tables say, older files are copied first."""

import asyncio
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner

from bot.cli.db import app
from lessons.messages import Said
from lessons.ports import Saving
from storage import schema
from storage.engine import database
from storage.tables import metadata
from tests.storage_desk import AN, HOME, NOW, SOON, at, make_folder, opened, raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "hocvu.db"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def copies(path: Path) -> list[Path]:
    return list(path.parent.glob("*.bak"))


async def migrated(url: str, work: Callable[..., Any], *words: str) -> None:
    opened = database(url)
    try:
        await opened.write(lambda connection: work(connection, *words))
    finally:
        await opened.close()


class TestSchema:
    def test_head_is_the_newest_revision(self) -> None:
        assert schema.revisions()[0] == schema.HEAD

    async def test_a_new_file_is_what_the_migrations_make(self, path: Path) -> None:
        async with opened(at(path)):
            pass
        other = path.with_name("migrated.db")
        await migrated(at(other), schema.upgrade)
        assert tables_of(path) == tables_of(other)
        assert "alembic_version" in {name for _, name, _ in tables_of(path)}

    async def test_the_migrations_make_what_the_tables_say(self, path: Path) -> None:
        make_folder(path.parent)
        await agrees(at(path))

    @pytest.mark.slow
    async def test_on_postgresql_too(self, postgres_url: str) -> None:
        await agrees(postgres_url)

    async def test_a_new_file_opens_at_once_and_is_its_owners_only(self, path: Path) -> None:
        begun = time.perf_counter()
        async with opened(at(path)):
            assert time.perf_counter() - begun < 0.5
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)

    async def test_rows_come_along_up_and_down(self, path: Path) -> None:
        make_folder(path.parent)
        await carries_rows(at(path))

    @pytest.mark.slow
    async def test_rows_come_along_on_postgresql_too(self, postgres_url: str) -> None:
        await carries_rows(postgres_url)

    async def test_an_older_file_is_copied_then_migrated(self, path: Path) -> None:
        async with opened(at(path)):
            pass
        await migrated(at(path), schema.downgrade, "base")
        with raw(path) as other:
            other.execute("CREATE TABLE left_over (x)")
        async with opened(at(path)) as store:
            await store.save(Saving(AN, HOME, NOW))
        (copy,) = copies(path)
        assert copy.name == f"hocvu.db.before-{schema.HEAD}-20261123T010000Z.bak"
        assert mode(copy) == 0o600
        assert {name for _, name, _ in tables_of(copy)} == {"alembic_version", "left_over"}

    def test_the_commands(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOCVU_DATABASE_URL", at(path))
        monkeypatch.chdir(path.parent.parent)
        assert ran("check") == (1, f"hocvu: {path}: there is no such file yet: {UPGRADE}\n")
        assert ran("upgrade") == (0, f"up to date: {schema.HEAD}\n")
        assert ran("check") == (0, f"up to date: {schema.HEAD}\n")
        asyncio.run(migrated(at(path), schema.downgrade, "base"))
        assert ran("check") == (
            1,
            f"to be upgraded from nothing to {schema.HEAD}: hocvu db upgrade\n",
        )
        code, told = ran("upgrade")
        assert (code, told.splitlines()[1]) == (0, f"up to date: {schema.HEAD}")
        assert Path(told.splitlines()[0].removeprefix("the file as it was: ")).exists()


UPGRADE = "hocvu db upgrade makes it"


def ran(word: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [word])
    return done.exit_code, done.output


def tables_of(path: Path) -> list[tuple[str, str, str]]:
    """Type, name and SQL; a column that was added later has no line of its own there."""
    with raw(path) as connection:
        found = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL"
            " AND name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        )
        return [(kind, name, " ".join(sql.split())) for kind, name, sql in found]


async def agrees(url: str) -> None:
    """Up, down and up again; then Alembic sees no difference to storage/tables.py."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differences(connection: Any) -> list[Any]:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(found, metadata)

    opened = database(url)
    try:
        await opened.write(schema.migrate)
        await opened.write(lambda connection: schema.downgrade(connection, "base"))
        await opened.write(schema.upgrade)
        assert await opened.read(differences) == []
    finally:
        await opened.close()


# Somebody who was told one thing and is to be told another, as the first schema holds it.
OF_0001 = (
    """INSERT INTO learner (id, version, language, timezone, consent, form, form_asked, course,
        begun, done, remind_asked, snoozed, stamp, offered, place)
    VALUES ('an', 1, 'vi', 'Asia/Ho_Chi_Minh', 'yes', 'bạn', TRUE, '', '{}', '[]', TRUE, FALSE, 0,
        '[]', '{"place": "Resting", "format": 1}')""",
    """INSERT INTO address (platform, chat, learner_id, active_at)
    VALUES ('web', 'a', 'an', '2026-11-23 01:00:00')""",
    """INSERT INTO message (learner_id, platform, chat, text, choices, kind, status, at, owner)
    VALUES ('an', 'web', 'a', 'xin chào', '[]', 'reply', 'sent', '2026-11-23 01:00:00', ''),
        ('an', 'web', 'a', 'học nhé', '[]', 'reminder', 'queued', '2026-11-23 01:00:00', '')""",
)


async def carries_rows(url: str) -> None:
    """Filled at the first revision, brought up, used, and down again."""

    def fill(connection: Connection) -> None:
        for statement in OF_0001:
            connection.exec_driver_sql(statement)

    def texts(connection: Connection) -> list[str]:
        rows = connection.exec_driver_sql("SELECT text FROM message ORDER BY id")
        return [row.text for row in rows]

    found = database(url)
    try:
        await found.write(lambda connection: schema.upgrade(connection, "0001"))
        await found.write(fill)
        async with opened(url) as store:
            learner = await store.learner(HOME)
            assert learner is not None
            assert [sent.said.text for sent in await store.claim("web", "one", NOW, SOON, 5)] == [
                "học nhé"
            ]
            await store.save(Saving(learner, HOME, NOW, says=(Said("tiếp tục"),)))
            await store.left(HOME, NOW)
        await found.write(lambda connection: schema.downgrade(connection, "0001"))
        assert await found.read(texts) == ["xin chào", "học nhé", "tiếp tục"]
        assert await found.read(schema.state) == schema.State("older", "0001")
    finally:
        await found.close()
