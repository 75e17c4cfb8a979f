"""No list of what is pending to somebody is read any more: its index goes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_message_pending_for", "message")


def downgrade() -> None:
    pending = sa.text("state = 'pending'")
    op.create_index(
        "ix_message_pending_for",
        "message",
        ["workspace", "to", "not_before"],
        sqlite_where=pending,
        postgresql_where=pending,
    )
