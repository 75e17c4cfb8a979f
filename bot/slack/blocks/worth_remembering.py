"""What is open to a reader of lines worth remembering: write one, share the other's too."""

from bot.domain.expectation import Status
from bot.domain.learnt import Learnt
from bot.domain.views import CardView
from bot.slack.words.learnt import may_be_shared


def to_share_too(view: CardView) -> Learnt | None:
    """Return the line that its author shares already, and the reader may share too."""
    reader = view.reader.user
    if not may_be_shared(view.expectation):
        return None
    return next(
        (line for line in view.learnt if line.by != reader and _waits_for(line, reader)), None
    )


def _waits_for(line: Learnt, reader: str) -> bool:
    sharing = line.sharing
    return reader in sharing.among and sharing.wants(line.by) and not sharing.wants(reader)


def may_share_too(view: CardView) -> bool:
    """Tell whether there is such a line."""
    return to_share_too(view) is not None


def may_write(view: CardView) -> bool:
    """Tell whether the reader may write a line: something was finished, and they wrote none."""
    it, reader = view.expectation, view.reader.user
    written = any(line.by == reader for line in view.learnt)
    return it.status is Status.MET and reader in it.parties and not written
