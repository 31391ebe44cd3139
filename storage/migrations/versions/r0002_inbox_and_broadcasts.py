"""The inbox, broadcasts, chats that were left, and messages of more than text and choices."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT, INTEGER = sa.String(), sa.Integer()
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = "status IN ('queued', 'claimed', 'sending')"
OPEN_BEFORE = ["platform", "kind", "id"]  # the columns of its index until now


def must(name: str, kind: Any, default: str | None = None) -> sa.Column[Any]:
    before = None if default is None else sa.text(default)
    return sa.Column(name, kind, nullable=False, server_default=before)


def index(table: str, name: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    op.add_column("address", sa.Column("gone_at", MOMENT, nullable=True))
    op.add_column("message", must("extra", JSON, "'{}'"))
    op.add_column("message", must("parts", INTEGER, "0"))
    op.add_column("message", sa.Column("reference", TEXT, nullable=True))
    op.add_column("message", must("broadcast", TEXT, "''"))
    op.drop_index("ix_message_open", "message")
    index("message", "ix_message_open", [*OPEN_BEFORE, "not_before"], OPEN)
    index("message", "ix_message_reference", ["platform", "reference"], "reference IS NOT NULL")
    index("message", "ix_message_broadcast", ["broadcast", "status"], "broadcast <> ''")
    op.create_table(
        "inbox",
        must("id", BIG_ID),
        must("platform", TEXT),
        must("update", TEXT),
        must("number", sa.BigInteger()),
        must("heard", JSON),
        must("state", TEXT),
        must("tries", INTEGER),
        must("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("platform", "update", name=op.f("uq_inbox_platform_update")),
        sqlite_autoincrement=True,
    )
    index("inbox", "ix_inbox_waiting", ["platform", "number", "id"], "state = 'waiting'")
    index("inbox", "ix_inbox_handled", ["at"], "state = 'handled'")
    op.create_table(
        "broadcast",
        must("name", TEXT),
        must("text", TEXT),
        must("state", TEXT),
        must("cursor", TEXT),
        must("at", MOMENT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_broadcast")),
    )
    op.create_index("ix_broadcast_state_at", "broadcast", ["state", "at"])


def downgrade() -> None:
    op.drop_table("broadcast")
    op.drop_table("inbox")
    for name in ("ix_message_broadcast", "ix_message_reference"):
        op.drop_index(name, "message")
    op.drop_index("ix_message_open", "message")
    index("message", "ix_message_open", OPEN_BEFORE, OPEN)
    for column in ("broadcast", "reference", "parts", "extra"):
        op.drop_column("message", column)
    op.drop_column("address", "gone_at")
