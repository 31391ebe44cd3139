"""One saving in one transaction: messages, learner, facts, memory, in few statements."""

from dataclasses import replace

from sqlalchemy import Connection, Dialect, Table, bindparam, null
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import UpdateBase

from lessons.learner import Learner
from lessons.ports import Repeated, Saving, Stale
from storage.lines import lines
from storage.people import HERE, WHOSE, here
from storage.prepared import Statement
from storage.reach import is_gone
from storage.rows import card_rows, fact_rows, learner_row, line_row
from storage.tables import INSERT, metadata

LEARNER, ADDRESS, ITEM, FACT, PRACTICE, MESSAGE = (
    metadata.tables[name] for name in ("learner", "address", "item", "fact", "practice", "message")
)


def _add(table: Table) -> Statement:
    """An insert; a column named `id` that counts by itself is left out."""
    names = [column.name for column in table.c if column is not table.autoincrement_column]
    return Statement(lambda _: table.insert(), names)


def _set_cards(dialect: Dialect) -> UpdateBase:
    add = INSERT[dialect.name](ITEM)
    changed = [column.name for column in ITEM.c if not column.primary_key]
    return add.on_conflict_do_update(
        index_elements=list(ITEM.primary_key), set_={name: add.excluded[name] for name in changed}
    )


ADD_LINES, ADD_FACTS, ADD_PRACTICE = _add(MESSAGE), _add(FACT), _add(PRACTICE)
SET_CARDS = Statement(_set_cards, ITEM.c.keys())
_CHANGE_LEARNER = (
    LEARNER.update()
    .where(LEARNER.c.id == bindparam("id_"), LEARNER.c.version == bindparam("version_"))
    .values({column.name: bindparam(column.name) for column in LEARNER.c if column.name != "id"})
)
_TOUCH_ADDRESS = (
    ADDRESS.update()
    .where(HERE, ADDRESS.c.learner_id == bindparam("learner_id_"))
    .values(active_at=bindparam("now"))
)
DROP_CARD = ITEM.delete().where(ITEM.c.learner_id == WHOSE, ITEM.c.item == bindparam("item_"))
CHANGE_LEARNER = Statement(lambda _: _CHANGE_LEARNER)
TOUCH_ADDRESS = Statement(lambda _: _TOUCH_ADDRESS)
HEARD_FROM_ADDRESS = Statement(lambda _: _TOUCH_ADDRESS.values(gone_at=null()))


def save(connection: Connection, saving: Saving) -> Learner:
    """Write a saving. Raises Repeated or Stale; the caller's transaction then leaves nothing."""
    gone = saving.heard is None and is_gone(connection, saving.address)
    if added := [line_row(line) for line in lines(saving, gone)]:
        add_lines(connection, added)
    learner = replace(saving.learner, version=saving.learner.version + 1)
    if saving.learner.version == 0:
        _meet(connection, saving, learner)
    else:
        _change(connection, saving, learner)
    practice, other = fact_rows(saving)
    for statement, rows in (
        (ADD_PRACTICE, practice),
        (ADD_FACTS, other),
        (SET_CARDS, card_rows(saving)),
    ):
        if rows:
            statement.of(connection).run_all(connection, rows)
    for item in (item for item, card in saving.cards.items() if card is None):
        connection.execute(DROP_CARD, {"whose": learner.id, "item_": item})
    return learner


def add_lines(connection: Connection, added: list[dict[str, object]]) -> None:
    """Raises Repeated for a key that was used."""
    try:
        ADD_LINES.of(connection).run_all(connection, added)
    except IntegrityError as error:
        if "message.key" in str(error.orig) or "uq_message_key" in str(error.orig):
            raise Repeated from error
        raise


def _meet(connection: Connection, saving: Saving, learner: Learner) -> None:
    """A new learner at an address nobody had."""
    where = {"platform": saving.address.platform, "chat": saving.address.chat}
    home = {**where, "learner_id": learner.id, "active_at": saving.now}
    try:
        connection.execute(LEARNER.insert(), learner_row(learner))
        connection.execute(ADDRESS.insert(), home)
    except IntegrityError as error:
        raise Stale from error


def _change(connection: Connection, saving: Saving, learner: Learner) -> None:
    row = {**learner_row(learner), "id_": learner.id, "version_": saving.learner.version}
    if CHANGE_LEARNER.of(connection).run(connection, row).rowcount != 1:
        raise Stale
    home = {**here(saving.address), "learner_id_": learner.id, "now": saving.now}
    touch = TOUCH_ADDRESS if saving.heard is None else HEARD_FROM_ADDRESS
    if touch.of(connection).run(connection, home).rowcount != 1:
        raise Stale
