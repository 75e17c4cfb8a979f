"""What two people say of what lies between them: lines worth remembering, and opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
TOPICS = ("worth_it", "fairness")
OPINIONS = ("yes", "mostly", "not_lately", "1", "2", "3", "4", "5")


def upgrade() -> None:
    op.create_table(
        "learnt",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("by_shares", sa.Boolean(), nullable=False),
        sa.Column("other_shares", sa.Boolean(), nullable=False),
        sa.Column("shared_at", WHEN, nullable=True),
        sa.CheckConstraint("text <> ''", name="text"),
        sa.CheckConstraint('other <> "by"', name="parties"),
        sa.CheckConstraint("NOT other_shares OR other IS NOT NULL", name="other_shares"),
        sa.CheckConstraint(
            "(shared_at IS NOT NULL) = (by_shares AND (other_shares OR other IS NULL))",
            name="shared_at",
        ),
        sa.PrimaryKeyConstraint("workspace", "number", "by"),
        sa.ForeignKeyConstraint(
            ["workspace", "number"],
            ["expectation.workspace", "expectation.number"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_learnt_of_other", "learnt", ["workspace", "other", "number"])
    shared = sa.text("shared_at IS NOT NULL")
    op.create_index(
        "ix_learnt_shared",
        "learnt",
        ["workspace", "shared_at"],
        sqlite_where=shared,
        postgresql_where=shared,
    )
    op.create_table(
        "opinion",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("topic", sa.String(24), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(24), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("shares", sa.Boolean(), nullable=False),
        sa.Column("shown_at", WHEN, nullable=True),
        sa.CheckConstraint(sa.column("topic").in_(TOPICS), name="topic"),
        sa.CheckConstraint(sa.column("opinion").in_(OPINIONS), name="opinion"),
        sa.CheckConstraint('other <> "by"', name="parties"),
        sa.CheckConstraint(
            "(topic = 'fairness') = (opinion IN ('yes', 'mostly', 'not_lately'))",
            name="opinion_fits",
        ),
        sa.CheckConstraint("shown_at IS NULL OR shares", name="shown_at"),
        sa.PrimaryKeyConstraint("workspace", "topic", "by", "other", "about"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )


def downgrade() -> None:
    op.drop_table("opinion")
    op.drop_table("learnt")
