"""What was learnt from a goal, who carries most of one, and whom a commitment is for."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.add_column("goal", sa.Column("learnt", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "expectation", sa.Column("outside", sa.String(), nullable=False, server_default="")
    )
    op.create_table(
        "carried",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.CheckConstraint("message IS NOT NULL OR note = ''", name="note"),
        sa.PrimaryKeyConstraint("workspace", "number", "user", "quarter"),
        sa.ForeignKeyConstraint(
            ["workspace", "number"],
            ["goal.workspace", "goal.number"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def downgrade() -> None:
    op.drop_table("carried")
    op.drop_column("expectation", "outside")
    op.drop_column("goal", "learnt")
