"""Taking messages to send, one statement per dialect: SQLite drops FOR UPDATE SKIP LOCKED silently.

A chat's messages leave in their order, so only its oldest open one is ever taken. Chats in which a
reply waits come first, then reminders, then broadcasts; within each the oldest.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, TextualSelect, bindparam, text
from sqlmodel.sql.sqltypes import UTCDateTime

from lessons.messages import Sent
from storage.lines import AGAIN_IF_UNKNOWN, URGENCY, Line
from storage.rows import line_from
from storage.tables import JSON_ROW

# The open ones, as the partial indexes have it; then those whose time has come.
_READY = """
    SELECT m.id FROM message AS m
    WHERE m.platform = :platform AND m.status IN ('queued', 'claimed', 'sending') {among}
    AND (
        m.status = 'queued' AND (m.not_before IS NULL OR m.not_before <= :now)
        OR m.status <> 'queued' AND m.until <= :now
    )
    AND NOT EXISTS (
        SELECT 1 FROM message AS e
        WHERE e.platform = :platform AND e.chat = m.chat AND e.id < m.id
        AND e.status IN ('queued', 'claimed', 'sending')
    )
    ORDER BY {order} LIMIT :limit
"""
_WHERE_A_REPLY_WAITS = """
    AND m.chat IN (
        SELECT r.chat FROM message AS r
        WHERE r.platform = :platform AND r.kind = 'reply'
        AND r.status IN ('queued', 'claimed', 'sending')
    )
"""
# What may have arrived and must not arrive twice becomes unknown instead (decision 0003).
_TAKE = f"""
    UPDATE message SET
        status = CASE WHEN message.status = 'sending' AND message.kind <> '{AGAIN_IF_UNKNOWN}'
            THEN 'unknown' ELSE 'claimed' END,
        owner = :owner, until = :until
    {{these}}
    RETURNING message.id, platform, chat, text, choices, kind, status, at
"""
_THESE = {
    "sqlite": "WHERE message.id IN ({ready})",
    "postgresql": "FROM ({ready} FOR UPDATE SKIP LOCKED) AS ready WHERE message.id = ready.id",
}


def _claim(dialect: str, among: str, order: str) -> TextualSelect:
    these = _THESE[dialect].format(ready=_READY.format(among=among, order=order))
    moments = [bindparam(name, type_=UTCDateTime()) for name in ("now", "until")]
    columns: dict[str, Any] = {"id": BigInteger(), "choices": JSON_ROW, "at": UTCDateTime()}
    return text(_TAKE.format(these=these)).bindparams(*moments).columns(**columns)


# kinds sort backwards by urgency: reply, reminder, broadcast
CLAIMS = {
    dialect: [
        _claim(dialect, _WHERE_A_REPLY_WAITS, "m.id"),
        _claim(dialect, "", "m.kind DESC, m.id"),
    ]
    for dialect in _THESE
}
# RETURNING has no order of its own
ORDERS: list[Callable[[Line], tuple[int, int]]] = [
    lambda line: (0, line.id),
    lambda line: (URGENCY.index(line.kind), line.id),
]


def claim(
    connection: Connection, platform: str, owner: str, now: datetime, until: datetime, limit: int
) -> Sequence[Sent]:
    """Take messages as ports.Outbox says."""
    given = {"platform": platform, "owner": owner, "now": now, "until": until}
    taken: list[Line] = []
    for statement, order in zip(CLAIMS[connection.dialect.name], ORDERS, strict=True):
        if (room := limit - len(taken)) > 0:
            rows = connection.execute(statement, {**given, "limit": room}).mappings().all()
            found = sorted(map(line_from, rows), key=order)
            taken += [line for line in found if line.status == "claimed"]
    return [line.shown() for line in taken]
