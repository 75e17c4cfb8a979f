"""Where somebody's direct messages are stands with them: Slack names it in more than posts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KNOWN = """
    UPDATE member SET conversation = (
        SELECT channel FROM message
        WHERE message.workspace = member.workspace AND message."to" = member."user"
            AND message.channel IS NOT NULL
        ORDER BY message.sent_at DESC LIMIT 1
    )
"""


def upgrade() -> None:
    op.add_column("member", sa.Column("conversation", sa.String(), nullable=True))
    op.execute(KNOWN)
    op.drop_index("ix_message_posted_to", "message")


def downgrade() -> None:
    posted = sa.text("channel IS NOT NULL")
    op.create_index(
        "ix_message_posted_to",
        "message",
        ["workspace", "to", "sent_at"],
        sqlite_where=posted,
        postgresql_where=posted,
    )
    op.drop_column("member", "conversation")
