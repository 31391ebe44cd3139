"""The tables, and nothing but the tables: rows are not the domain (storage/rows.py maps them).

Two ledgers stand apart: `practice` is private to its learner, `record` holds what was handed in.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field

from storage.columns import (
    BIG_ID,
    FOR_EVERYBODY,
    HANDLED,
    HAS_REFERENCE,
    IS_LEECH,
    JSON_ROW,
    NOTHING_MORE,
    OF_BROADCAST,
    OPEN,
    PLAIN,
    TO_FIT,
    WAITING,
    Row,
    json_row,
    later,
    metadata,
    only,
    whose,
)

__all__ = ["INSERT", "metadata"]


class LearnerRow(Row, table=True):
    __tablename__ = "learner"
    __table_args__ = (
        Index(None, "due_at"),
        only("ix_learner_fit_on", "fit_on", where=TO_FIT),
    )

    id: str = Field(primary_key=True)
    version: int
    language: str
    timezone: str
    consent: str
    form: str
    form_asked: bool
    course: str
    begun: dict[str, Any] = json_row()
    done: list[str] = json_row()
    remind_at: time | None
    remind_asked: bool
    due_at: datetime | None
    snoozed: bool
    studied_on: date | None
    active_at: datetime | None
    stamp: int
    offered: list[Any] = json_row()
    place: dict[str, Any] = json_row()
    rhythm: dict[str, Any] = json_row(NOTHING_MORE)
    calendar: str = later("''")
    exams: dict[str, Any] = json_row(NOTHING_MORE)
    pace: dict[str, Any] = json_row(NOTHING_MORE)
    weights: int = later("0")
    fit_on: date | None
    before: dict[str, Any] | None = Field(sa_column=Column(JSON_ROW, nullable=True))
    finished_on: dict[str, Any] = json_row(NOTHING_MORE)


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
    __table_args__ = (
        Index(None, "learner_id", "due"),
        only("ix_item_leech", "item", where=IS_LEECH),
    )

    learner_id: str = whose()
    item: str = Field(sa_column=Column(PLAIN, primary_key=True))
    stability: float
    difficulty: float
    due: date
    last: date
    reviews: int
    lapses: int
    passes: int = later("0")
    version: int = later("0")


class FactRow(Row, table=True):
    """Facts but answers. `turn` is the learner's version they were saved with, `n` their order."""

    __tablename__ = "fact"

    learner_id: str = whose()
    turn: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    at: datetime
    name: str
    fields: dict[str, Any] = Field(sa_column=Column("fields", JSON_ROW, nullable=False))


class PracticeRow(Row, table=True):
    """The practice ledger: every answer, numbered as facts are."""

    __tablename__ = "practice"

    learner_id: str = whose()
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
    day: str = later("''")
    target: float = later("0")
    due: str = later("''")
    anew: bool = later("false")


class FitRow(Row, table=True):
    """Parameters of the memory, fitted to one learner or to everybody; never changed."""

    __tablename__ = "fit"
    __table_args__ = (
        only("ix_fit_everybody", "id", where=FOR_EVERYBODY),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    learner_id: str | None = Field(foreign_key="learner.id", ondelete="CASCADE", index=True)
    algorithm: str
    parameters: list[float] = json_row()
    reviews: int
    loss_before: float
    loss_after: float
    at: datetime


class RecordRow(Row, table=True):
    """The record ledger: results that a learner handed in. Empty until there are formal tests."""

    __tablename__ = "record"

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    learner_id: str = Field(index=True)
    course: str
    at: datetime
    result: dict[str, Any] = json_row()


class MessageRow(Row, table=True):
    """What was heard and said: a chat in its order, as storage/lines.py describes it."""

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "platform", "chat", "id"),
        only("ix_message_open", "platform", "kind", "id", "not_before", where=OPEN),
        only("ix_message_open_chat", "platform", "chat", "id", where=OPEN),
        only("ix_message_reference", "platform", "reference", where=HAS_REFERENCE),
        only("ix_message_broadcast", "broadcast", "status", where=OF_BROADCAST),
        {"sqlite_autoincrement": True},  # an erased id is never given again
    )

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    learner_id: str = Field(index=True)
    platform: str
    chat: str
    text: str
    choices: list[Any] = json_row()
    kind: str
    status: str
    at: datetime
    key: str | None = Field(unique=True)
    not_before: datetime | None
    owner: str
    until: datetime | None
    sent_at: datetime | None
    extra: dict[str, Any] = json_row(NOTHING_MORE)
    parts: int = later("0")
    reference: str | None
    broadcast: str = later("''")


class InboxRow(Row, table=True):
    """An update of a platform; only its name stays when it was handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "update"),
        only("ix_inbox_waiting", "platform", "number", "id", where=WAITING),
        only("ix_inbox_handled", "at", where=HANDLED),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(sa_column=Column(BIG_ID, primary_key=True))
    platform: str
    update: str
    number: int = Field(sa_column=Column(BigInteger(), nullable=False))  # 0: the name is no number
    heard: dict[str, Any] = json_row()
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
    files: dict[str, Any] = json_row()
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
