"""What the database is asked about people, and what joins and erases them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    TextClause,
    bindparam,
    exists,
    null,
    select,
)
from sqlalchemy.exc import IntegrityError

from lessons.learner import Learner
from lessons.messages import Address, Reach
from lessons.ports import Stale, Unavailable
from storage.lines import Recorded, code_hash
from storage.prepared import Statement
from storage.rows import facts_from, learner_from
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
REACHED = (ADDRESS.c.learner_id == LEARNER.c.id) & ADDRESS.c.gone_at.is_(None)


def with_reaches(since: Column[Any], *of: ColumnElement[bool] | TextClause) -> Select[Any]:
    """LIMIT learners behind `passed` who agreed and can be written to, those waiting longest
    first, with every address that can be written to: a row for each, last active first."""
    found = (
        select(LEARNER)
        .where(*of, LEARNER.c.consent == "yes", exists().where(REACHED))
        .order_by(since, LEARNER.c.id)
        .limit(LIMIT)
        .offset(bindparam("passed", type_=LEARNER.c.version.type))
        .subquery()
    )
    here = (ADDRESS.c.learner_id == found.c.id) & ADDRESS.c.gone_at.is_(None)
    return (
        select(found, ADDRESS.c.platform, ADDRESS.c.chat, ADDRESS.c.active_at.label("heard_at"))
        .join_from(found, ADDRESS, here)
        .order_by(found.c[since.name], found.c.id, ADDRESS.c.active_at.desc())
    )


DUE = with_reaches(LEARNER.c.due_at, LEARNER.c.due_at <= bindparam("now"))
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


def due(connection: Connection, now: datetime, limit: int) -> list[tuple[Learner, Sequence[Reach]]]:
    return learners_with_reaches(connection, DUE, {"now": now}, limit)


def learners_with_reaches(
    connection: Connection, statement: Select[Any], given: Mapping[str, Any], limit: int
) -> list[tuple[Learner, Sequence[Reach]]]:
    """Who stands where only a newer program knows the way is passed over."""
    found: list[tuple[Learner, Sequence[Reach]]] = []
    passed, more = 0, True
    while more and len(found) < limit:
        page = {**given, "at_most": limit, "passed": passed}
        learners: dict[str, Any] = {}
        reaches: dict[str, list[Reach]] = {}
        for row in connection.execute(statement, page).mappings():
            learners.setdefault(row["id"], row)
            address = Address(row["platform"], row["chat"])
            reaches.setdefault(row["id"], []).append(Reach(address, row["heard_at"]))
        for learner_id, row in learners.items():
            with suppress(Unavailable):
                found.append((learner_from(row), reaches[learner_id]))
        passed, more = passed + limit, len(learners) == limit
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
