"""The commands beside the conversation: lists, goals, the week, thanks, away and settings."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from slack_bolt import BoltResponse

from bot.domain.figures.names import find, is_pulse
from bot.domain.language import Context, Reading, read_date
from bot.domain.member import Member
from bot.services.look import Scope
from bot.slack.blocks import figures, personal, replies
from bot.slack.ids import Press, Verb
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.opening import open_or_offer
from bot.slack.listeners.pairs import with_
from bot.slack.listeners.showing import goal_list, goal_shown, listing
from bot.slack.listeners.verbs import Handler, filled_by, thanked_in
from bot.slack.payloads import Typed
from bot.slack.words.privacy import EXPORT_COMES
from bot.slack.words.pulse import why as why_pulse

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKLY = re.compile(r"FREQ=WEEKLY;BYDAY=([A-Z]{2})")
_USUAL_HOUR = time(16)
_SUMMARY_USAGE = (
    "`summary preview` shows it to you, `summary now` posts it, "
    "`summary here weekly fri 16:00` posts it each week, `summary off` ends that."
)
_GOAL_USAGE = "Type its id, such as `goal show G-3`, `goal update G-3 7` or `goal close G-3`."


def help_(desk: Desk, came: Typed, _reading: Reading) -> BoltResponse:
    """Say what one can type."""
    return desk.say(came, replies.help_reply())


def list_(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    """Show a list."""
    who = reading.mentions[0] if reading.mentions else None
    scope = Scope.MINE
    if who is not None:
        scope = Scope.WHO
    elif reading.result.casefold().startswith("team"):
        scope = Scope.TEAM
    return desk.say(came, listing(desk.look.listing(desk.actor(came), scope, who)))


def _goal(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    verb, _, rest = reading.result.partition(" ")
    if verb.casefold() in {"", "list"}:
        return desk.say(came, goal_list(desk.goals.listing(desk.actor(came))))
    match = re.match(r"G-?([0-9]+)\s*(.*)", rest, re.IGNORECASE)
    if match is None:
        return desk.say(came, replies.said(_GOAL_USAGE))
    return _goal_verb(desk, came, verb.casefold(), int(match[1]), match[2].strip(" .,;!?"))


def _goal_verb(desk: Desk, came: Typed, verb: str, number: int, value: str) -> BoltResponse:
    actor = desk.actor(came)
    match verb:
        case "show":
            return desk.say(came, goal_shown(desk.goals.show(actor, number)))
        case "reopen":
            return desk.say(came, goal_shown(desk.goals.reopen(actor, number)))
        case "close":
            return open_or_offer(desk, came, Press(verb=Verb.GOAL_CLOSE, number=number))
        case "update":
            return _goal_update(desk, came, number, value)
    return desk.say(came, replies.said(_GOAL_USAGE))


def _goal_update(desk: Desk, came: Typed, number: int, value: str) -> BoltResponse:
    stands = _number(value)
    if stands is None:
        return open_or_offer(desk, came, Press(verb=Verb.GOAL_UPDATE, number=number))
    return desk.say(came, goal_shown(desk.goals.update(desk.actor(came), number, stands)))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _summary(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    verb, _, rest = reading.result.partition(" ")
    actor = desk.actor(came)
    match verb.casefold():
        case "preview":
            return desk.say(came, personal.summary_preview(desk.summarise.preview(actor).view))
        case "now":
            summed = desk.summarise.now(actor)
            text = personal.summary_now(posted=summed.posted, arrived=summed.arrived)
            return desk.say(came, text)
        case "off":
            desk.summarise.off(actor)
            return desk.say(came, personal.summary_off())
        case "here":
            return _summary_here(desk, came, rest)
    return desk.say(came, replies.said(_SUMMARY_USAGE))


def _summary_here(desk: Desk, came: Typed, rest: str) -> BoltResponse:
    me = desk.directory.member(desk.workspace, came.user)
    when = _weekly(rest, me, desk.clock())
    if when is None:
        return desk.say(came, replies.said(f"When? {_SUMMARY_USAGE} Nothing was saved."))
    weekday, hour = when
    summed = desk.summarise.here(desk.actor(came), weekday, hour)
    summary = summed.channel.summary
    assert summary is not None  # noqa: S101 - it was just set up
    reply = personal.summary_here(weekday, hour, me, summary.next_at, desk.clock())
    return desk.say(came, reply)


def _weekly(text: str, me: Member, now: datetime) -> tuple[int, time] | None:
    """Read `weekly fri 16:00` with the grammar of series; without a time Friday at 16:00."""
    day = re.sub(r"^weekly\b", "", text.strip(), flags=re.IGNORECASE).strip() or "friday"
    context = Context(now=now, zone=me.zone, locale=me.locale)
    when = read_date(f"every {day}", context)
    match = _WEEKLY.fullmatch(when.rrule or "")
    if match is None:
        return None
    wall = when.due.wall if when.due else None
    hour = wall.time() if isinstance(wall, datetime) else _USUAL_HOUR
    return _WEEKDAYS.index(match[1]), hour


def _thanks(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    who, what = thanked_in(reading)
    if not who or not what:
        return open_or_offer(desk, came, Press(verb=Verb.SAY_THANKS), filled_by(reading))
    thanked = desk.thank.give(desk.actor(came), who, what)
    reply = personal.thanked(
        thanked.other.user,
        thanked.me,
        desk.clock(),
        number=thanked.thanks.number,
        channel_name=thanked.channel_name,
        on=thanked.summary_on,
    )
    return desk.say(came, reply)


def _away(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    if reading.due is None or reading.rrule is not None:
        return open_or_offer(desk, came, Press(verb=Verb.AWAY))
    member = desk.configure.away(desk.actor(came), reading.due.day)
    return desk.say(came, personal.away(member, desk.clock()))


def _back(desk: Desk, came: Typed, _reading: Reading) -> BoltResponse:
    return desk.say(came, personal.back(desk.configure.back(desk.actor(came))))


def _settings(desk: Desk, came: Typed, _reading: Reading) -> BoltResponse:
    if came.trigger is not None:
        return open_or_offer(desk, came, Press(verb=Verb.SETTINGS))
    return desk.say(came, personal.settings(desk.configure.current(desk.workspace, came.user)))


def _why(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    if is_pulse(reading.full_result):
        lines = why_pulse(desk.pulse.last(desk.actor(came)), desk.pen(came.user))
        return desk.say(came, replies.said(*lines))
    figure = find(reading.full_result)
    if figure is None:
        return desk.say(came, figures.why_names())
    return desk.say(came, figures.why(desk.question.why(desk.actor(came), figure)))


def _balance(desk: Desk, came: Typed, _reading: Reading) -> BoltResponse:
    return desk.say(came, figures.balance(desk.question.balance(desk.actor(came))))


def _forget_me(desk: Desk, came: Typed, _reading: Reading) -> BoltResponse:
    return open_or_offer(desk, came, Press(verb=Verb.FORGET_ME))


def _export(desk: Desk, came: Typed, _reading: Reading) -> BoltResponse:
    desk.send_export(came)
    return desk.say(came, replies.said(EXPORT_COMES))


COMMANDS: Mapping[str, Handler] = {
    "help": help_,
    "list": list_,
    "goal": _goal,
    "summary": _summary,
    "thanks": _thanks,
    "with": with_,
    "why": _why,
    "balance": _balance,
    "away": _away,
    "back": _back,
    "settings": _settings,
    "export": _export,
    "forget-me": _forget_me,
}
