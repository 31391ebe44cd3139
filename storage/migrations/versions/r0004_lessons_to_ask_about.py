"""Lessons finished that are to be asked about later: what they were good for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    column = sa.Column("finished_on", JSON, nullable=False, server_default=sa.text("'{}'"))
    op.add_column("learner", column)


def downgrade() -> None:
    op.drop_column("learner", "finished_on")
