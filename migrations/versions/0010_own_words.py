"""What parties add in their own words, and one's own line: what makes work worth it for me."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
FIXED = "workspace, number, ordinal, at, version"
"""The columns that never change; names and people's own words may have to be forgotten."""


def keep_append_only() -> None:
    """Refuse to change a row's facts, and to delete it."""
    for name, occasion in (("fixed", f"UPDATE OF {FIXED}"), ("kept", "DELETE")):
        if op.get_bind().dialect.name == "sqlite":
            refusal = "BEGIN SELECT RAISE(ABORT, 'own_words is append-only'); END"
        else:
            refusal = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        op.execute(f"CREATE TRIGGER own_words_{name} BEFORE {occasion} ON own_words {refusal}")


def upgrade() -> None:
    op.create_table(
        "own_words",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("understood", sa.String(), nullable=False),
        sa.Column("gain", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("read_back_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "number", "ordinal"),
        sa.ForeignKeyConstraint(
            ["workspace", "number"],
            ["expectation.workspace", "expectation.number"],
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.CheckConstraint("ordinal >= 1", name="ordinal"),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    keep_append_only()
    op.add_column("member", sa.Column("worth", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("member", "worth")
    op.drop_table("own_words")
