"""Whether a database has this program's tables, and bringing it there.

Alembic is imported only when there is something to migrate: most starts need one look.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
    text,
)

from lessons.ports import Unavailable
from storage.engine import Database, File, database
from storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"  # the newest revision in migrations/versions
MIGRATIONS = Path(__file__).parent / "migrations"
# As Alembic makes it.
VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4600101)")  # a number of our own

Condition = Literal["empty", "older", "current", "newer", "foreign"]


@dataclass(frozen=True, slots=True)
class State:
    """What is found in a database, and the revision it is at, if any."""

    condition: Condition
    revision: str = ""


def state(connection: Connection) -> State:
    """Looks and changes nothing."""
    tables = set(inspect(connection).get_table_names())
    if VERSION.name in tables:
        revision = connection.execute(select(VERSION.c.version_num)).scalar() or ""
        if revision == HEAD:
            return State("current", revision)
        return State("older" if revision in {"", *revisions()} else "newer", revision)
    ours = tables & metadata.tables.keys()
    strange = tables if connection.dialect.name == "sqlite" else ours
    return State("foreign" if strange else "empty")


def revisions() -> list[str]:
    """The revisions this program knows, newest first."""
    from alembic.script import ScriptDirectory

    return [one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()]


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def migrate(connection: Connection) -> None:
    """Bring the database of a transaction to HEAD. Whoever comes second finds it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(ONE_AT_A_TIME)
    found = state(connection)
    if found.condition == "empty" and connection.dialect.name == "sqlite":
        # The same as the migrations make (tested), without the time to import Alembic.
        metadata.create_all(connection, checkfirst=False)
        VERSION.create(connection)
        connection.execute(VERSION.insert(), {"version_num": HEAD})
    elif found.condition in ("empty", "older"):
        upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> None:
    from alembic import command

    command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    from alembic import command

    command.downgrade(_config(connection), to)


async def look(opened: Database) -> State:
    """The state of a database. Raises Unavailable when this program must not touch it."""
    found = await opened.read(state)
    if found.condition == "newer":
        raise Unavailable(
            f"{opened.where}: made by a newer HocVu: its schema is {found.revision}, "
            f"this program knows {HEAD}"
        )
    if found.condition == "foreign":
        raise Unavailable(f"{opened.where}: holds tables that are not HocVu's")
    return found


async def bring_up_to_date(opened: Database, now: datetime) -> Path | None:
    """Make or migrate the tables. The copy that was made before, if any. Raises Unavailable."""
    if isinstance(opened, File):
        opened.make()
    found = await look(opened)
    if found.condition == "current":
        return None
    copy = None
    if found.condition == "older" and isinstance(opened, File):
        copy = await opened.copy(f"before-{HEAD}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.bak")
    await opened.write(migrate)
    return copy


async def upgrade_by_hand(url: str, now: datetime) -> Path | None:
    """As at every start: the copy that was made before, if any. Raises Unavailable."""
    opened = database(url)
    try:
        return await bring_up_to_date(opened, now)
    finally:
        await opened.close()


async def check(url: str) -> State:
    """The state of the database at a URL, after a look for damage. Raises Unavailable."""
    opened = database(url)
    if isinstance(opened, File) and opened.path is not None and not opened.path.exists():
        raise Unavailable(f"{opened.where}: there is no such file yet: hocvu db upgrade makes it")
    try:
        if (damage := await opened.read(_damage)) is not None:
            raise Unavailable(f"{opened.where}: it is damaged: {damage}")
        return await look(opened)
    finally:
        await opened.close()


def _damage(connection: Connection) -> str | None:
    """What SQLite finds wrong with its file."""
    if connection.dialect.name != "sqlite":
        return None
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        return str(found)
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return None if orphan is None else f"a row of {orphan[0]} belongs to nobody"
