"""Opening forms: from a button, a menu or a typed verb that lacks something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from slack_bolt import BoltResponse

from bot.domain.conversation import is_stale
from bot.domain.due import Due
from bot.domain.errors import NotAllowedError, StaleError, UnknownIdError
from bot.domain.expectation import Action, Kind, Status
from bot.domain.goal import Goal, GoalStatus
from bot.domain.language import Doubt, Intent, Reading
from bot.domain.own_words import latest_of
from bot.domain.terms import Wording
from bot.domain.views import CardView
from bot.slack.blocks import replies
from bot.slack.blocks.forms.answers import (
    accept_form,
    done_form,
    later_form,
    why_modal,
)
from bot.slack.blocks.forms.change import change_form, remedy_form, return_form
from bot.slack.blocks.forms.expect import Form, expectation_form
from bot.slack.blocks.forms.goals import GoalForm, goal_close_form, goal_form, goal_update_form
from bot.slack.blocks.forms.notes import note_form
from bot.slack.blocks.forms.own_words import words_form, worth_form
from bot.slack.blocks.forms.pairs import remember_form, with_form
from bot.slack.blocks.forms.personal import (
    away_form,
    balance_note_form,
    settings_form,
    thanks_form,
)
from bot.slack.blocks.forms.privacy import forget_form, privacy_modal
from bot.slack.blocks.kit import BUTTON_VALUE, Button
from bot.slack.ids import Origin, Press, Verb, due_key
from bot.slack.listeners.charter_forms import (
    agreement_here,
    ask_pulse,
    edit_charter,
    show_changes,
)
from bot.slack.listeners.desk import Desk, View
from bot.slack.listeners.goals import ask_to_raise
from bot.slack.payloads import Incoming, Pressed, Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was typed already, and is never lost."""

    who: str = ""  # a user id
    what: str = ""
    note: str = ""
    due: Due | None = None
    readings: tuple[Due, ...] = ()
    typed_date: str = ""
    doubt: Doubt | None = None


NOTHING = Filled()


def open_form(desk: Desk, came: Incoming, press: Press, filled: Filled = NOTHING) -> BoltResponse:
    """Open the form that a press leads to; refuse what is not open any more."""
    origin = _origin(came, press, filled)
    if press.verb in _ALONE:
        return desk.open(came, _ALONE[press.verb](desk, came, origin))
    if press.verb is Verb.SAY_THANKS and press.number is None:
        to, between = filled.who or press.key or None, bool(press.key)
        return desk.open(came, thanks_form(origin, to, filled.note, private=between))
    if press.number is None:
        raise UnknownIdError("E-?")
    card = desk.look.show(desk.actor(came), press.number).card
    _refuse_outdated(press, card)
    seen = press.seen or card.expectation.seen
    origin = replace(origin, press=replace(press, seen=seen))
    return desk.open(came, _OF_ITEM.get(press.verb, _note)(card, origin, filled))


def open_or_offer(desk: Desk, came: Typed, press: Press, filled: Filled = NOTHING) -> BoltResponse:
    """Open the form, or where no form can be opened unasked, offer the button that does."""
    if came.trigger is not None:
        return open_form(desk, came, press, filled)
    return _offer(desk, came, press, filled.typed_date, filled.doubt)


def _offer(
    desk: Desk, came: Typed, press: Press, typed_date: str, doubt: Doubt | None
) -> BoltResponse:
    """Offer the button that opens the form; it carries the line, so that nothing is lost."""
    carrying = replace(press, text=came.text)
    fits = len(carrying.encode()) <= BUTTON_VALUE
    button = Button(label="Open the form", press=carrying if fits else press)
    lines = [] if fits else ["The form cannot take so long a line along: paste it there."]
    return desk.say(came, replies.needs_form(typed_date, button, *lines, doubt=doubt))


def ask_in_form(desk: Desk, came: Typed, reading: Reading) -> BoltResponse:
    """Ask for what a line lacks: the form has all that was read, and the readings to choose."""
    if came.trigger is None:
        return _offer(desk, came, Press(verb=_verb(reading)), reading.typed_date, reading.reason)
    if reading.intent is Intent.GOAL:
        return open_goal(desk, came, reading)
    return desk.open(came, form_for(desk, came, reading))


def form_for(desk: Desk, came: Incoming, reading: Reading, *, link: str = "") -> View:
    """Return the form filled in with what was read."""
    me = desk.directory.member(desk.workspace, came.user)
    origin = replace(
        _origin(came, Press(verb=_verb(reading)), Filled(readings=reading.readings)),
        rrule=reading.rrule or "",
        link=link,
    )
    form = Form(
        wording=Wording(result=reading.full_result),
        owners=reading.owners,
        for_whom=reading.for_whom,
        due=reading.due,
    )
    return expectation_form(
        form,
        origin,
        me,
        desk.clock(),
        goals=open_goals(desk, came),
        worth=worth_of(desk, form.owners or ((form.for_whom,) if form.for_whom else ())),
        asked=reading.typed_date if reading.due is None else "",
        doubt=reading.reason,
        agreement=agreement_here(desk, came),
    )


def worth_of(desk: Desk, chosen: Sequence[str]) -> tuple[str, str] | None:
    """Return the name and line of who alone is chosen: what makes work worth it for them."""
    return desk.configure.worth_of(desk.workspace, chosen[0]) if len(chosen) == 1 else None


def open_goals(desk: Desk, came: Incoming) -> tuple[Goal, ...]:
    """Return the goals under which something new can hang."""
    shown = desk.goals.listing(desk.actor(came)).goals
    return tuple(goal for goal in shown if goal.status is GoalStatus.OPEN)


def _verb(reading: Reading) -> Verb:
    verbs = {Intent.OFFER: Verb.FORM_OFFER, Intent.GOAL: Verb.GOAL_NEW}
    return verbs.get(reading.intent, Verb.FORM_ASK)


def open_goal(desk: Desk, came: Incoming, reading: Reading) -> BoltResponse:
    """Open the form of a goal, with what was read; a day in doubt is left to choose."""
    dues = (reading.due,) if reading.due else reading.readings
    day = dues[0].day if len(dues) == 1 else None
    form = GoalForm(title=reading.result, why=reading.rest, day=day)
    return desk.open(came, goal_form(form, _origin(came, Press(verb=Verb.GOAL_NEW), NOTHING)))


def _origin(came: Incoming, press: Press, filled: Filled) -> Origin:
    readings = filled.readings or ((filled.due,) if filled.due else ())
    return Origin(
        press=press,
        channel=came.place.channel,
        channel_kind=came.place.kind,
        message=came.message if isinstance(came, Pressed) and not came.ephemeral else None,
        readings=tuple(due_key(due) for due in readings),
    )


def _refuse_outdated(press: Press, card: CardView) -> None:
    """Refuse a press on other terms than the present ones, or on what is closed by now."""
    it, move = card.expectation, _MOVES.get(press.verb)
    if press.seen is not None and is_stale(it, move, card.reader.user, press.seen):
        raise StaleError(it.number)
    if press.verb in _CHECK_INS and it.status is not Status.ACTIVE:
        raise NotAllowedError(it.number, press.verb.value)
    if move is not None and move not in card.moves:
        raise NotAllowedError(it.number, move.value)


_CHECK_INS = frozenset({Verb.ADD_WORDS, Verb.AT_RISK, Verb.NEED_HELP, Verb.OFFER_HELP, Verb.LATER})

_MOVES: Mapping[Verb, Action] = {
    Verb.ACCEPT_FORM: Action.ACCEPT,
    Verb.DROP_FORM: Action.DROP,
    Verb.MISSED_FORM: Action.MISSED,
    Verb.DONE_FORM: Action.DONE,
    Verb.NOT_QUITE: Action.CHANGE,
} | {Verb(action.value): action for action in Action if action.value in set(Verb)}


def _reads(card: CardView) -> str | None:
    """Return the name of who will read what is written; None where nobody else does."""
    other = card.expectation.other(card.reader.user)
    member = card.people.get(other) if other is not None else None
    return member.name if member else None


def _note(card: CardView, origin: Origin, _filled: Filled) -> View:
    question = card.expectation.question
    asked = question.text if question and origin.press.verb is Verb.ANSWER else ""
    return note_form(
        card.expectation, origin, card.reader, card.now, reads=_reads(card), asked=asked
    )


def _accept(card: CardView, origin: Origin, _filled: Filled) -> View:
    return accept_form(card, origin)


def _change(card: CardView, origin: Origin, filled: Filled) -> View:
    return change_form(
        card.expectation,
        origin,
        card.reader,
        card.now,
        reads=_reads(card),
        due=filled.due,
        what=filled.what,
    )


def _done(card: CardView, origin: Origin, _filled: Filled) -> View:
    return done_form(card.expectation, origin, card.reader, card.now, reads=_reads(card))


def _return(card: CardView, origin: Origin, filled: Filled) -> View:
    return return_form(
        card.expectation,
        origin,
        card.reader,
        card.now,
        reads=_reads(card) or "",
        note=filled.note,
    )


def _remedy(card: CardView, origin: Origin, filled: Filled) -> View:
    return remedy_form(card.expectation, origin, card.reader, card.now, what=filled.what)


def _words(card: CardView, origin: Origin, _filled: Filled) -> View:
    return words_form(
        card.expectation,
        origin,
        card.reader,
        card.now,
        reads=_reads(card) or "",
        before=latest_of(card.words, card.reader.user),
    )


def _later(card: CardView, origin: Origin, _filled: Filled) -> View:
    return later_form(card.expectation, origin, card.reader, card.now)


def _why(card: CardView, _origin: Origin, _filled: Filled) -> View:
    return why_modal(card.expectation, card.reader, card.now, trusted="trusted" in card.args)


def _again(card: CardView, origin: Origin, _filled: Filled) -> View:
    form = Form.again(card.expectation)
    asked = card.expectation.kind is Kind.REQUEST
    verb = Verb.FORM_ASK if asked else Verb.FORM_OFFER
    return expectation_form(form, replace(origin, press=Press(verb=verb)), card.reader, card.now)


def _say_thanks(card: CardView, origin: Origin, _filled: Filled) -> View:
    to = card.expectation.other(card.reader.user)
    return thanks_form(origin, to, card.expectation.terms.wording.result)


def _remember(card: CardView, origin: Origin, _filled: Filled) -> View:
    return remember_form(card.expectation, origin, card.reader, card.now)


_OF_ITEM: Mapping[Verb, Callable[[CardView, Origin, Filled], View]] = {
    Verb.ACCEPT_FORM: _accept,
    Verb.CHANGE: _change,
    Verb.NOT_QUITE: _change,
    Verb.ADD_WORDS: _words,
    Verb.DONE_FORM: _done,
    Verb.RETURN: _return,
    Verb.REMEDY: _remedy,
    Verb.LATER: _later,
    Verb.WHY: _why,
    Verb.ASK_AGAIN: _again,
    Verb.SAY_THANKS: _say_thanks,
    Verb.REMEMBER: _remember,
}
"""The forms about one expectation; what is not here is one text."""


def _new(desk: Desk, came: Incoming, origin: Origin) -> View:
    me = desk.directory.member(desk.workspace, came.user)
    whom = origin.press.key
    form = Form()
    if whom and origin.press.verb is Verb.FORM_ASK:
        form = Form(owners=(whom,))
    elif whom:
        form = Form(for_whom=whom)
    return expectation_form(
        form,
        origin,
        me,
        desk.clock(),
        goals=open_goals(desk, came),
        agreement=agreement_here(desk, came),
    )


def _settings(desk: Desk, came: Incoming, origin: Origin) -> View:
    me = desk.configure.current(desk.workspace, came.user)
    return settings_form(me, origin, desk.configure.countries())


def _worth(desk: Desk, came: Incoming, origin: Origin) -> View:
    return worth_form(desk.configure.current(desk.workspace, came.user), origin)


def _goal_edit(desk: Desk, came: Incoming, origin: Origin) -> View:
    shown = desk.goals.show(desk.actor(came), origin.press.number or 0)
    return goal_form(GoalForm.of(shown.goal), origin)


def _goal_update(desk: Desk, came: Incoming, origin: Origin) -> View:
    shown = desk.goals.show(desk.actor(came), origin.press.number or 0)
    return goal_update_form(shown.goal, origin)


def _goal_close(desk: Desk, came: Incoming, origin: Origin) -> View:
    shown = desk.goals.show(desk.actor(came), origin.press.number or 0)
    return goal_close_form(shown.goal, origin)


def _balance_note(desk: Desk, came: Incoming, origin: Origin) -> View:
    return balance_note_form(origin, desk.question.balance(desk.actor(came)).mine)


_ALONE: Mapping[Verb, Callable[[Desk, Incoming, Origin], View]] = {
    Verb.FORM_ASK: _new,
    Verb.FORM_OFFER: _new,
    Verb.SETTINGS: _settings,
    Verb.WORTH: _worth,
    Verb.AWAY: lambda _desk, _came, origin: away_form(origin),
    Verb.WITH: lambda _desk, _came, origin: with_form(origin),
    Verb.BALANCE_NOTE: _balance_note,
    Verb.FORGET_ME: lambda _desk, _came, origin: forget_form(origin),
    Verb.PRIVACY: lambda _desk, _came, _origin: privacy_modal(),
    Verb.CHARTER_EDIT: edit_charter,
    Verb.CHARTER_CHANGES: show_changes,
    Verb.PULSE: ask_pulse,
    Verb.GOAL_NEW: lambda _desk, _came, origin: goal_form(GoalForm(title="", day=None), origin),
    Verb.GOAL_EDIT: _goal_edit,
    Verb.GOAL_UPDATE: _goal_update,
    Verb.GOAL_CLOSE: _goal_close,
    Verb.RAISE: ask_to_raise,
}
"""The forms about no expectation."""
