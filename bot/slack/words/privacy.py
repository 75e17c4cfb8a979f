"""What is said of what is kept: what it is, how one gets it, and how it is forgotten."""

PRIVACY = (
    (
        "*Kept*: what people type into Winwin, who answered what and when, your zone, days and "
        "hours. Nothing else that is said in Slack."
    ),
    (
        "*Seen*: the two of you see what lies between you; your on track, ask me later and how "
        "often you are asked stay with you. Others see what was agreed, in its channel only. "
        "Nobody is ranked or watched, and no manager sees more of your figures than what lies "
        "between the two of you."
    ),
    ("*How long*: until you have it forgotten. Whoever runs Winwin can read the database."),
)

FORGET_ME = (
    ("What is open with others is let go now. It counts nowhere, and they read that you left."),
    (
        "Your name, your settings and everything that you wrote are taken out, also of what others "
        "agreed with you and of the messages that they got. That something was agreed and kept "
        "stays, with nobody's name."
    ),
    (
        "*This cannot be undone.* Weekly summaries that were posted, your own messages in Slack, "
        "names that others typed, and backups stay: ask whoever runs Winwin."
    ),
)
"""What forgetting does and cannot do, before it is done."""

FORGOTTEN = (
    "You are forgotten. What others had from you is being brought up to date. If you use Winwin "
    "again, you begin as somebody new."
)

EXPORT_COMES = (
    "All that is kept about you comes as a file, in your direct messages with Winwin. Only you "
    "see it."
)

EXPORT_TITLE = "All that Winwin keeps about you"


def export_refused(user: str, why: str) -> str:
    """Say that the file could not be put into Slack, and how else it is had."""
    return (
        f"The file with what is kept about you could not be sent: {why}. Whoever runs Winwin "
        f"makes it with `winwin export --person {user}`."
    )
