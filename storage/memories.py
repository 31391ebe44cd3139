"""What the database is asked about memory: cards, what is due when, the log, fitted parameters."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, case, func, select

from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Reach
from lessons.ports import Fit, Logged, Standing
from storage import people
from storage.columns import FOR_EVERYBODY, IS_LEECH, TO_FIT
from storage.lines import logged
from storage.people import DAY, ITEM, LEARNER, LIMIT, WHOSE
from storage.prepared import Statement
from storage.rows import card_from
from storage.tables import metadata

FIT = metadata.tables["fit"]

_CARD = select(ITEM).where(ITEM.c.learner_id == WHOSE, ITEM.c.item == bindparam("item_"))
CARD = Statement(lambda _: _CARD)
ALL_CARDS = select(ITEM).where(ITEM.c.learner_id == WHOSE)
COUNTS = select(
    func.count(case((ITEM.c.due <= DAY, 1))).label("due"),
    func.count(case((and_(ITEM.c.last == DAY, ITEM.c.reviews > 1), 1))).label("done"),
    func.count().label("items"),
    func.min(case((ITEM.c.due > DAY, ITEM.c.due))).label("next_day"),
).where(ITEM.c.learner_id == WHOSE)
_AGENDA = select(ITEM.c.item, ITEM.c.due).where(
    ITEM.c.learner_id == WHOSE, ITEM.c.due.between(bindparam("first"), bindparam("last"))
)
LEECHES = select(ITEM.c.item, func.count().label("learners")).where(IS_LEECH).group_by(ITEM.c.item)
TO_BE_FITTED = people.with_reaches(LEARNER.c.fit_on, TO_FIT, LEARNER.c.fit_on <= DAY)
NEXT_LEARNERS = (
    select(LEARNER.c.id, LEARNER.c.timezone)
    .where(LEARNER.c.id > WHOSE, LEARNER.c.consent == "yes")
    .order_by(LEARNER.c.id)
    .limit(LIMIT)
)
ZONE = select(LEARNER.c.timezone).where(LEARNER.c.id == WHOSE)
FIT_OF_ID = select(FIT).where(FIT.c.id == bindparam("number"))
NEWEST_FIT = select(func.max(FIT.c.id)).where(FOR_EVERYBODY)


def cards(connection: Connection, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
    """One statement per item: a message is about one of them, seldom about more."""
    card = CARD.of(connection)
    found = ((item, card.first(connection, {"whose": learner_id, "item_": item})) for item in items)
    return {item: card_from(row) for item, row in found if row is not None}


def all_cards(connection: Connection, learner_id: str) -> Mapping[str, Card]:
    rows = connection.execute(ALL_CARDS, {"whose": learner_id}).mappings()
    return {row["item"]: card_from(row) for row in rows}


def agenda(connection: Connection, learner_id: str, first: date, last: date) -> Mapping[str, date]:
    given = {"whose": learner_id, "first": first, "last": last}
    return {row.item: row.due for row in connection.execute(_AGENDA, given)}


def standing(connection: Connection, learner_id: str, on: date) -> Standing:
    counts = connection.execute(COUNTS, {"whose": learner_id, "day": on}).one()
    return Standing(counts.due, counts.done, counts.items, counts.next_day)


def log(connection: Connection, learner_id: str) -> Sequence[Logged]:
    zone = connection.execute(ZONE, {"whose": learner_id}).scalar()
    return [] if zone is None else logged(people.facts(connection, learner_id), zone)


def logs(connection: Connection, after: str, limit: int) -> Mapping[str, Sequence[Logged]]:
    found = connection.execute(NEXT_LEARNERS, {"whose": after, "at_most": limit}).all()
    return {row.id: logged(people.facts(connection, row.id), row.timezone) for row in found}


def to_fit(connection: Connection, on: date, limit: int) -> list[tuple[Learner, Sequence[Reach]]]:
    return people.learners_with_reaches(connection, TO_BE_FITTED, {"day": on}, limit)


def add_fit(connection: Connection, fit: Fit, now: datetime) -> int:
    row = {
        "learner_id": fit.learner_id or None,
        "algorithm": fit.algorithm,
        "parameters": list(fit.parameters),
        "reviews": fit.reviews,
        "loss_before": fit.loss_before,
        "loss_after": fit.loss_after,
        "at": now,
    }
    return int(connection.execute(FIT.insert().values(row).returning(FIT.c.id)).scalar_one())


def fit(connection: Connection, number: int) -> Fit | None:
    row = connection.execute(FIT_OF_ID, {"number": number}).mappings().first()
    if row is None:
        return None
    fields = {name: row[name] for name in Fit.__dataclass_fields__}
    fields["parameters"] = tuple(row["parameters"])
    fields["learner_id"] = row["learner_id"] or ""
    return Fit(**fields)


def newest_fit(connection: Connection) -> int:
    return connection.execute(NEWEST_FIT).scalar() or 0


def leeches(connection: Connection) -> Mapping[str, int]:
    return {row.item: row.learners for row in connection.execute(LEECHES)}
