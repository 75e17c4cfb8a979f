"""Planning notes how far it has come, so that a clock that was set back is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.add_column("workspace", sa.Column("planned_at", WHEN, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("workspace") as table:
        table.drop_column("planned_at")
