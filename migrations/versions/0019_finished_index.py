"""How somebody's ended is read from the index by when: that by outcome is read no more."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_expectation_finished", "expectation")


def downgrade() -> None:
    finished = sa.text("outcome IS NOT NULL")
    op.create_index(
        "ix_expectation_finished",
        "expectation",
        ["workspace", "owner", "outcome"],
        sqlite_where=finished,
        postgresql_where=finished,
    )
