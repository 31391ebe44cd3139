"""The tables, and nothing but the tables: rows are not the domain (storage/rows.py maps them).

Two ledgers stand apart: `practice` is private to its learner, `record` holds what was handed in.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
JSON_ROW = JSON().with_variant(JSONB(), "postgresql")
BIG_ID = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by INTEGER only
PLAIN = String().with_variant(String(collation="C"), "postgresql")  # sorts the same everywhere
OPEN = text("status IN ('queued', 'claimed', 'sending')")
NOTHING_MORE = text("'{}'")
HAS_REFERENCE = text("reference IS NOT NULL")
OF_BROADCAST = text("broadcast <> ''")
WAITING = text("state = 'waiting'")
HANDLED = text("state = 'handled'")


class Row(SQLModel, registry=registry(metadata=metadata)):
    metadata = metadata


def _json(before: TextClause | None = None) -> Any:
    """`before` is what the rows have that were there before the column was."""
    return Field(sa_column=Column(JSON_ROW, nullable=False, server_default=before))


def _later(before: str) -> Any:
    return Field(sa_column_kwargs={"server_default": text(before)})


def _only(name: str, *columns: str, where: TextClause) -> Index:
    """An index over the rows that are meant; a statement repeats the words of `where`."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def _learner_id() -> Any:
    """The learner a row belongs to and is erased with; first in its table's primary key."""
    learner = ForeignKey("learner.id", ondelete="CASCADE")
    return Field(sa_column=Column(String(), learner, primary_key=True))


class LearnerRow(Row, table=True):
    __tablename__ = "learner"
    __table_args__ = (Index(None, "due_at"),)

    id: str = Field(primary_key=True)
    version: int
    language: str
    timezone: str
    consent: str
    form: str
    form_asked: bool
    course: str
    begun: dict[str, Any] = _json()
    done: list[str] = _json()
    remind_at: time | None
    remind_asked: bool
    due_at: datetime | None
    snoozed: bool
    studied_on: date | None
    reminded_on: date | None
    active_at: datetime | None
    stamp: int
    offered: list[Any] = _json()
    place: dict[str, Any] = _json()


class AddressRow(Row, table=True):
    __tablename__ = "address"

    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    learner_id: str = Field(foreign_key="learner.id", ondelete="CASCADE", index=True)
    active_at: datetime
    gone_at: datetime | None  # since when it cannot be written to


class ItemRow(Row, table=True):
    """One question as one learner's memory sees it."""

    __tablename__ = "item"
    __table_args__ = (Index(None, "learner_id", "due"),)

    learner_id: str = _learner_id()
    item: str = Field(sa_column=Column(PLAIN, primary_key=True))
    stability: float
    difficulty: float
    due: date
    last: date
    reviews: int
    lapses: int


class FactRow(Row, table=True):
    """Facts but answers. `turn` is the learner's version they were saved with, `n` their order."""

    __tablename__ = "fact"

    learner_id: str = _learner_id()
    turn: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    at: datetime
    name: str
    fields: dict[str, Any] = Field(sa_column=Column("fields", JSON_ROW, nullable=False))


class PracticeRow(Row, table=True):
    """The practice ledger: every answer, numbered as facts are."""

    __tablename__ = "practice"

    learner_id: str = _learner_id()
    turn: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    at: datetime
    item: str
    version: int
    kind: str
    answer: str
    score: float
    tries: int
    grade: int
    misconception: str
    seconds: float


class RecordRow(Row, table=True):
    """The record ledger: results that a learner handed in. Empty until there are formal tests."""

    __tablename__ = "record"

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    learner_id: str = Field(index=True)
    course: str
    at: datetime
    result: dict[str, Any] = _json()


class MessageRow(Row, table=True):
    """What was heard and said: a chat in its order, as storage/lines.py describes it."""

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "platform", "chat", "id"),
        _only("ix_message_open", "platform", "kind", "id", "not_before", where=OPEN),
        _only("ix_message_open_chat", "platform", "chat", "id", where=OPEN),
        _only("ix_message_reference", "platform", "reference", where=HAS_REFERENCE),
        _only("ix_message_broadcast", "broadcast", "status", where=OF_BROADCAST),
        {"sqlite_autoincrement": True},  # an erased id is never given again
    )

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    learner_id: str = Field(index=True)
    platform: str
    chat: str
    text: str
    choices: list[Any] = _json()
    kind: str
    status: str
    at: datetime
    key: str | None = Field(unique=True)
    not_before: datetime | None
    owner: str
    until: datetime | None
    sent_at: datetime | None
    extra: dict[str, Any] = _json(NOTHING_MORE)
    parts: int = _later("0")
    reference: str | None
    broadcast: str = _later("''")


class InboxRow(Row, table=True):
    """An update of a platform; only its name stays when it was handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "update"),
        _only("ix_inbox_waiting", "platform", "number", "id", where=WAITING),
        _only("ix_inbox_handled", "at", where=HANDLED),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    platform: str
    update: str
    number: int = Field(sa_column=Column(BigInteger(), nullable=False))  # 0: the name is no number
    heard: dict[str, Any] = _json()
    state: str
    tries: int
    at: datetime


class BroadcastRow(Row, table=True):
    """One text to many. `cursor` is the last learner who has a row of it."""

    __tablename__ = "broadcast"
    __table_args__ = (Index(None, "state", "at"),)

    name: str = Field(primary_key=True)
    text: str
    state: str
    cursor: str
    at: datetime


class CourseRow(Row, table=True):
    """A course at one version, as its files; never changed."""

    __tablename__ = "course"

    id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    files: dict[str, Any] = _json()
    published_at: datetime


class CodeRow(Row, table=True):
    """A linking code: only its SHA-256 is kept."""

    __tablename__ = "code"

    hash: str = Field(primary_key=True)
    learner_id: str = Field(foreign_key="learner.id", ondelete="CASCADE", index=True)
    until: datetime


class KeptRow(Row, table=True):
    """A secret of this installation."""

    __tablename__ = "kept"

    name: str = Field(primary_key=True)
    value: str


class LeaseRow(Row, table=True):
    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    until: datetime


# The inserts that know ON CONFLICT, by dialect.
INSERT: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
