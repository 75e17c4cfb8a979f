"""What a channel was last shown of its figures, and what those who are counted add."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "shown_figure",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(24), nullable=False),
        sa.Column("until", WHEN, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            sa.column("source").in_(["outcomes", "agreements", "share"]), name="source"
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", "source"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )
    op.create_table(
        "balance_note",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint("text <> ''", name="text"),
        sa.PrimaryKeyConstraint("workspace", "channel", "user"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )


def downgrade() -> None:
    op.drop_table("balance_note")
    op.drop_table("shown_figure")
