"""One text to many: whom it goes to, their rows in bulk, how far it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, null, select, tuple_

from lessons.broadcasts import Announcement, Listener, Tally
from lessons.messages import Address
from lessons.ports import Repeated
from storage.columns import OF_BROADCAST
from storage.lines import OPEN, UNBEGUN, announcement
from storage.people import ADDRESS, LEARNER, LIMIT, MESSAGE, REACHED
from storage.rows import line_row
from storage.tables import INSERT, metadata

BROADCAST = metadata.tables["broadcast"]
_NAMED = BROADCAST.c.name == bindparam("named")
_SPREADING = BROADCAST.c.state == "spreading"
_ROWS = (MESSAGE.c.broadcast == bindparam("named")) & OF_BROADCAST

ANNOUNCE = {name: insert(BROADCAST).on_conflict_do_nothing() for name, insert in INSERT.items()}
UNSPREAD = (
    select(BROADCAST.c.name, BROADCAST.c.text)
    .where(_SPREADING)
    .order_by(BROADCAST.c.at, BROADCAST.c.name)
)
_CURSOR = select(BROADCAST.c.cursor).where(_NAMED, _SPREADING).scalar_subquery()
_LATER = ADDRESS.alias("later")
_ACTIVE, _LATER_ACTIVE = (
    tuple_(one.c.active_at, one.c.platform, one.c.chat) for one in (ADDRESS, _LATER)
)
LISTENERS = (
    select(
        *(LEARNER.c.id, LEARNER.c.language, LEARNER.c.timezone),
        *(ADDRESS.c.platform, ADDRESS.c.chat),
    )
    .join_from(LEARNER, ADDRESS, REACHED)
    .where(
        LEARNER.c.id > _CURSOR,
        LEARNER.c.consent == "yes",
        LEARNER.c.remind_asked.is_(True),
        ~exists().where(
            _LATER.c.learner_id == LEARNER.c.id,
            _LATER.c.gone_at.is_(None),
            _LATER_ACTIVE > _ACTIVE,
        ),
    )
    .order_by(LEARNER.c.id)
    .limit(LIMIT)
)
ADVANCE = (
    BROADCAST.update()
    .where(_NAMED, _SPREADING)
    .values(
        state=bindparam("state_"), cursor=func.coalesce(bindparam("cursor_"), BROADCAST.c.cursor)
    )
)
# Who is erased meanwhile gets no row; an erasure waits for those that are being written.
STILL_THERE = (
    select(LEARNER.c.id)
    .where(LEARNER.c.id.in_(bindparam("ids", expanding=True)))
    .with_for_update(read=True, key_share=True)
)
ADD_ROWS = {name: insert(MESSAGE).on_conflict_do_nothing() for name, insert in INSERT.items()}
STOP = BROADCAST.update().where(_NAMED).values(state="stopped")
_NOBODYS = {"owner": "", "until": null()}
CANCEL = (
    MESSAGE.update()
    .where(_ROWS, MESSAGE.c.status.in_(UNBEGUN))
    .values(status="cancelled", not_before=null(), **_NOBODYS)
)
RESEND = (
    MESSAGE.update()
    .where(_ROWS, MESSAGE.c.status == "unknown")
    .values(status="queued", not_before=bindparam("now"), **_NOBODYS)
)
STATE = select(BROADCAST.c.state).where(_NAMED)
COUNT = select(MESSAGE.c.status, func.count().label("rows")).where(_ROWS).group_by(MESSAGE.c.status)


def announce(connection: Connection, broadcast: str, text: str, now: datetime) -> None:
    row = {"name": broadcast, "text": text, "state": "spreading", "cursor": "", "at": now}
    if connection.execute(ANNOUNCE[connection.dialect.name], row).rowcount != 1:
        raise Repeated


def unspread(connection: Connection) -> Sequence[tuple[str, str]]:
    return [(row.name, row.text) for row in connection.execute(UNSPREAD)]


def listeners(connection: Connection, broadcast: str, limit: int) -> Sequence[Listener]:
    rows = connection.execute(LISTENERS, {"named": broadcast, "at_most": limit})
    return [
        Listener(row.id, row.language, row.timezone, Address(row.platform, row.chat))
        for row in rows
    ]


def spread(
    connection: Connection,
    broadcast: str,
    rows: Sequence[Announcement],
    last: bool,
    now: datetime,
) -> None:
    """The broadcast first: that waits for a stop under way."""
    ids = [row.listener.learner_id for row in rows]
    state = "spread" if last else "spreading"
    given = {"named": broadcast, "state_": state, "cursor_": ids[-1] if ids else None}
    if connection.execute(ADVANCE, given).rowcount != 1 or not rows:
        return
    there = set(connection.execute(STILL_THERE, {"ids": ids}).scalars())
    added = [
        line_row(announcement(broadcast, row, now))
        for row in rows
        if row.listener.learner_id in there
    ]
    if added:
        connection.execute(ADD_ROWS[connection.dialect.name], added)


def stop(connection: Connection, broadcast: str) -> int:
    connection.execute(STOP, {"named": broadcast})
    return connection.execute(CANCEL, {"named": broadcast}).rowcount


def resend_unknown(connection: Connection, broadcast: str, now: datetime) -> int:
    return connection.execute(RESEND, {"named": broadcast, "now": now}).rowcount


def tally(connection: Connection, broadcast: str) -> Tally | None:
    state = connection.execute(STATE, {"named": broadcast}).scalar()
    if state is None:
        return None
    counted = {row.status: row.rows for row in connection.execute(COUNT, {"named": broadcast})}
    queued = sum(counted.pop(status, 0) for status in OPEN)
    return Tally(state, queued, **counted)
