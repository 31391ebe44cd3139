"""What the tables are made of: kinds of columns, partial indexes, and one MetaData for all."""

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
    TextClause,
    text,
)
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
TO_FIT = text("fit_on IS NOT NULL")
IS_LEECH = text("lapses >= 8")
FOR_EVERYBODY = text("learner_id IS NULL")
OF_BROADCAST = text("broadcast <> ''")
WAITING = text("state = 'waiting'")
HANDLED = text("state = 'handled'")


class Row(SQLModel, registry=registry(metadata=metadata)):
    metadata = metadata


def json_row(before: TextClause | None = None) -> Any:
    """`before` is what the rows have that were there before the column was."""
    return Field(sa_column=Column(JSON_ROW, nullable=False, server_default=before))


def later(before: str) -> Any:
    return Field(sa_column_kwargs={"server_default": text(before)})


def only(name: str, *columns: str, where: TextClause) -> Index:
    """An index over the rows that are meant; a statement repeats the words of `where`."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def whose() -> Any:
    """The learner a row belongs to and is erased with; first in its table's primary key."""
    learner = ForeignKey("learner.id", ondelete="CASCADE")
    return Field(sa_column=Column(String(), learner, primary_key=True))
