"""Figures are counted once a week, also where that is not enough to say: when they last were."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.add_column("shown_figure", sa.Column("looked", WHEN, nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM shown_figure WHERE CAST(counts AS TEXT) = '{}'")
    op.drop_column("shown_figure", "looked")
