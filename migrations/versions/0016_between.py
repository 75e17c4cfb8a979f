"""Indices of what lies between two people: what was finished, and thanks."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FINISHED = sa.text("outcome IS NOT NULL")


def upgrade() -> None:
    for name, role in (("finished_by", "owner"), ("finished_for", "requester")):
        op.create_index(
            f"ix_expectation_{name}",
            "expectation",
            ["workspace", role, "closed_at"],
            sqlite_where=FINISHED,
            postgresql_where=FINISHED,
        )
    op.create_index("ix_thanks_to", "thanks", ["workspace", "to", "at"])


def downgrade() -> None:
    op.drop_index("ix_thanks_to", "thanks")
    op.drop_index("ix_expectation_finished_for", "expectation")
    op.drop_index("ix_expectation_finished_by", "expectation")
