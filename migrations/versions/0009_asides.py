"""Small questions that ride in a list: which were asked, and what somebody wants left out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
KINDS = ("charter_review", "goal_review", "concentration", "worth_it", "fairness", "pulse")


def upgrade() -> None:
    op.create_table(
        "aside",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.CheckConstraint(sa.column("kind").in_(KINDS), name="kind"),
        sa.PrimaryKeyConstraint("workspace", "user", "kind", "key"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )
    op.create_index("ix_aside_of_message", "aside", ["workspace", "message"])
    op.create_index("ix_aside_last", "aside", ["workspace", "user", "at"])
    op.add_column(
        "member", sa.Column("stopped", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )


def downgrade() -> None:
    op.drop_column("member", "stopped")
    op.drop_table("aside")
