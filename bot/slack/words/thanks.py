"""Thanks, as their reader gets them, and where else they will be read."""

from datetime import date

from bot.domain.thanks import Thanks
from bot.slack.pen import Pen
from bot.slack.text import channel_named


def thanks_words(thanks: Thanks, pen: Pen) -> str:
    """Return thanks as their reader gets them."""
    return f"{pen.who(thanks.by)} thanks you: {pen.quote(thanks.text)}"


def thanks_told(thanks: Thanks, channel_name: str | None, summary_on: date | None, pen: Pen) -> str:
    """Return the same, with where else it will be read."""
    text = thanks_words(thanks, pen)
    if channel_name is None or thanks.kept_between:
        return text
    return f"{text} {carried(channel_name, summary_on, pen)}"


def carried(channel_name: str, summary_on: date | None, pen: Pen) -> str:
    """Say which channel's summary carries thanks; without a day where none is set up yet."""
    summary = f"summary of {channel_named(channel_name)}"
    if summary_on is None:
        return f"A {summary} may carry it."
    return f"On {pen.day(summary_on)} the {summary} carries it."
