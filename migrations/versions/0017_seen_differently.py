"""Of what two see differently both say how: whose statement may still come."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With its rule, in words that both databases read: to add a rule to a table that is there,
    # SQLite would have to copy it.
    op.execute(
        "ALTER TABLE expectation ADD COLUMN unheard VARCHAR(24)"
        " CONSTRAINT ck_expectation_unheard CHECK"
        " (unheard IS NULL OR status = 'unsettled' AND unheard IN ('owner', 'requester'))"
    )


def downgrade() -> None:
    with op.batch_alter_table("expectation") as table:  # later ones may have copied the table
        table.drop_constraint("unheard", type_="check")
        table.drop_column("unheard")
