"""Home says which posts to its reader wait for something to be mended: they get an index."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    put_off = sa.text("kind = 'post' AND state = 'pending' AND error IS NOT NULL")
    op.create_index(
        "ix_message_put_off",
        "message",
        ["workspace", "to", "not_before"],
        sqlite_where=put_off,
        postgresql_where=put_off,
    )


def downgrade() -> None:
    op.drop_index("ix_message_put_off", "message")
