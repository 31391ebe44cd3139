"""Taking messages to send, one statement per dialect: SQLite drops FOR UPDATE SKIP LOCKED silently.

A chat's messages leave in their order, so only its oldest open one is ever taken. Chats in which a
reply waits come first, then reminders, then broadcasts; within each the one that waits longest.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, TextualSelect, bindparam, text
from sqlmodel.sql.sqltypes import UTCDateTime

from lessons.messages import Kind, Sent
from lessons.ports import KINDS
from storage.columns import JSON_ROW, OPEN
from storage.lines import AGAIN_IF_UNKNOWN, LONGEST, Line
from storage.rows import line_from

# The words of Line.is_due, Line.holds and Line.ready (storage/lines.py).
_DUE = """(
    {0}.not_before IS NULL OR {0}.not_before <= :now
    OR {0}.kind <> 'broadcast' AND {0}.not_before > :far
)"""
_HOLDS = f"(e.kind = 'reply' OR e.status <> 'queued' OR {_DUE.format('e')})"
_READY_LINE = f"""(
    m.status = 'queued' AND {_DUE.format("m")}
    OR m.status IN ('claimed', 'sending')
    AND (m.until <= :now OR m.until > :far AND m.owner <> :owner)
)"""
# What waits, in its order: for each chat the first of this kind, which is found by walking an index
# until there are enough; the index itself tells whose time has not come. Then the oldest of that
# chat, of whatever kind, if its time has come. IS TRUE keeps planners from looking for the first of
# a chat among all of its kind.
_READY = f"""
    SELECT m.id FROM message AS w CROSS JOIN message AS m
    WHERE w.platform = :platform AND w.kind = :kind AND w.{OPEN}
    AND {_DUE.format("w")}
    AND w.id = (
        SELECT MIN(e.id) FROM message AS e
        WHERE e.platform = :platform AND e.chat = w.chat AND e.id <= w.id AND e.{OPEN}
        AND (e.kind = w.kind AND {_HOLDS}) IS TRUE
    )
    AND m.id = (
        SELECT MIN(e.id) FROM message AS e
        WHERE e.platform = :platform AND e.chat = w.chat AND e.id <= w.id AND e.{OPEN}
        AND {_HOLDS} IS TRUE
    )
    AND {_READY_LINE}
    ORDER BY w.id LIMIT :limit
"""
# What may have arrived and must not arrive twice becomes unknown instead (decision 0003).
_TAKE = f"""
    UPDATE message SET
        status = CASE WHEN message.status = 'sending' AND message.kind <> '{AGAIN_IF_UNKNOWN}'
            THEN 'unknown' ELSE 'claimed' END,
        owner = :owner, until = :until
    {{these}}
    RETURNING message.id, platform, chat, text, choices, kind, status, at, extra, parts
"""
_THESE = {
    "sqlite": f"WHERE message.id IN ({_READY})",
    "postgresql": f"""
        FROM ({_READY} FOR UPDATE OF m SKIP LOCKED) AS ready WHERE message.id = ready.id
    """,
}


def _claim(these: str) -> TextualSelect:
    moments = [bindparam(name, type_=UTCDateTime()) for name in ("now", "until", "far")]
    json: dict[str, Any] = {"choices": JSON_ROW, "extra": JSON_ROW}
    taken = text(_TAKE.format(these=these)).bindparams(*moments)
    return taken.columns(id=BigInteger(), at=UTCDateTime(), **json)


CLAIMS = {dialect: _claim(these) for dialect, these in _THESE.items()}


def claim(
    connection: Connection,
    platform: str,
    owner: str,
    now: datetime,
    until: datetime,
    limit: int,
    kinds: Sequence[Kind],
) -> Sequence[Sent]:
    """Take messages as ports.Outbox says."""
    far = now + LONGEST
    given = {"platform": platform, "owner": owner, "now": now, "until": until, "far": far}
    taken: list[Line] = []
    for kind in KINDS:
        if kind in kinds and (room := limit - len(taken)) > 0:
            wish = {**given, "kind": kind, "limit": room}
            rows = connection.execute(CLAIMS[connection.dialect.name], wish).mappings().all()
            found = sorted(map(line_from, rows), key=lambda line: line.id)  # RETURNING has no order
            taken += [line for line in found if line.status == "claimed"]
    return [line.shown() for line in taken]
