"""What becomes of a message after it was taken to be sent, and a chat's history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from lessons.messages import Address, Sent
from lessons.ports import Outcome
from storage.lines import FINAL, TOLD
from storage.rows import line_from
from storage.tables import metadata

MESSAGE = metadata.tables["message"]
_ID = MESSAGE.c.id == bindparam("message")
_STATE = ("status", "not_before", "owner", "until", "sent_at", "reference")
_SHOWN = (
    *("id", "platform", "chat", "text", "choices", "kind", "status", "at"),
    *("extra", "parts"),
)

_BEGIN = (
    MESSAGE.update()
    .where(_ID, MESSAGE.c.until > bindparam("now"))
    .values(status="sending", parts=bindparam("arrived"))
)
_CLAIMED = MESSAGE.c.status == "claimed"
_OF_OWNER = MESSAGE.c.owner == bindparam("whose")
BEGIN_SENDING = _BEGIN.where(_CLAIMED)
BEGIN_SENDING_OF = _BEGIN.where(_CLAIMED, _OF_OWNER)
SEND_ON = _BEGIN.where(MESSAGE.c.status.in_(["claimed", "sending"]), _OF_OWNER)
SETTLE = (
    MESSAGE.update()
    .where(_ID, MESSAGE.c.status.not_in(FINAL))
    .values({name: bindparam(name) for name in _STATE})
)
_CHAT = (
    select(*(MESSAGE.c[name] for name in _SHOWN))
    .where(
        MESSAGE.c.platform == bindparam("platform_"),
        MESSAGE.c.chat == bindparam("chat_"),
        MESSAGE.c.id > bindparam("after"),
        MESSAGE.c.text != "",
        MESSAGE.c.kind.in_(TOLD),
    )
    .limit(bindparam("at_most"))
)
NEXT_OF_CHAT = _CHAT.order_by(MESSAGE.c.id)
NEWEST_OF_CHAT = _CHAT.order_by(MESSAGE.c.id.desc())
NEWEST = select(func.max(MESSAGE.c.id))


def sending(connection: Connection, message: int, now: datetime, owner: str, parts: int) -> bool:
    given = {"message": message, "now": now, "arrived": parts}
    if not owner:
        return connection.execute(BEGIN_SENDING, given).rowcount == 1
    begin = SEND_ON if parts else BEGIN_SENDING_OF
    return connection.execute(begin, {**given, "whose": owner}).rowcount == 1


def settle(
    connection: Connection,
    message: int,
    outcome: Outcome,
    now: datetime,
    not_before: datetime | None,
    reference: str,
) -> None:
    state = {
        "status": outcome,
        "not_before": not_before,
        "owner": "",
        "until": None,
        "sent_at": now if outcome == "sent" else None,
        "reference": reference or None,
    }
    connection.execute(SETTLE, {"message": message, **state})


def history(connection: Connection, address: Address, after: int, limit: int) -> Sequence[Sent]:
    given = {"platform_": address.platform, "chat_": address.chat, "at_most": limit}
    statement = NEXT_OF_CHAT if after else NEWEST_OF_CHAT
    rows = connection.execute(statement, {**given, "after": after}).mappings().all()
    return [line_from(row).shown() for row in (rows if after else reversed(rows))]


def newest(connection: Connection) -> int:
    return connection.execute(NEWEST).scalar() or 0
