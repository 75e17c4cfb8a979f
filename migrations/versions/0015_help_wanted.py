"""Who needs help may ask a channel's summary for it: what for stands with the expectation."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "expectation", sa.Column("help_wanted", sa.String(), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("expectation", "help_wanted")
