"""People, channels, goals and expectations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
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
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id"),
    )
    op.create_table(
        "counter",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "kind"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        sa.CheckConstraint("kind IN ('expectation', 'goal', 'thanks')", name="kind"),
        sa.CheckConstraint("next >= 1", name="next"),
    )
    op.create_table(
        "member",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("check_in", sa.Time(), nullable=False),
        sa.Column("workdays", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("cadence", WORD, nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_stranger", sa.Boolean(), nullable=False),
        sa.Column("welcomed_at", WHEN, nullable=True),
        sa.Column("checked_at", WHEN, nullable=True),
        sa.Column("last_list_on", sa.Date(), nullable=True),
        sa.Column("next_list_at", WHEN, nullable=True),
        one_of("cadence", "normal daily weekly"),
        sa.PrimaryKeyConstraint("workspace", "user"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        sa.CheckConstraint("workdays <> ''", name="workdays"),
    )
    index(
        "ix_member_due_for_list",
        "member",
        ["workspace", "next_list_at"],
        "next_list_at IS NOT NULL",
    )
    op.create_index("ix_member_stale", "member", ["workspace", "checked_at"])
    op.create_table(
        "channel",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("summary_weekday", sa.Integer(), nullable=True),
        sa.Column("summary_hour", sa.Time(), nullable=True),
        sa.Column("summary_zone", sa.String(), nullable=True),
        sa.Column("summary_by", sa.String(), nullable=True),
        sa.Column("summary_next_at", WHEN, nullable=True),
        sa.Column("summary_last_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "channel"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        sa.CheckConstraint("kind IN ('channel', 'private', 'im', 'mpim')", name="kind"),
        sa.CheckConstraint(
            "(summary_weekday IS NULL) = (summary_hour IS NULL)"
            " AND (summary_weekday IS NULL) = (summary_zone IS NULL)"
            " AND (summary_weekday IS NULL) = (summary_by IS NULL)"
            " AND (summary_weekday IS NULL) = (summary_next_at IS NULL)",
            name="summary",
        ),
        sa.CheckConstraint(
            "summary_last_on IS NULL OR summary_weekday IS NOT NULL", name="summary_last_on"
        ),
        sa.CheckConstraint("summary_weekday BETWEEN 0 AND 6", name="summary_weekday"),
    )
    index(
        "ix_channel_due_for_summary",
        "channel",
        ["workspace", "summary_next_at"],
        "summary_next_at IS NOT NULL",
    )
    op.create_table(
        "goal",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("creator", sa.String(), nullable=False),
        sa.Column("champion", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("gain", sa.String(), nullable=False),
        sa.Column("measure_start", sa.String(), nullable=True),
        sa.Column("measure_now", sa.String(), nullable=True),
        sa.Column("measure_target", sa.String(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("status", WORD, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("closed_at", WHEN, nullable=True),
        one_of("visibility", "channel private"),
        one_of("status", "open met missed dropped"),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        sa.CheckConstraint("(closed_at IS NULL) = (status = 'open')", name="closed_at"),
        sa.CheckConstraint(
            "(measure_start IS NULL) = (measure_now IS NULL)"
            " AND (measure_start IS NULL) = (measure_target IS NULL)",
            name="measure",
        ),
        sa.CheckConstraint("number >= 1", name="number"),
    )
    op.create_index("ix_goal_in_channel", "goal", ["workspace", "channel", "number"])
    op.create_index("ix_goal_of_champion", "goal", ["workspace", "champion", "number"])
    op.create_index("ix_goal_of_creator", "goal", ["workspace", "creator", "number"])
    op.create_table(
        "goal_update",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "seq"),
        refers("number", "goal", "number"),
        sa.CheckConstraint("seq >= 1", name="seq"),
    )
    op.create_table(
        "expectation",
        sa.Column("workspace", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("requester", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("due_zone", sa.String(), nullable=True),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("agreed_at", WHEN, nullable=True),
        sa.Column("pending_ordinal", sa.Integer(), nullable=True),
        sa.Column("pending_kind", WORD, nullable=True),
        sa.Column("pending_author", sa.String(), nullable=True),
        sa.Column("pending_at", WHEN, nullable=True),
        sa.Column("pending_asked_at", WHEN, nullable=True),
        sa.Column("pending_version", sa.Integer(), nullable=True),
        sa.Column("pending_note", sa.String(), nullable=True),
        sa.Column("pending_reached_at", WHEN, nullable=True),
        sa.Column("pendings", sa.Integer(), nullable=False),
        sa.Column("reached_at", WHEN, nullable=True),
        sa.Column("owner_word_at", WHEN, nullable=True),
        sa.Column("requester_word_at", WHEN, nullable=True),
        sa.Column("question_by", sa.String(), nullable=True),
        sa.Column("question_at", WHEN, nullable=True),
        sa.Column("question_text", sa.String(), nullable=True),
        sa.Column("rested", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("first_report", sa.Integer(), nullable=True),
        sa.Column("last_report", sa.Integer(), nullable=True),
        sa.Column("moved_in_time", sa.Boolean(), nullable=False),
        sa.Column("moved_late", sa.Boolean(), nullable=False),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("unconfirmed", sa.Boolean(), nullable=False),
        sa.Column("self_confirmed", sa.Boolean(), nullable=False),
        sa.Column("closed_at", WHEN, nullable=True),
        sa.Column("remedy_of", sa.Integer(), nullable=True),
        sa.Column("open_remedy", sa.Integer(), nullable=True),
        sa.Column("group", sa.Integer(), nullable=True),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("tell_channel", sa.Boolean(), nullable=False),
        sa.Column("next_clock_at", WHEN, nullable=True),
        one_of("kind", "request offer commitment"),
        one_of("visibility", "channel private"),
        one_of(
            "status",
            "proposed active done met missed declined withdrawn lapsed released "
            "handed_back unsettled",
        ),
        one_of("pending_kind", "terms let_go"),
        one_of("outcome", "kept kept_changed late missed repaired forgiven"),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"]),
        refers("goal", "goal", "number"),
        refers("group", "expectation", "number"),
        refers("open_remedy", "expectation", "number"),
        refers("remedy_of", "expectation", "number"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (status IN ('proposed', 'active', 'done'))", name="closed_at"
        ),
        sa.CheckConstraint(
            "status = 'met' OR NOT (unconfirmed OR self_confirmed)", name="confirmed_when_met"
        ),
        sa.CheckConstraint("reports >= 0 AND returns >= 0 AND pendings >= 0", name="counts"),
        sa.CheckConstraint("number >= 1", name="number"),
        sa.CheckConstraint("open_remedy IS NULL OR status = 'missed'", name="open_remedy"),
        sa.CheckConstraint(
            "outcome IS NULL OR (status = 'met'"
            " AND outcome IN ('kept', 'kept_changed', 'late')) OR (status = 'missed'"
            " AND outcome IN ('missed', 'repaired', 'forgiven'))",
            name="outcome_fits",
        ),
        sa.CheckConstraint("requester <> owner", name="parties"),
        sa.CheckConstraint(
            "(pending_ordinal IS NULL) = (pending_kind IS NULL)"
            " AND (pending_ordinal IS NULL) = (pending_author IS NULL)"
            " AND (pending_ordinal IS NULL) = (pending_at IS NULL)"
            " AND (pending_ordinal IS NULL) = (pending_asked_at IS NULL)"
            " AND (pending_ordinal IS NULL) = (pending_note IS NULL)",
            name="pending",
        ),
        sa.CheckConstraint(
            "pending_ordinal IS NULL OR (status = 'active'"
            " AND pending_ordinal BETWEEN 1 AND pendings)",
            name="pending_active",
        ),
        sa.CheckConstraint(
            "pending_reached_at IS NULL OR pending_ordinal IS NOT NULL", name="pending_reached_at"
        ),
        sa.CheckConstraint(
            "(pending_version IS NOT NULL) = (pending_kind IS NOT NULL AND pending_kind = 'terms')",
            name="pending_version",
        ),
        sa.CheckConstraint(
            "(question_by IS NULL) = (question_at IS NULL)"
            " AND (question_by IS NULL) = (question_text IS NULL)",
            name="question",
        ),
        sa.CheckConstraint(
            "first_report BETWEEN 1 AND reports AND last_report BETWEEN first_report AND reports",
            name="reports",
        ),
        sa.CheckConstraint("(requester IS NULL) = (kind = 'commitment')", name="requester"),
        sa.CheckConstraint("version >= 1 AND last_version >= version", name="version"),
    )
    index(
        "ix_expectation_accepted",
        "expectation",
        ["workspace", "channel", "agreed_at"],
        "agreed_at IS NOT NULL AND visibility = 'channel'",
    )
    index(
        "ix_expectation_agreed",
        "expectation",
        ["workspace", "channel", "due_at", "number"],
        "status IN ('active', 'done') AND visibility = 'channel'",
    )
    index(
        "ix_expectation_clock",
        "expectation",
        ["workspace", "next_clock_at"],
        "next_clock_at IS NOT NULL",
    )
    index(
        "ix_expectation_closed",
        "expectation",
        ["workspace", "channel", "closed_at"],
        "closed_at IS NOT NULL AND visibility = 'channel'",
    )
    index(
        "ix_expectation_finished",
        "expectation",
        ["workspace", "owner", "outcome"],
        "outcome IS NOT NULL",
    )
    index("ix_expectation_goal", "expectation", ["workspace", "goal", "due_at"], "goal IS NOT NULL")
    index(
        "ix_expectation_open_owned",
        "expectation",
        ["workspace", "owner", "due_at", "number"],
        "status IN ('proposed', 'active', 'done')",
    )
    index(
        "ix_expectation_open_requested",
        "expectation",
        ["workspace", "requester", "due_at", "number"],
        "status IN ('proposed', 'active', 'done')",
    )
    index(
        "ix_expectation_remedy", "expectation", ["workspace", "remedy_of"], "remedy_of IS NOT NULL"
    )


def downgrade() -> None:
    for table in (
        "expectation",
        "goal_update",
        "goal",
        "channel",
        "member",
        "counter",
        "workspace",
    ):
        op.drop_table(table)
