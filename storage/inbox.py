"""What the platforms told, kept until it is handled."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from lessons.messages import Heard
from lessons.ports import Received
from storage.columns import HANDLED, WAITING
from storage.lines import number_of
from storage.rows import heard_from, heard_row
from storage.tables import INSERT, metadata

INBOX = metadata.tables["inbox"]

RECEIVE = {
    name: insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.id)
    for name, insert in INSERT.items()
}
_NEXT = (
    select(INBOX.c.id)
    .where(
        INBOX.c.platform == bindparam("platform_"),
        WAITING,
        INBOX.c.id.not_in(bindparam("besides", expanding=True)),
    )
    .order_by(INBOX.c.number, INBOX.c.id)
    .limit(bindparam("at_most"))
)
GIVE_OUT = (
    INBOX.update().where(INBOX.c.id.in_(_NEXT)).values(tries=INBOX.c.tries + 1).returning(INBOX)
)
HANDLE = (
    INBOX.update()
    .where(INBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="handled", heard={})
)
DROP_HANDLED = INBOX.delete().where(HANDLED, INBOX.c.at < bindparam("before"))


def receive(connection: Connection, heard: Sequence[Heard], now: datetime) -> int:
    rows = [
        {
            "platform": one.address.platform,
            "update": one.update,
            "number": number_of(one.update),
            "heard": heard_row(one),
            "state": "waiting",
            "tries": 0,
            "at": now,
        }
        for one in heard
    ]
    if not rows:
        return 0
    return len(connection.execute(RECEIVE[connection.dialect.name], rows).all())


def received(
    connection: Connection, platform: str, limit: int, besides: Collection[int]
) -> Sequence[Received]:
    # no id is 0: a list that is never empty is simpler to the databases
    given = {"platform_": platform, "at_most": limit, "besides": [0, *besides]}
    rows = connection.execute(GIVE_OUT, given).mappings().all()
    rows = sorted(rows, key=lambda row: (row["number"], row["id"]))  # RETURNING has no order
    return [Received(row["id"], heard_from(row), row["tries"]) for row in rows]


def handled(connection: Connection, ids: Sequence[int]) -> None:
    connection.execute(HANDLE, {"ids": list(ids)})


def drop_handled(connection: Connection, before: datetime) -> int:
    return connection.execute(DROP_HANDLED, {"before": before}).rowcount
