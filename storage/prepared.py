"""Statements of every message, compiled once: SQLAlchemy writes them, the driver gets them as text.

Core works out anew at each call what is always the same; for the statements of a message that was a
sixth of the time (measured). Everything else in this folder is plain Core.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Float, Select
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement in the words of one dialect, and how its parameters and columns are converted."""

    text: str
    parameters: tuple[tuple[str, Convert | None], ...]
    columns: tuple[tuple[str, Convert | None], ...]
    statement: Select[Any] | UpdateBase  # what SQLAlchemy was given; a benchmark runs it as it is

    def run(self, connection: Connection, row: Values) -> CursorResult[Any]:
        return connection.exec_driver_sql(self.text, self._given(row))

    def run_all(self, connection: Connection, rows: Iterable[Values]) -> None:
        connection.exec_driver_sql(self.text, [self._given(row) for row in rows])

    def first(self, connection: Connection, row: Values) -> dict[str, Any] | None:
        """The first row found, column to value."""
        found = self.run(connection, row).first()
        if found is None:
            return None
        return {
            name: value if convert is None or value is None else convert(value)
            for (name, convert), value in zip(self.columns, found, strict=True)
        }

    def _given(self, row: Values) -> tuple[Any, ...]:
        return tuple(
            row[name] if convert is None else convert(row[name])
            for name, convert in self.parameters
        )


class Statement:
    """A statement whose parameters are `names`; prepared when a dialect first asks for it."""

    def __init__(
        self, write: Callable[[Dialect], Select[Any] | UpdateBase], names: Iterable[str] = ()
    ) -> None:
        self._write = write
        self._names = list(names)
        self._prepared: dict[str, Prepared] = {}

    def of(self, connection: Connection) -> Prepared:
        dialect = connection.dialect
        if dialect.name not in self._prepared:
            self._prepared[dialect.name] = self._prepare(dialect)
        return self._prepared[dialect.name]

    def _prepare(self, dialect: Dialect) -> Prepared:
        statement = self._write(dialect)
        compiled: Any = statement.compile(dialect=dialect, column_keys=self._names or None)
        parameters = tuple(
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        )
        columns = tuple(
            (column.name, _reader(column.type, dialect))
            for column in (statement.selected_columns if isinstance(statement, Select) else ())
        )
        return Prepared(str(compiled), parameters, columns, statement)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """What makes a value of a column; every driver gives a float as it is."""
    if isinstance(kind, Float):
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)
