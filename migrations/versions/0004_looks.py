"""Posts of unknown fate are looked for: when, and how often in vain; where posts to whom went."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "message"),
        sa.ForeignKeyConstraint(
            ["workspace", "message"],
            ["message.workspace", "message.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.CheckConstraint("misses >= 0", name="misses"),
    )
    op.create_index("ix_look_at", "look", ["workspace", "at"])
    posted = sa.text("channel IS NOT NULL")
    op.create_index(
        "ix_message_posted_to",
        "message",
        ["workspace", "to", "sent_at"],
        sqlite_where=posted,
        postgresql_where=posted,
    )


def downgrade() -> None:
    op.drop_index("ix_message_posted_to", "message")
    op.drop_table("look")
