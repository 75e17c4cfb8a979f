"""A channel's charter in versions with who agreed, and its monthly pulse, without people."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
COUNTS = [
    f"{statement}_{said}"
    for statement in ("clear", "share", "say_no")
    for said in ("yes", "partly", "no")
]
CLEAR = "clear_yes + clear_partly + clear_no"


def refers(table: str, *columns: str) -> sa.ForeignKeyConstraint:
    """Return a foreign key that carries the workspace, checked when the transaction ends."""
    return sa.ForeignKeyConstraint(
        ["workspace", *columns],
        [f"{table}.workspace", *(f"{table}.{column}" for column in columns)],
        deferrable=True,
        initially="DEFERRED",
    )


def keep_append_only(table: str, columns: str) -> None:
    """Refuse to change a row's facts, and to delete it; names and words can be forgotten."""
    for name, occasion in (("fixed", f"UPDATE OF {columns}"), ("kept", "DELETE")):
        if op.get_bind().dialect.name == "sqlite":
            refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        else:
            refusal = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        op.execute(f"CREATE TRIGGER {table}_{name} BEFORE {occasion} ON {table} {refusal}")


def upgrade() -> None:
    op.create_table(
        "charter_version",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.PrimaryKeyConstraint("workspace", "channel", "version"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )
    keep_append_only("charter_version", "workspace, channel, version, at")
    op.create_table(
        "charter",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("heads_form", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        refers("charter_version", "channel", "version"),
    )
    op.create_index("ix_charter_review_on", "charter", ["workspace", "review_on"])
    op.create_table(
        "charter_yes",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "version", "user"),
        refers("charter_version", "channel", "version"),
    )
    op.create_table(
        "pulse",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        *(sa.Column(count, sa.Integer(), nullable=False) for count in COUNTS),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(" AND ".join(f"{count} >= 0" for count in COUNTS), name="counts"),
        sa.CheckConstraint(
            f"{CLEAR} = share_yes + share_partly + share_no"
            f" AND {CLEAR} = say_no_yes + say_no_partly + say_no_no",
            name="together",
        ),
        sa.CheckConstraint(f"NOT closed OR {CLEAR} >= 5", name="floor"),
        sa.PrimaryKeyConstraint("workspace", "channel", "month"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )
    op.create_table(
        "pulse_answered",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "month", "user"),
        refers("pulse", "channel", "month"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("pulse_answered", "pulse", "charter_yes", "charter"):
        op.drop_table(table)
    op.drop_table("charter_version")
