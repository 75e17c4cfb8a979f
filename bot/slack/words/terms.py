"""What terms say beside result and day: why, gains, needs and the rest, as quotations."""

from datetime import date

from bot.domain.differences import Part, parts_of
from bot.domain.expectation import Expectation, Status, Visibility
from bot.domain.terms import Wording
from bot.slack.pen import Pen
from bot.slack.words.owed import yes_agrees

LIMITS = "Limits"
HELP = "Help you can count on"
CHECKING_IN = "How we check in"
FOLLOWS = "What follows"


def details(wording: Wording, expectation: Expectation, pen: Pen) -> list[str]:
    """Return what terms say beside result and day, a line each; what is not said is left out."""
    said = parts_of(wording)
    too = yes_agrees(expectation, None, pen) if expectation.status is Status.PROPOSED else ""
    return [
        f"{name}: {pen.quote(said[part])}{f' {too}' if too and part is Part.NEEDS else ''}"
        for part, name in labels(wording, expectation, pen).items()
        if part is not Part.RESULT and said[part].strip()
    ]


def labels(wording: Wording, expectation: Expectation, pen: Pen) -> dict[Part, str]:
    """Name the parts of terms as their reader sees them, in the order of a card."""
    mine, theirs = Part.GAIN_OWNER, Part.GAIN_REQUESTER
    if pen.reader != expectation.owner:
        mine, theirs = theirs, mine
    other = expectation.other(pen.reader or "")
    named = {
        Part.RESULT: "What",
        Part.WHY: "Why",
        mine: "For you",
        theirs: f"For {pen.who(other)}",
        Part.GAIN_TEAM: "For the team",
        Part.DONE_MEANS: "Done means",
        Part.NEEDS: _needed(wording, expectation, pen),
        Part.GUIDELINES: LIMITS,
        Part.RESOURCES: HELP,
        Part.ACCOUNTABILITY: CHECKING_IN,
        Part.CONSEQUENCES: FOLLOWS,
    }
    if other is None:
        del named[theirs]
    return named


def _needed(wording: Wording, expectation: Expectation, pen: Pen) -> str:
    requester = expectation.requester
    whose = "you" if requester == pen.reader else pen.who(requester)
    day = f" by {pen.day(date.fromisoformat(wording.needs_by))}" if wording.needs_by else ""
    return f"Needed from {whose}{day}"


def audience(expectation: Expectation, pen: Pen) -> str:
    """Return who can see it: the parties, and a channel once it is agreed."""
    if expectation.visibility is Visibility.PRIVATE or expectation.channel is None:
        return "you two"
    return f"you two, and {pen.channel(expectation.channel)} once it is agreed"
