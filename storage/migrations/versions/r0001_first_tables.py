"""The first tables: people, the two ledgers, messages, and what belongs to the installation."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT, INTEGER = sa.String(), sa.Integer()
PLAIN = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("status IN ('queued', 'claimed', 'sending')")
OPEN: Any = {"sqlite_where": WAITING, "postgresql_where": WAITING}


def must(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def may(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def erased_with_learner(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_learner_id_learner")
    return sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    people()
    ledgers()
    messages()
    installation()


def people() -> None:
    op.create_table(
        "learner",
        must("id", TEXT),
        must("version", INTEGER),
        must("language", TEXT),
        must("timezone", TEXT),
        must("consent", TEXT),
        must("form", TEXT),
        must("form_asked", sa.Boolean()),
        must("course", TEXT),
        must("begun", JSON),
        must("done", JSON),
        may("remind_at", sa.Time()),
        must("remind_asked", sa.Boolean()),
        may("due_at", MOMENT),
        must("snoozed", sa.Boolean()),
        may("studied_on", sa.Date()),
        may("reminded_on", sa.Date()),
        may("active_at", MOMENT),
        must("stamp", INTEGER),
        must("offered", JSON),
        must("place", JSON),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner")),
    )
    op.create_table(
        "address",
        must("platform", TEXT),
        must("chat", TEXT),
        must("learner_id", TEXT),
        must("active_at", MOMENT),
        erased_with_learner("address"),
        sa.PrimaryKeyConstraint("platform", "chat", name=op.f("pk_address")),
    )
    op.create_table(
        "item",
        must("learner_id", TEXT),
        must("item", PLAIN),
        must("stability", sa.Float()),
        must("difficulty", sa.Float()),
        must("due", sa.Date()),
        must("last", sa.Date()),
        must("reviews", INTEGER),
        must("lapses", INTEGER),
        erased_with_learner("item"),
        sa.PrimaryKeyConstraint("learner_id", "item", name=op.f("pk_item")),
    )
    op.create_table(
        "code",
        must("hash", TEXT),
        must("learner_id", TEXT),
        must("until", MOMENT),
        erased_with_learner("code"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_code")),
    )
    op.create_index("ix_learner_due_at", "learner", ["due_at"])
    op.create_index("ix_address_learner_id", "address", ["learner_id"])
    op.create_index("ix_item_learner_id_due", "item", ["learner_id", "due"])
    op.create_index("ix_code_learner_id", "code", ["learner_id"])


def ledgers() -> None:
    op.create_table(
        "fact",
        must("learner_id", TEXT),
        must("turn", INTEGER),
        must("n", INTEGER),
        must("at", MOMENT),
        must("name", TEXT),
        must("fields", JSON),
        erased_with_learner("fact"),
        sa.PrimaryKeyConstraint("learner_id", "turn", "n", name=op.f("pk_fact")),
    )
    op.create_table(
        "practice",
        must("learner_id", TEXT),
        must("turn", INTEGER),
        must("n", INTEGER),
        must("at", MOMENT),
        must("item", TEXT),
        must("version", INTEGER),
        must("kind", TEXT),
        must("answer", TEXT),
        must("score", sa.Float()),
        must("tries", INTEGER),
        must("grade", INTEGER),
        must("misconception", TEXT),
        must("seconds", sa.Float()),
        erased_with_learner("practice"),
        sa.PrimaryKeyConstraint("learner_id", "turn", "n", name=op.f("pk_practice")),
    )
    op.create_table(
        "record",
        must("id", BIG_ID),
        must("learner_id", TEXT),
        must("course", TEXT),
        must("at", MOMENT),
        must("result", JSON),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    op.create_index("ix_record_learner_id", "record", ["learner_id"])


def messages() -> None:
    op.create_table(
        "message",
        must("id", BIG_ID),
        must("learner_id", TEXT),
        must("platform", TEXT),
        must("chat", TEXT),
        must("text", TEXT),
        must("choices", JSON),
        must("kind", TEXT),
        must("status", TEXT),
        must("at", MOMENT),
        may("key", TEXT),
        may("not_before", MOMENT),
        must("owner", TEXT),
        may("until", MOMENT),
        may("sent_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_open", "message", ["platform", "kind", "id"], **OPEN)
    op.create_index("ix_message_open_chat", "message", ["platform", "chat", "id"], **OPEN)
    op.create_index("ix_message_learner_id", "message", ["learner_id"])
    op.create_index("ix_message_platform_chat_id", "message", ["platform", "chat", "id"])


def installation() -> None:
    op.create_table(
        "course",
        must("id", TEXT),
        must("version", INTEGER),
        must("files", JSON),
        must("published_at", MOMENT),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_course")),
    )
    op.create_table(
        "kept",
        must("name", TEXT),
        must("value", TEXT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kept")),
    )
    op.create_table(
        "lease",
        must("name", TEXT),
        must("owner", TEXT),
        must("until", MOMENT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def downgrade() -> None:
    for table in ("lease", "kept", "course", "message", "record", "practice", "fact", "code"):
        op.drop_table(table)
    for table in ("item", "address", "learner"):
        op.drop_table(table)
