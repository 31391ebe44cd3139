"""Whether a chat can be written to: left, back again, moved."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, null, select
from sqlalchemy.exc import IntegrityError

from lessons.messages import Address
from lessons.ports import Stale
from storage.columns import OPEN
from storage.lines import UNBEGUN
from storage.people import ADDRESS, HERE, HOLDER, MESSAGE, here, leave
from storage.prepared import Statement

_GONE = select(ADDRESS.c.gone_at).where(HERE)
GONE = Statement(lambda _: _GONE)
LEFT = ADDRESS.update().where(HERE).values(gone_at=bindparam("now"))
BACK = ADDRESS.update().where(HERE).values(gone_at=null())
MOVE = ADDRESS.update().where(HERE).values(chat=bindparam("new_chat"), gone_at=null())
DROP = ADDRESS.delete().where(HERE)
_MESSAGES_HERE = (
    MESSAGE.update()
    .where(MESSAGE.c.platform == bindparam("platform_"), MESSAGE.c.chat == bindparam("chat_"))
)  # fmt: skip
FAIL_UNBEGUN = _MESSAGES_HERE.where(OPEN, MESSAGE.c.status.in_(UNBEGUN)).values(
    status="failed", owner="", until=null(), not_before=null()
)
MOVE_MESSAGES = _MESSAGES_HERE.values(chat=bindparam("new_chat"))


def is_gone(connection: Connection, address: Address) -> bool:
    row = GONE.of(connection).first(connection, here(address))
    return row is not None and row["gone_at"] is not None


def left(connection: Connection, address: Address, now: datetime) -> None:
    """What is being sent stays as it is: its own outcome comes."""
    connection.execute(LEFT, {**here(address), "now": now})
    connection.execute(FAIL_UNBEGUN, here(address))


def back(connection: Connection, address: Address) -> None:
    connection.execute(BACK, here(address))


def moved(connection: Connection, address: Address, chat: str) -> None:
    """Whoever is at the new name already stays there. Raises Stale when somebody is just arriving.

    Who has no address left thereby is forgotten, as in people.redeem_code.
    """
    new = Address(address.platform, chat)
    if new == address:
        return
    move = {**here(address), "new_chat": chat}
    learner_id = connection.execute(HOLDER, here(address)).scalar()
    if learner_id is not None:
        there = connection.execute(HOLDER, here(new)).scalar()
        if there is None:
            _move(connection, move)
        else:
            connection.execute(DROP, here(address))
            if there != learner_id:
                leave(connection, learner_id)
    connection.execute(MOVE_MESSAGES, move)


def _move(connection: Connection, move: dict[str, str]) -> None:
    try:
        connection.execute(MOVE, move)
    except IntegrityError as error:
        raise Stale from error
