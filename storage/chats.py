"""What becomes of a message after it was taken to be sent, and a chat's history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from lessons.messages import Address, Sent
from lessons.ports import Outcome
from storage.rows import line_from
from storage.tables import metadata

MESSAGE = metadata.tables["message"]
_ID = MESSAGE.c.id == bindparam("message")
_STATE = ("status", "not_before", "owner", "until", "sent_at")
_SHOWN = ("id", "platform", "chat", "text", "choices", "kind", "status", "at")

BEGIN_SENDING = (
    MESSAGE.update()
    .where(_ID, MESSAGE.c.status == "claimed", MESSAGE.c.until > bindparam("now"))
    .values(status="sending")
)
BEGIN_SENDING_OF = BEGIN_SENDING.where(MESSAGE.c.owner == bindparam("whose"))
SETTLE = (
    MESSAGE.update()
    .where(_ID, MESSAGE.c.status.not_in(["heard", "sent"]))
    .values({name: bindparam(name) for name in _STATE})
)
_CHAT = (
    select(*(MESSAGE.c[name] for name in _SHOWN))
    .where(
        MESSAGE.c.platform == bindparam("platform_"),
        MESSAGE.c.chat == bindparam("chat_"),
        MESSAGE.c.id > bindparam("after"),
        MESSAGE.c.text != "",
        MESSAGE.c.kind != "other",
    )
    .limit(bindparam("at_most"))
)
NEXT_OF_CHAT = _CHAT.order_by(MESSAGE.c.id)
NEWEST_OF_CHAT = _CHAT.order_by(MESSAGE.c.id.desc())
NEWEST = select(func.max(MESSAGE.c.id))


def sending(connection: Connection, message: int, now: datetime, owner: str) -> bool:
    given = {"message": message, "now": now}
    if owner:
        changed = connection.execute(BEGIN_SENDING_OF, {**given, "whose": owner})
    else:
        changed = connection.execute(BEGIN_SENDING, given)
    return changed.rowcount == 1


def settle(
    connection: Connection,
    message: int,
    outcome: Outcome,
    now: datetime,
    not_before: datetime | None,
) -> None:
    state = {
        "status": outcome,
        "not_before": not_before,
        "owner": "",
        "until": None,
        "sent_at": now if outcome == "sent" else None,
    }
    connection.execute(SETTLE, {"message": message, **state})


def history(connection: Connection, address: Address, after: int, limit: int) -> Sequence[Sent]:
    given = {"platform_": address.platform, "chat_": address.chat, "at_most": limit}
    statement = NEXT_OF_CHAT if after else NEWEST_OF_CHAT
    rows = connection.execute(statement, {**given, "after": after}).mappings().all()
    return [line_from(row).shown() for row in (rows if after else reversed(rows))]


def newest(connection: Connection) -> int:
    return connection.execute(NEWEST).scalar() or 0
