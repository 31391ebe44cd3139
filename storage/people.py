"""What the database is asked about people, and what joins and erases them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, exists, func, null, select
from sqlalchemy.exc import IntegrityError

from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address
from lessons.ports import Stale, Standing, Unavailable
from storage.lines import Recorded, code_hash
from storage.prepared import Statement
from storage.rows import card_from, facts_from, learner_from
from storage.tables import metadata

LEARNER, ADDRESS, ITEM, FACT, PRACTICE, MESSAGE, CODE = (
    metadata.tables[name]
    for name in ("learner", "address", "item", "fact", "practice", "message", "code")
)
WHOSE = bindparam("whose", type_=LEARNER.c.id.type)
DAY = bindparam("day", type_=ITEM.c.due.type)
LIMIT = bindparam("at_most", type_=LEARNER.c.version.type)
HERE = (ADDRESS.c.platform == bindparam("platform_")) & (ADDRESS.c.chat == bindparam("chat_"))

_LEARNER_HERE = select(LEARNER).join_from(ADDRESS, LEARNER).where(HERE)
LEARNER_HERE = Statement(lambda _: _LEARNER_HERE)
LEARNER_OF_ID = select(LEARNER).where(LEARNER.c.id == WHOSE)
_CARD = select(ITEM).where(ITEM.c.learner_id == WHOSE, ITEM.c.item == bindparam("item_"))
CARD = Statement(lambda _: _CARD)
COUNTS = select(
    func.count(case((ITEM.c.due <= DAY, 1))).label("due_count"),
    func.count().label("items"),
    func.min(case((ITEM.c.due > DAY, ITEM.c.due))).label("next_day"),
).where(ITEM.c.learner_id == WHOSE)
OLDEST_DUE = (
    select(ITEM.c.item)
    .where(ITEM.c.learner_id == WHOSE, ITEM.c.due <= DAY)
    .order_by(ITEM.c.due, ITEM.c.item)
    .limit(LIMIT)
)
REACHED = (ADDRESS.c.learner_id == LEARNER.c.id) & ADDRESS.c.gone_at.is_(None)
_DUE = (
    select(LEARNER)
    .where(
        LEARNER.c.due_at <= bindparam("now"),
        LEARNER.c.consent == "yes",
        exists().where(REACHED),
    )
    .order_by(LEARNER.c.due_at, LEARNER.c.id)
    .limit(LIMIT)
    .offset(bindparam("passed", type_=LEARNER.c.version.type))
    .subquery()
)
DUE = (
    select(_DUE, ADDRESS.c.platform, ADDRESS.c.chat)
    .join_from(_DUE, ADDRESS, (ADDRESS.c.learner_id == _DUE.c.id) & ADDRESS.c.gone_at.is_(None))
    .order_by(_DUE.c.due_at, _DUE.c.id, ADDRESS.c.active_at)
)
VERSION = select(LEARNER.c.version).where(LEARNER.c.id == WHOSE)
LEDGERS = [
    select(ledger).where(ledger.c.learner_id == WHOSE, ledger.c.turn <= bindparam("version_"))
    for ledger in (PRACTICE, FACT)
]

ERASE_SAID = MESSAGE.delete().where(MESSAGE.c.learner_id == WHOSE, MESSAGE.c.status != "heard")
BLANK_HEARD = (
    MESSAGE.update().where(MESSAGE.c.learner_id == WHOSE).values(learner_id="", chat="", text="")
)
ERASE_LEARNER = LEARNER.delete().where(LEARNER.c.id == WHOSE)  # the rest of the tables follows

DROP_CODES = CODE.delete().where(CODE.c.learner_id == WHOSE)
ADD_CODE = CODE.insert().from_select(
    ["hash", "learner_id", "until"],
    select(
        bindparam("hash_", type_=CODE.c.hash.type),
        LEARNER.c.id,
        bindparam("until_", type_=CODE.c.until.type),
    ).where(LEARNER.c.id == WHOSE),
)
TAKE_CODE = CODE.delete().where(CODE.c.hash == bindparam("hash_")).returning(CODE)
HOLDER = select(ADDRESS.c.learner_id).where(HERE)
JOIN_ADDRESS = ADDRESS.insert()
MOVE_ADDRESS = (
    ADDRESS.update()
    .where(HERE)
    .values(learner_id=bindparam("learner_id"), active_at=bindparam("active_at"), gone_at=null())
)
ANY_ADDRESS = select(ADDRESS.c.chat).where(ADDRESS.c.learner_id == WHOSE).limit(1)
RAISE_VERSION = LEARNER.update().where(LEARNER.c.id == WHOSE).values(version=LEARNER.c.version + 1)


def here(address: Address) -> dict[str, str]:
    """What HERE asks for."""
    return {"platform_": address.platform, "chat_": address.chat}


def learner(connection: Connection, address: Address) -> Learner | None:
    row = LEARNER_HERE.of(connection).first(connection, here(address))
    return None if row is None else learner_from(row)


def cards(connection: Connection, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
    """One statement per item: a message is about one of them, seldom about more."""
    card = CARD.of(connection)
    found = ((item, card.first(connection, {"whose": learner_id, "item_": item})) for item in items)
    return {item: card_from(row) for item, row in found if row is not None}


def standing(connection: Connection, learner_id: str, on: date, limit: int) -> Standing:
    given = {"whose": learner_id, "day": on}
    counts = connection.execute(COUNTS, given).one()
    oldest = connection.execute(OLDEST_DUE, {**given, "at_most": limit}).scalars()
    return Standing(tuple(oldest), counts.due_count, counts.items, counts.next_day)


def due(connection: Connection, now: datetime, limit: int) -> list[tuple[Learner, Address]]:
    """Who stands where only a newer program knows the way is passed over."""
    found: list[tuple[Learner, Address]] = []
    passed, more = 0, True
    while more and len(found) < limit:
        given = {"now": now, "at_most": limit, "passed": passed}
        rows = connection.execute(DUE, given).mappings()
        last_active = {row["id"]: row for row in rows}  # the address last active comes last
        for row in last_active.values():
            with suppress(Unavailable):
                found.append((learner_from(row), Address(row["platform"], row["chat"])))
        passed, more = passed + limit, len(last_active) == limit
    return found[:limit]


def facts(connection: Connection, learner_id: str) -> list[Recorded]:
    """Both ledgers as they were at one version of the learner, whatever is saved meanwhile."""
    version = connection.execute(VERSION, {"whose": learner_id}).scalar()
    given = {"whose": learner_id, "version_": version or 0}
    practice, other = (connection.execute(one, given).mappings().all() for one in LEDGERS)
    return facts_from(practice, other)


def forget(connection: Connection, learner_id: str) -> None:
    """The learner first: that waits for a saving under way, and what it left is seen afterwards."""
    for statement in (ERASE_LEARNER, ERASE_SAID, BLANK_HEARD):
        connection.execute(statement, {"whose": learner_id})


def issue_code(connection: Connection, learner_id: str, code: str, until: datetime) -> None:
    """The learner's only code: an older one ends."""
    connection.execute(DROP_CODES, {"whose": learner_id})
    connection.execute(ADD_CODE, {"whose": learner_id, "hash_": code_hash(code), "until_": until})


def redeem_code(
    connection: Connection, code: str, address: Address, now: datetime
) -> Learner | None:
    """Raises Stale when somebody is just arriving at the address; the code stays good then."""
    taken = connection.execute(TAKE_CODE, {"hash_": code_hash(code)}).first()
    if taken is None or taken.until <= now:
        return None
    joined = {"learner_id": taken.learner_id, "active_at": now}
    former = connection.execute(HOLDER, here(address)).scalar()
    if former is None:
        _join(connection, {"platform": address.platform, "chat": address.chat, **joined})
    else:
        connection.execute(MOVE_ADDRESS, {**here(address), **joined})
        if former != taken.learner_id:
            leave(connection, former)
    found = connection.execute(LEARNER_OF_ID, {"whose": taken.learner_id}).mappings().one()
    return learner_from(found)


def _join(connection: Connection, row: Mapping[str, object]) -> None:
    try:
        connection.execute(JOIN_ADDRESS, row)
    except IntegrityError as error:
        raise Stale from error


def leave(connection: Connection, former: str) -> None:
    """Someone's address is theirs no longer; who has none left is forgotten."""
    if connection.execute(ANY_ADDRESS, {"whose": former}).first() is None:
        forget(connection, former)
    else:
        connection.execute(RAISE_VERSION, {"whose": former})
