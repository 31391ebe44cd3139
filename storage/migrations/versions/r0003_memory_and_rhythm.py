"""Memory that is fitted and can be computed anew; when a learner studies and is reminded."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT, INTEGER, REAL, DAY = sa.String(), sa.Integer(), sa.Float(), sa.Date()
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW: dict[str, dict[str, tuple[Any, str]]] = {
    "learner": {
        "rhythm": (JSON, "'{}'"),
        "calendar": (TEXT, "''"),
        "exams": (JSON, "'{}'"),
        "pace": (JSON, "'{}'"),
        "weights": (INTEGER, "0"),
    },
    "item": {"passes": (INTEGER, "0"), "version": (INTEGER, "0")},
    "practice": {
        "day": (TEXT, "''"),
        "target": (REAL, "0"),
        "due": (TEXT, "''"),
        "anew": (sa.Boolean(), "false"),
    },
}


def must(name: str, kind: Any, default: str | None = None) -> sa.Column[Any]:
    before = None if default is None else sa.text(default)
    return sa.Column(name, kind, nullable=False, server_default=before)


def index(table: str, name: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    for table, columns in NEW.items():
        for name, (kind, default) in columns.items():
            op.add_column(table, must(name, kind, default))
    op.add_column("learner", sa.Column("fit_on", DAY, nullable=True))
    op.add_column("learner", sa.Column("before", JSON, nullable=True))
    _keep_last_reminder()
    op.drop_column("learner", "reminded_on")
    index("learner", "ix_learner_fit_on", "fit_on", "fit_on IS NOT NULL")
    index("item", "ix_item_leech", "item", "lapses >= 8")
    op.create_table(
        "fit",
        must("id", BIG_ID),
        sa.Column("learner_id", TEXT, nullable=True),
        must("algorithm", TEXT),
        must("parameters", JSON),
        must("reviews", INTEGER),
        must("loss_before", REAL),
        must("loss_after", REAL),
        must("at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learner.id"],
            name=op.f("fk_fit_learner_id_learner"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fit_learner_id"), "fit", ["learner_id"])
    index("fit", "ix_fit_everybody", "id", "learner_id IS NULL")


def _keep_last_reminder() -> None:
    """So that nobody is reminded twice on the day of the change."""
    learner = sa.table("learner", sa.column("reminded_on", DAY), sa.column("rhythm", TEXT))
    sent = sa.literal('{"sent": ["', TEXT) + sa.cast(learner.c.reminded_on, TEXT)
    row = sent + sa.literal('T05:00:00+00:00"]}', TEXT)
    value = sa.cast(row, JSON) if op.get_bind().dialect.name == "postgresql" else row
    op.execute(learner.update().where(learner.c.reminded_on.is_not(None)).values(rhythm=value))


def downgrade() -> None:
    op.drop_table("fit")
    op.drop_index("ix_item_leech", "item")
    op.drop_index("ix_learner_fit_on", "learner")
    op.add_column("learner", sa.Column("reminded_on", DAY, nullable=True))
    for column in ("before", "fit_on"):
        op.drop_column("learner", column)
    for table, columns in NEW.items():
        for column in columns:
            op.drop_column(table, column)
