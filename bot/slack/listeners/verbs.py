"""The verbs of the conversation as they are typed: `accept E-42`, `change E-42 by friday`."""

import re
from collections.abc import Callable, Mapping

from slack_bolt import BoltResponse

from bot.domain.conversation import Details
from bot.domain.expectation import Action
from bot.domain.language import Question, Reading
from bot.domain.terms import Wording
from bot.slack.blocks import replies
from bot.slack.blocks.forms.details import split_result
from bot.slack.blocks.show import show
from bot.slack.ids import Press, Verb
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.opening import Filled, open_or_offer
from bot.slack.listeners.showing import acted, goal_shown
from bot.slack.payloads import Typed

Handler = Callable[[Desk, Typed, Reading], BoltResponse]

_FOR = re.compile(r"\bfor\b", re.IGNORECASE)
_ID = re.compile(r"([EG])-([0-9]+)[.,:;!?]*\s*")


def id_and_rest(reading: Reading) -> tuple[str, int, str] | None:
    """Return the letter and number that the arguments begin with, and what follows them."""
    match = _ID.match(reading.result)
    if match is None:
        return None
    return match[1], int(match[2]), reading.full_result[match.end() :].strip()


def text_before_date(reading: Reading, rest: str) -> str:
    """Return what follows the id without the date that was read from its end."""
    if reading.typed_date and rest.endswith(reading.typed_date):
        return rest[: -len(reading.typed_date)].strip()
    return rest


def thanked_in(reading: Reading) -> tuple[str, str]:
    """Return who is thanked and what for; empty where it was not typed."""
    parts = _FOR.split(reading.full_result, maxsplit=1)
    who = reading.mentions[0] if reading.mentions else ""
    return who, parts[1].strip() if len(parts) > 1 else ""


def filled_by(reading: Reading) -> Filled:
    """Return what a typed verb fills its form with: the text after the id, and the date."""
    if reading.command == "thanks":
        who, what = thanked_in(reading)
        return Filled(who=who, note=what)
    found = id_and_rest(reading)
    rest = found[2] if found else ""
    text = text_before_date(reading, rest)
    return Filled(
        what=text,
        note=text or rest,
        due=reading.due,
        readings=reading.readings,
        typed_date=reading.typed_date,
        doubt=reading.reason,
    )


def _show(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    found = id_and_rest(reading)
    if found is None:
        return _which(desk, came, "show E-42")
    letter, number, _ = found
    if letter == "G":
        return desk.say(came, goal_shown(desk.goals.show(desk.actor(came), number)))
    shown = desk.look.show(desk.actor(came), number)
    return desk.say(came, show(shown, desk.identity.team_id))


def _plain(action: Action) -> Handler:
    """Return the handler of a verb that needs nothing but an id; what follows is its note."""

    def act(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
        found = id_and_rest(reading)
        if found is None:
            return _which(desk, came, f"{reading.command} E-42")
        _, number, rest = found
        done = desk.answer.act(desk.actor(came), number, action, Details(note=rest))
        return desk.say(came, acted(done, desk.clock()))

    return act


def _with_note(action: Action, verb: Verb) -> Handler:
    """Return the handler of a verb that needs words; without them its form opens."""

    def act(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
        found = id_and_rest(reading)
        if found is None:
            return _which(desk, came, f"{reading.command} E-42")
        _, number, rest = found
        if not rest:
            return open_or_offer(desk, came, Press(verb=verb, number=number))
        done = desk.answer.act(desk.actor(came), number, action, Details(note=rest))
        return desk.say(came, acted(done, desk.clock()))

    return act


def _done(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    found = id_and_rest(reading)
    if found is None:
        return _which(desk, came, "done E-42")
    _, number, rest = found
    link = reading.links[0] if reading.links else ""
    details = Details(note="" if link else rest, link=link)
    done = desk.answer.act(desk.actor(came), number, Action.DONE, details)
    return desk.say(came, acted(done, desk.clock()))


def _change(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    found = id_and_rest(reading)
    if found is None:
        return _which(desk, came, "change E-42 by friday")
    _, number, rest = found
    text = text_before_date(reading, rest)
    if Question.WHEN in reading.questions:
        press = Press(verb=Verb.CHANGE, number=number)
        return open_or_offer(desk, came, press, filled_by(reading))
    wording = None
    if text:
        before = desk.look.show(desk.actor(came), number).card.expectation
        wording = split_result(text, before.terms.wording)
    details = Details(wording=wording, due=reading.due, rrule=reading.rrule)
    done = desk.answer.act(desk.actor(came), number, Action.CHANGE, details)
    return desk.say(came, acted(done, desk.clock()))


def _return(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    found = id_and_rest(reading)
    if found is None:
        return _which(desk, came, "return E-42 what is missing")
    _, number, rest = found
    note = text_before_date(reading, rest) or rest
    if not note or Question.WHEN in reading.questions:
        press = Press(verb=Verb.RETURN, number=number)
        return open_or_offer(desk, came, press, filled_by(reading))
    details = Details(note=note, due=reading.due)
    done = desk.answer.act(desk.actor(came), number, Action.RETURN, details)
    return desk.say(came, acted(done, desk.clock()))


def _remedy(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    found = id_and_rest(reading)
    if found is None:
        return _which(desk, came, "remedy E-42 what by friday")
    _, number, rest = found
    text = text_before_date(reading, rest)
    if not text or reading.due is None or reading.rrule:
        press = Press(verb=Verb.REMEDY, number=number)
        return open_or_offer(desk, came, press, filled_by(reading))
    wording = split_result(text, Wording(result=""))
    done = desk.answer.remedy(desk.actor(came), number, wording, reading.due)
    return desk.say(came, acted(done, desk.clock()))


def _which(desk: Desk, came: Typed, example: str) -> BoltResponse:
    """Ask which one is meant."""
    text = f"Which one? Type its id, such as `{example}`. Nothing was changed."
    return desk.say(came, replies.said(text, buttons=[replies.MY_LIST]))


COMMANDS: Mapping[str, Handler] = {
    "show": _show,
    "done": _done,
    "accept": _plain(Action.ACCEPT),
    "change": _change,
    "ask": _with_note(Action.ASK, Verb.ASK),
    "answer": _with_note(Action.ANSWER, Verb.ANSWER),
    "decline": _plain(Action.DECLINE),
    "keep": _plain(Action.KEEP),
    "drop": _plain(Action.DROP),
    "cannot": _with_note(Action.CANNOT, Verb.CANNOT),
    "confirm": _plain(Action.CONFIRM),
    "return": _return,
    "undo": _plain(Action.UNDO),
    "missed": _plain(Action.MISSED),
    "differ": _with_note(Action.DIFFER, Verb.DIFFER),
    "remedy": _remedy,
    "forgive": _plain(Action.FORGIVE),
}
