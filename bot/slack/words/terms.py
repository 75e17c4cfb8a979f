"""What terms say beside result and day: why, gains, needs and the rest, as quotations."""

from datetime import date

from bot.domain.expectation import Expectation, Visibility
from bot.domain.terms import Wording
from bot.slack.pen import Pen

LIMITS = "Limits"
HELP = "Help you can count on"
CHECKING_IN = "How we check in"
FOLLOWS = "What follows"


def details(wording: Wording, expectation: Expectation, pen: Pen) -> list[str]:
    """Return what terms say beside result and day, a line each; what is not said is left out."""
    owner = pen.reader == expectation.owner
    mine, theirs = wording.gains.owner, wording.gains.requester
    if not owner:
        mine, theirs = theirs, mine
    other = expectation.other(pen.reader or "")
    said = [
        ("Why", wording.why),
        ("For you", mine),
        (f"For {pen.who(other)}", theirs if other else ""),
        ("For the team", wording.gains.team),
        ("Done means", wording.done_means),
        (_needed(wording, expectation, pen), wording.needs),
        (LIMITS, wording.guidelines),
        (HELP, wording.resources),
        (CHECKING_IN, wording.accountability),
        (FOLLOWS, wording.consequences),
    ]
    return [f"{name}: {pen.quote(text)}" for name, text in said if text.strip()]


def _needed(wording: Wording, expectation: Expectation, pen: Pen) -> str:
    requester = expectation.requester
    whose = "you" if requester == pen.reader else pen.who(requester)
    day = f" by {pen.day(date.fromisoformat(wording.needs_by))}" if wording.needs_by else ""
    return f"Needed from {whose}{day}"


def changed(before: Wording, after: Wording) -> Wording:
    """Return only what a new version says differently."""
    gains, old = after.gains, before.gains
    return Wording(
        result=after.result,
        why=_new(before.why, after.why),
        gains=type(gains)(
            requester=_new(old.requester, gains.requester),
            owner=_new(old.owner, gains.owner),
            team=_new(old.team, gains.team),
        ),
        done_means=_new(before.done_means, after.done_means),
        needs=_new(before.needs + before.needs_by, after.needs + after.needs_by) and after.needs,
        needs_by=after.needs_by,
        guidelines=_new(before.guidelines, after.guidelines),
        resources=_new(before.resources, after.resources),
        accountability=_new(before.accountability, after.accountability),
        consequences=_new(before.consequences, after.consequences),
    )


def _new(before: str, after: str) -> str:
    return after if after != before else ""


def audience(expectation: Expectation, pen: Pen) -> str:
    """Return who can see it: the parties, and a channel once it is agreed."""
    if expectation.visibility is Visibility.PRIVATE or expectation.channel is None:
        return "you two"
    return f"you two, and {pen.channel(expectation.channel)} once it is agreed"
