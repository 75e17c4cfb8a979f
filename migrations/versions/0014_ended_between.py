"""How the last between two people ended is looked up for each list: it gets an index."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ended = sa.text("outcome IS NOT NULL")
    op.create_index(
        "ix_expectation_ended_between",
        "expectation",
        ["workspace", "owner", "requester", "closed_at"],
        sqlite_where=ended,
        postgresql_where=ended,
    )


def downgrade() -> None:
    op.drop_index("ix_expectation_ended_between", "expectation")
