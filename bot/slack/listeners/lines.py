"""A typed line: read, then made, done or shown."""

from collections.abc import Mapping
from dataclasses import replace

from slack_bolt import BoltResponse

from bot.domain.errors import PersonError
from bot.domain.expectation import Kind
from bot.domain.language import Context, Intent, Reading, nearest, read
from bot.domain.member import Member
from bot.domain.terms import Wording
from bot.services.goals import GoalDraft
from bot.services.propose import Draft
from bot.slack.blocks import replies
from bot.slack.listeners import around, charters, verbs
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.opening import ask_in_form
from bot.slack.listeners.showing import created, goal_shown
from bot.slack.payloads import Typed

_COMMANDS: Mapping[str, verbs.Handler] = {
    **around.COMMANDS,
    **charters.COMMANDS,
    **verbs.COMMANDS,
}


def typed(desk: Desk, came: Typed) -> BoltResponse:
    """Answer a line; who is of another organisation may read along, and ask nothing."""
    me = desk.directory.member(desk.workspace, came.user)
    if me.is_stranger:
        raise PersonError(came.user, "outside")
    reading, owners = _read(desk, me, came.text)
    if reading.command is not None:
        return _COMMANDS[reading.command](desk, came, reading)
    if reading.intent is Intent.UNKNOWN:
        nearest = _nearest(desk, came)
        usable = read_for(desk, came.user, nearest).intent is not Intent.UNKNOWN
        return desk.say(came, replies.unknown_line(came.text, nearest, usable=usable))
    if reading.questions:
        return ask_in_form(desk, came, reading)
    if reading.intent is Intent.GOAL:
        return _set_goal(desk, came, reading)
    return _propose(desk, came, reading, {me.user: me, **owners})


def read_for(desk: Desk, user: str, text: str) -> Reading:
    """Read a line as its typist means it; what is past where an owner is, is asked."""
    reading, _ = _read(desk, desk.directory.member(desk.workspace, user), text)
    return reading


def _read(desk: Desk, me: Member, text: str) -> tuple[Reading, Mapping[str, Member]]:
    """Read a line; return its owners too."""
    context = _context(desk, me)
    reading = read(text, context)
    owners = desk.directory.members(desk.workspace, reading.owners) if reading.owners else {}
    among_owners = replace(context, owner_zones=tuple(owner.zone for owner in owners.values()))
    if among_owners.first_day != context.first_day:
        reading = read(text, among_owners)
    return reading, owners


def _context(desk: Desk, me: Member) -> Context:
    return Context(
        now=desk.clock(),
        zone=me.zone,
        locale=me.locale,
        workdays=me.workdays,
        holidays=me.holidays,
    )


def _propose(
    desk: Desk, came: Typed, reading: Reading, known: Mapping[str, Member]
) -> BoltResponse:
    assert reading.due is not None  # noqa: S101 - nothing is left to ask
    kind = Kind.REQUEST
    if reading.intent is Intent.OFFER:
        kind = Kind.OFFER if reading.for_whom else Kind.COMMITMENT
    draft = Draft(
        kind=kind,
        wording=Wording(result=reading.result, done_means=reading.rest),
        due=reading.due,
        owners=reading.owners,
        for_whom=reading.for_whom,
        rrule=reading.rrule,
    )
    made = desk.propose.create(desk.actor(came), draft, known)
    return desk.say(came, created(made, desk.clock()))


def _set_goal(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    assert reading.due is not None  # noqa: S101 - nothing is left to ask
    draft = GoalDraft(title=reading.result, day=reading.due.day, why=reading.rest)
    return desk.say(came, goal_shown(desk.goals.create(desk.actor(came), draft)))


def _nearest(desk: Desk, came: Typed) -> str:
    """Return what was typed with its first word set right; else how such a line is typed."""
    usage = nearest(came.text)
    if usage.casefold().endswith(came.text.strip().casefold()):
        return usage  # it holds what was typed already: an id alone
    mended = f"{usage.partition(' ')[0]} {came.text.strip().partition(' ')[2]}".strip()
    return mended if read_for(desk, came.user, mended).command is not None else usage
