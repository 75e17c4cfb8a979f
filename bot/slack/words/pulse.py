"""The monthly pulse in words: asked, answered, and counted."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from bot.domain.pulse import Pulse, Said, Statement
from bot.domain.views import AsideView
from bot.slack.pen import Pen

STATEMENTS: Mapping[Statement, str] = {
    Statement.CLEAR: "It is clear to me what is expected of me",
    Statement.SHARE: "I carry a fair share",
    Statement.SAY_NO: "I can say no",
}
ANSWERS: Mapping[Said, str] = {Said.YES: "yes", Said.PARTLY: "partly", Said.NO: "no"}

HOW_KEPT = (
    "Counted without your name, and shown to the channel once the month is over, from five "
    "answers on; fewer are deleted. Afterwards nobody can tell your answer apart, so it cannot be "
    "changed."
)

_WHY = (
    "Pulse: where five people work together, lists ask three statements a month and count the "
    "answers without names. A month is shown once it is over, from five answers on. It cannot see "
    "why somebody answers as they do."
)


def question(view: AsideView, pen: Pen) -> str:
    """Ask for a pulse, or say what became of it."""
    month = month_name(date.fromisoformat(view.args["month"]), pen)
    which = f"Pulse of {pen.channel(view.args['channel'])}, {month}"
    if view.answered == "answered":
        return f"{which}: your answer is in."
    if view.answered:
        return f"{which}: over."
    return (
        f"{which}: three statements, answered without your name. The channel sees only the "
        "counts, once the month is over and from five answers on."
    )


def thanked(month: date, pen: Pen) -> str:
    """Confirm an answer."""
    name = month_name(month, pen)
    return f"Counted, without your name. Shown once {name} is over, from five answers on."


def month_name(month: date, pen: Pen) -> str:
    """Write a month out, with its year where that is not this one."""
    pattern = "MMMM" if month.year == pen.today.year else "MMMM y"
    return format_date(month, pattern, locale="en")


def counted(pulse: Pulse) -> list[str]:
    """Return a month's counts, a statement a line; never rates."""
    return [f"{words}: {_counts(pulse.counts[one])}." for one, words in STATEMENTS.items()]


def _counts(counts: Mapping[Said, int]) -> str:
    return ", ".join(f"{counts.get(said, 0)} {word}" for said, word in ANSWERS.items())


def why(pulse: Pulse | None, pen: Pen) -> list[str]:
    """Say what a pulse is, how it is counted, and what it cannot see."""
    shown = ["There is none to show here yet."]
    if pulse is not None:
        shown = [f"*Pulse of {month_name(pulse.month, pen)}*", *counted(pulse)]
    return [_WHY, *shown]
