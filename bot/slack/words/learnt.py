"""Lines worth remembering, and who else will read them."""

from bot.domain.expectation import Expectation, Visibility
from bot.domain.learnt import Learnt
from bot.slack.pen import Pen

STAYS = "The shared line stays as it was; the new one is not kept. "


def may_be_shared(it: Expectation) -> bool:
    """Tell whether there is a channel that could read of it."""
    return it.channel is not None and it.visibility is Visibility.CHANNEL


def learnt_line(line: Learnt, it: Expectation, pen: Pen) -> str:
    """Return a line as one of the two reads it."""
    return f"{pen.you_or(line.by)}: {pen.quote(line.text)}{_read_by(line, it, pen)}"


def remembered(line: Learnt, it: Expectation, pen: Pen) -> str:
    """Return the same in a message about its expectation."""
    return f"Worth remembering. {learnt_line(line, it, pen)}"


def _read_by(line: Learnt, it: Expectation, pen: Pen) -> str:
    """Say who else reads it, where a channel may."""
    sharing = line.sharing
    if not may_be_shared(it):
        return ""
    if sharing.is_shown:
        return " The channel's summary carries it."
    others = sorted(sharing.among - {pen.reader})
    other = pen.who(others[0]) if others else ""
    if sharing.wants(pen.reader or ""):
        return f" The channel's summary carries it once {other} shares it too."
    if sharing.wanted_by:
        return f" {other} would share it in the channel's summary."
    return " Between the two of you." if others else ""
