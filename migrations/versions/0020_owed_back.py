"""What an owner needs back from the requester is an expectation of its own: how they are linked."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LINKS = ("owed", "owed_for")
DEFAULTS = ("help_wanted", "outside")


def upgrade() -> None:
    with op.batch_alter_table("expectation") as table:
        for link in LINKS:
            table.add_column(sa.Column(link, sa.Integer(), nullable=True))
            table.create_foreign_key(
                f"fk_expectation_workspace_{link}",
                "expectation",
                ["workspace", link],
                ["workspace", "number"],
                deferrable=True,
                initially="DEFERRED",
            )
        for name in DEFAULTS:  # SQLite builds the table anew, and would word these differently
            table.alter_column(name, existing_type=sa.String(), server_default="")
        table.create_check_constraint("owed_later", "owed > number AND owed_for < number")


def downgrade() -> None:
    with op.batch_alter_table("expectation") as table:
        table.drop_constraint("owed_later", type_="check")
        for link in LINKS:
            table.drop_constraint(f"fk_expectation_workspace_{link}", type_="foreignkey")
            table.drop_column(link)
