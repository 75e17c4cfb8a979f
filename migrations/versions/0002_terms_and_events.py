"""What belongs to an expectation: terms, reports, events, periods; thanks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
WORD = sa.String(24)


def one_of(column: str, words: str) -> sa.CheckConstraint:
    """Return the rule that a column has one of these words."""
    return sa.CheckConstraint(sa.column(column).in_(words.split()), name=column)


def refers(column: str, table: str, key: str) -> sa.ForeignKeyConstraint:
    """Return a foreign key that carries the workspace, checked when the transaction ends."""
    return sa.ForeignKeyConstraint(
        ["workspace", column],
        [f"{table}.workspace", f"{table}.{key}"],
        deferrable=True,
        initially="DEFERRED",
    )


def index(name: str, table: str, columns: list[str], rule: str) -> None:
    """Make an index over the rows that a rule picks."""
    where = sa.text(rule)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


APPEND_ONLY = {
    "event": "workspace, number, seq, at, verb, version",
    "terms": "workspace, number, version, at, due, due_zone, rrule",
}
"""The columns that never change; names and people's own words may have to be forgotten."""


def keep_append_only(table: str, columns: str) -> None:
    """Refuse to change a row's facts, and to delete it."""
    for name, occasion in (("fixed", f"UPDATE OF {columns}"), ("kept", "DELETE")):
        if op.get_bind().dialect.name == "sqlite":
            refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        else:
            refusal = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        op.execute(f"CREATE TRIGGER {table}_{name} BEFORE {occasion} ON {table} {refusal}")


def upgrade() -> None:
    op.create_table(
        "terms",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("gain_requester", sa.String(), nullable=False),
        sa.Column("gain_owner", sa.String(), nullable=False),
        sa.Column("gain_team", sa.String(), nullable=False),
        sa.Column("done_means", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("needs_by", sa.String(), nullable=False),
        sa.Column("guidelines", sa.String(), nullable=False),
        sa.Column("resources", sa.String(), nullable=False),
        sa.Column("accountability", sa.String(), nullable=False),
        sa.Column("consequences", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("due_zone", sa.String(), nullable=True),
        sa.Column("rrule", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("accepted_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "number", "version"),
        refers("number", "expectation", "number"),
        sa.CheckConstraint("result <> ''", name="result"),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    op.create_table(
        "report",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("finished_on", sa.String(), nullable=False),
        sa.Column("finished_on_zone", sa.String(), nullable=True),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("thanks_to", sa.String(), nullable=True),
        sa.Column("reached_at", WHEN, nullable=True),
        one_of("outcome", "kept kept_changed late missed repaired forgiven"),
        sa.PrimaryKeyConstraint("workspace", "number", "ordinal"),
        refers("number", "expectation", "number"),
        sa.CheckConstraint("ordinal >= 1", name="ordinal"),
    )
    op.create_table(
        "event",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", WORD, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        one_of(
            "verb",
            "request offer commit accept change decline drop lapse ask answer let_go keep "
            "cannot done missed confirm return undo settle differ remedy forgive gone "
            "on_track at_risk need_help offer_help later",
        ),
        sa.PrimaryKeyConstraint("workspace", "number", "seq"),
        refers("number", "expectation", "number"),
        sa.CheckConstraint("seq >= 1", name="seq"),
        sa.CheckConstraint("version >= 0", name="version"),
    )
    op.create_table(
        "period",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("slot_at", WHEN, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("reported_at", WHEN, nullable=True),
        sa.Column("settled_at", WHEN, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        one_of("outcome", "open kept not_this_time unanswered skipped"),
        sa.PrimaryKeyConstraint("workspace", "number", "date"),
        refers("number", "expectation", "number"),
    )
    op.create_table(
        "thanks",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("expectation", sa.Integer(), nullable=True),
        sa.Column("kept_between", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        refers("expectation", "expectation", "number"),
        sa.CheckConstraint("number >= 1", name="number"),
    )
    op.create_index("ix_thanks_in_channel", "thanks", ["workspace", "channel", "at"])

    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$"
        )
    for table, columns in APPEND_ONLY.items():
        keep_append_only(table, columns)


def downgrade() -> None:
    for table in ("thanks", "period", "event", "report", "terms"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
