"""Messages for chats that are no learner's, and the quizzes that were sent to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from lessons.messages import Address, Quiz, Said
from storage.lines import Line
from storage.people import MESSAGE
from storage.rows import line_row, quiz_from
from storage.saving import add_lines

SENT_QUIZ = (
    select(MESSAGE.c.chat, MESSAGE.c.extra)
    .where(
        MESSAGE.c.platform == bindparam("platform_"),
        MESSAGE.c.reference == bindparam("reference_"),
    )
    .order_by(MESSAGE.c.id.desc())
    .limit(1)
)
_ITEM = MESSAGE.c.extra["quiz", "item"].as_string()
QUIZZES = (
    select(_ITEM)
    .where(
        MESSAGE.c.platform == bindparam("platform_"),
        MESSAGE.c.chat == bindparam("chat_"),
        _ITEM.is_not(None),
        MESSAGE.c.status != "failed",
    )
    .order_by(MESSAGE.c.id.desc())
    .limit(bindparam("at_most"))
)


def post(connection: Connection, address: Address, said: Said, now: datetime, key: str) -> None:
    """Raises Repeated for a key that was used."""
    add_lines(connection, [line_row(Line("", address, said, said.kind, "queued", now, key))])


def quiz(connection: Connection, platform: str, reference: str) -> tuple[Address, Quiz] | None:
    given = {"platform_": platform, "reference_": reference}
    row = connection.execute(SENT_QUIZ, given).first()
    if row is None or "quiz" not in row.extra:
        return None
    return Address(platform, row.chat), quiz_from(row.extra["quiz"])


def quizzes(connection: Connection, address: Address, limit: int) -> Sequence[str]:
    given = {"platform_": address.platform, "chat_": address.chat, "at_most": limit}
    return list(connection.execute(QUIZZES, given).scalars())
