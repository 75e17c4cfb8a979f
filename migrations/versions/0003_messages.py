"""What is said: messages with their slots and attempts, held notices, prompts, the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("moment", WORD, nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("not_before", WHEN, nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", WHEN, nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        one_of("kind", "post update home"),
        one_of(
            "moment",
            "proposal offer remedy suggested_change change_to_agreed asks_to_be_let_go "
            "question answer accepted agreed declined taken_back kept_as_it_was "
            "change_lapsed changed_in_time at_risk need_help help_offered done your_done "
            "returned kept closed handed_back could_not not_kept forgiven let_go "
            "different ended_unanswered left not_delivered thanks list hour_before "
            "ask_later summary told_channel series_question installed home",
        ),
        one_of("state", "pending sending sent unknown dead cancelled"),
        sa.PrimaryKeyConstraint("workspace", "id"),
        sa.UniqueConstraint("workspace", "slot"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        refers("number", "expectation", "number"),
        sa.CheckConstraint(
            "NOT again OR (kind IN ('update', 'home') AND state = 'sending')", name="again"
        ),
        sa.CheckConstraint("attempts >= 0 AND fence >= 0", name="fence"),
        sa.CheckConstraint("(lease_until IS NOT NULL) = (state = 'sending')", name="lease_until"),
    )
    index("ix_message_due", "message", ["workspace", "not_before"], "state = 'pending'")
    index("ix_message_leased", "message", ["workspace", "lease_until"], "state = 'sending'")
    index(
        "ix_message_pending_for",
        "message",
        ["workspace", "to", "not_before"],
        "state = 'pending'",
    )
    index(
        "ix_message_undelivered",
        "message",
        ["workspace", "to", "created_at"],
        "kind = 'post' AND state IN ('unknown', 'dead')",
    )
    op.create_table(
        "message_subject",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "message", "number"),
        refers("message", "message", "id"),
        refers("number", "expectation", "number"),
    )
    op.create_index(
        "ix_message_subject_showing", "message_subject", ["workspace", "number", "message"]
    )
    op.create_table(
        "attempt",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("started_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.Column("result", WORD, nullable=True),
        one_of("result", "pending sending sent unknown dead cancelled"),
        sa.PrimaryKeyConstraint("workspace", "message", "fence"),
        refers("message", "message", "id"),
        sa.CheckConstraint("ended_at IS NULL OR result IS NOT NULL", name="ended_at"),
        sa.CheckConstraint("fence >= 1", name="fence"),
    )
    op.create_table(
        "held",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("event", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("moment", WORD, nullable=False),
        sa.Column("since", WHEN, nullable=False),
        sa.Column("carried_by", sa.String(), nullable=True),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        one_of(
            "moment",
            "proposal offer remedy suggested_change change_to_agreed asks_to_be_let_go "
            "question answer accepted agreed declined taken_back kept_as_it_was "
            "change_lapsed changed_in_time at_risk need_help help_offered done your_done "
            "returned kept closed handed_back could_not not_kept forgiven let_go "
            "different ended_unanswered left not_delivered thanks list hour_before "
            "ask_later summary told_channel series_question installed home",
        ),
        sa.PrimaryKeyConstraint("workspace", "user", "number", "event", "moment"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        sa.CheckConstraint("number >= 0 AND event >= 0", name="subject"),
    )
    index("ix_held_waiting", "held", ["workspace", "user", "since"], "carried_by IS NULL")
    op.create_table(
        "asked",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("prompt", WORD, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        one_of(
            "prompt",
            "proposal change let_go question unanswered_to_asker check_in overdue "
            "overdue_to_asker done period period_done series_question",
        ),
        sa.PrimaryKeyConstraint("workspace", "user", "number", "prompt", "key", "ordinal"),
        refers("number", "expectation", "number"),
        sa.CheckConstraint("ordinal >= 1", name="ordinal"),
    )
    op.create_table(
        "inbox",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
    )
    op.create_index("ix_inbox_at", "inbox", ["workspace", "at"])


def downgrade() -> None:
    for table in ("inbox", "asked", "held", "attempt", "message_subject", "message"):
        op.drop_table(table)
