"""Modals that were sent: each is read, done and answered; what is wrong stands at its field."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from slack_bolt import BoltResponse

from bot.domain.conversation import Details
from bot.domain.errors import UnknownIdError
from bot.domain.expectation import Action, CheckIn, Kind, PeriodOutcome
from bot.domain.member import Member
from bot.domain.schedule.timed import Later
from bot.services.configure import Preferences
from bot.services.goals import GoalDraft
from bot.services.own_words import Said
from bot.services.propose import Draft
from bot.services.scene import Acted
from bot.slack.blocks import figures, personal
from bot.slack.blocks.forms.answers import read_accept, read_done, read_later
from bot.slack.blocks.forms.change import read_change, read_remedy, read_return
from bot.slack.blocks.forms.expect import read_form
from bot.slack.blocks.forms.goals import read_goal, read_goal_close, read_goal_update
from bot.slack.blocks.forms.notes import asks_channel, read_note
from bot.slack.blocks.forms.own_words import read_words, read_worth
from bot.slack.blocks.forms.personal import (
    read_away,
    read_balance_note,
    read_settings,
    read_thanks,
)
from bot.slack.blocks.forms.privacy import forgotten_home, forgotten_modal
from bot.slack.blocks.kit import Rendered
from bot.slack.ids import Callback, MalformedValueError, Verb
from bot.slack.listeners import charters, goals, pairs
from bot.slack.listeners.desk import Desk, nothing, notice, replace_view
from bot.slack.listeners.showing import acted, created, goal_shown, may_mend
from bot.slack.payloads import Submitted, place

Handler = Callable[[Desk, Submitted], BoltResponse]


def submitted(desk: Desk, came: Submitted) -> BoltResponse:
    """Answer a modal that was sent."""
    return _SUBMISSIONS[Callback(came.callback)](desk, came)


def _me(desk: Desk, came: Submitted) -> Member:
    return desk.directory.member(desk.workspace, came.user)


def _number(came: Submitted) -> int:
    if came.origin.press.number is None:
        raise UnknownIdError("E-?")
    return came.origin.press.number


def _tell(desk: Desk, came: Submitted, content: Rendered) -> BoltResponse:
    """Close the modal and say what it did where it was opened; else in the modal's place."""
    if desk.whispered(came, content):
        return nothing()
    return replace_view(notice(content))


def _done(desk: Desk, came: Submitted, done: Acted) -> BoltResponse:
    """Close the modal; say more only where the message behind it does not show it."""
    shown = came.place.kind == "im" and came.origin.message is not None
    if shown and not may_mend(done) and all(told.at_once for told in done.told):
        return nothing()
    return _tell(desk, came, acted(done, desk.clock()))


def _expect(desk: Desk, came: Submitted) -> BoltResponse:
    form = read_form(came.state, came.origin, _me(desk, came))
    kind = Kind.REQUEST
    if came.origin.press.verb is Verb.FORM_OFFER:
        kind = Kind.OFFER if form.for_whom else Kind.COMMITMENT
    if form.due is None:
        raise MalformedValueError("a form that was read has its due")
    draft = Draft(
        kind=kind,
        wording=form.wording,
        due=form.due,
        owners=form.owners,
        for_whom=form.for_whom,
        outside=form.outside,
        rrule=form.rrule,
        visibility=form.visibility,
        goal=form.goal,
        link=form.link,
        tell_channel=form.tell_channel,
    )
    made = desk.propose.create(desk.actor(came), draft)
    return _tell(desk, came, created(made, desk.clock()))


def _change(desk: Desk, came: Submitted) -> BoltResponse:
    actor, press = desk.actor(came), came.origin.press
    before = desk.look.show(actor, _number(came)).card.expectation
    line = press.verb is Verb.NOT_QUITE
    changed = read_change(came.state, before, _me(desk, came), or_a_line=line)
    if changed.is_a_line:
        asked = Details(note=changed.note)
        return _done(
            desk, came, desk.answer.act(actor, before.number, Action.ASK, asked, seen=press.seen)
        )
    details = Details(note=changed.note, wording=changed.wording, due=changed.due)
    done = desk.answer.act(actor, _number(came), Action.CHANGE, details, seen=press.seen)
    return _done(desk, came, done)


_NOTED: Mapping[Verb, Action] = {
    Verb.ASK: Action.ASK,
    Verb.ANSWER: Action.ANSWER,
    Verb.DECLINE: Action.DECLINE,
    Verb.LET_GO: Action.LET_GO,
    Verb.CANNOT: Action.CANNOT,
    Verb.DIFFER: Action.DIFFER,
    Verb.DROP_FORM: Action.DROP,
    Verb.MISSED_FORM: Action.MISSED,
}

_CHECKED: Mapping[Verb, CheckIn] = {
    Verb.AT_RISK: CheckIn.AT_RISK,
    Verb.NEED_HELP: CheckIn.NEED_HELP,
    Verb.OFFER_HELP: CheckIn.OFFER_HELP,
}


def _note(desk: Desk, came: Submitted) -> BoltResponse:
    actor, press = desk.actor(came), came.origin.press
    number, note = _number(came), read_note(came.state, came.origin)
    if press.verb in _CHECKED:
        kind = _CHECKED[press.verb]
        done = desk.answer.check_in(
            actor, number, kind, note, seen=press.seen, ask_channel=asks_channel(came.state)
        )
        return _done(desk, came, done)
    if press.verb is Verb.END_FORM:
        return _done(desk, came, desk.answer.end_series(actor, number, note))
    if press.verb is Verb.PERIOD_MISSING and press.day is not None:
        done = desk.answer.period(actor, number, press.day, PeriodOutcome.OPEN, note)
        return _done(desk, came, done)
    action = _NOTED[press.verb]
    done = desk.answer.act(actor, number, action, Details(note=note), seen=press.seen)
    return _done(desk, came, done)


def _accept(desk: Desk, came: Submitted) -> BoltResponse:
    chosen = read_accept(came.state)
    done = desk.answer.act(
        desk.actor(came),
        _number(came),
        Action.ACCEPT,
        seen=came.origin.press.seen,
        keep_private=chosen.keep_private,
        untell=chosen.untell,
    )
    return _done(desk, came, done)


def _report(desk: Desk, came: Submitted) -> BoltResponse:
    report = read_done(came.state, _me(desk, came), desk.clock())
    details = Details(
        link=report.link,
        finished_on=report.finished_on,
        thanks_to=report.thanks_to,
        thanks_for=report.thanks_for,
    )
    done = desk.answer.act(
        desk.actor(came),
        _number(came),
        Action.DONE,
        details,
        seen=came.origin.press.seen,
        line=pairs.line_of(came),
    )
    return _done(desk, came, done)


def _return(desk: Desk, came: Submitted) -> BoltResponse:
    note, due = read_return(came.state, _me(desk, came))
    done = desk.answer.act(
        desk.actor(came),
        _number(came),
        Action.RETURN,
        Details(note=note, due=due),
        seen=came.origin.press.seen,
    )
    return _done(desk, came, done)


def _remedy(desk: Desk, came: Submitted) -> BoltResponse:
    wording, due = read_remedy(came.state, _me(desk, came))
    done = desk.answer.remedy(
        desk.actor(came),
        _number(came),
        wording,
        due,
        seen=came.origin.press.seen,
        line=pairs.line_of(came),
    )
    return _done(desk, came, done)


def _later(desk: Desk, came: Submitted) -> BoltResponse:
    desk.answer.later(desk.actor(came), _number(came), Later(read_later(came.state)))
    return nothing()


def _settings(desk: Desk, came: Submitted) -> BoltResponse:
    said = read_settings(came.state, _me(desk, came))
    preferences = Preferences(
        check_in=said.check_in,
        workdays=said.workdays,
        quiet_from=said.quiet_from,
        quiet_until=said.quiet_until,
        cadence=said.cadence,
        stopped=said.stopped,
        country=said.country,
    )
    saved = desk.configure.save(desk.actor(came), preferences)
    return _tell(desk, came, personal.settings(saved))


def _away(desk: Desk, came: Submitted) -> BoltResponse:
    until = read_away(came.state, _me(desk, came), desk.clock())
    member = desk.configure.away(desk.actor(came), until)
    return _tell(desk, came, personal.away(member, desk.clock()))


def _goal(desk: Desk, came: Submitted) -> BoltResponse:
    form = read_goal(came.state)
    placed = came if form.channel is None else replace(came, place=place(form.channel, ""))
    if form.day is None:
        raise MalformedValueError("a goal that was read has its day")
    draft = GoalDraft(
        title=form.title,
        day=form.day,
        why=form.why,
        gain=form.gain,
        measure=form.measure,
        champion=form.champion,
        review_on=form.review_on,
    )
    if came.origin.press.verb is Verb.GOAL_EDIT:
        return _tell(
            desk, came, goal_shown(desk.goals.edit(desk.actor(placed), _number(came), draft))
        )
    return _tell(desk, came, goal_shown(desk.goals.create(desk.actor(placed), draft)))


def _goal_update(desk: Desk, came: Submitted) -> BoltResponse:
    value = read_goal_update(came.state)
    shown = desk.goals.update(desk.actor(came), _number(came), value)
    return _tell(desk, came, goal_shown(shown))


def _goal_close(desk: Desk, came: Submitted) -> BoltResponse:
    status, note, learnt = read_goal_close(came.state)
    shown = desk.goals.close(desk.actor(came), _number(came), status, note, learnt)
    return _tell(desk, came, goal_shown(shown))


def _words(desk: Desk, came: Submitted) -> BoltResponse:
    understood, gain, need = read_words(came.state)
    said = Said(understood=understood, gain=gain, need=need)
    done = desk.answer.add_words(desk.actor(came), _number(came), said, seen=came.origin.press.seen)
    return _done(desk, came, done)


def _worth(desk: Desk, came: Submitted) -> BoltResponse:
    saved = desk.configure.say_worth(desk.actor(came), read_worth(came.state))
    return _tell(desk, came, personal.worth(saved))


def _thanks(desk: Desk, came: Submitted) -> BoltResponse:
    said = read_thanks(came.state)
    thanked = desk.thank.give(
        desk.actor(came),
        said.to,
        said.text,
        number=came.origin.press.number,
        private=said.private,
    )
    reply = personal.thanked(
        thanked.other.user,
        thanked.me,
        desk.clock(),
        number=thanked.thanks.number,
        channel_name=thanked.channel_name,
        on=thanked.summary_on,
    )
    return _tell(desk, came, reply)


def _balance_note(desk: Desk, came: Submitted) -> BoltResponse:
    text, until = read_balance_note(came.state)
    return _tell(desk, came, figures.balance(desk.question.add_note(desk.actor(came), text, until)))


def _forget_me(desk: Desk, came: Submitted) -> BoltResponse:
    """Forget who sent it; from here on nothing may ask who they are, which would keep them anew."""
    desk.forget.forget(desk.actor(came))
    desk.show_home(came.user, forgotten_home())
    return replace_view(forgotten_modal())


def _info(_desk: Desk, _came: Submitted) -> BoltResponse:
    return nothing()


_SUBMISSIONS: Mapping[Callback, Handler] = {
    Callback.EXPECT: _expect,
    Callback.CHANGE: _change,
    Callback.NOTE: _note,
    Callback.ACCEPT: _accept,
    Callback.DONE: _report,
    Callback.RETURN: _return,
    Callback.REMEDY: _remedy,
    Callback.LATER: _later,
    Callback.SETTINGS: _settings,
    Callback.AWAY: _away,
    Callback.GOAL: _goal,
    Callback.GOAL_UPDATE: _goal_update,
    Callback.GOAL_CLOSE: _goal_close,
    Callback.THANKS: _thanks,
    **charters.SUBMISSIONS,
    Callback.WORDS: _words,
    Callback.WORTH: _worth,
    Callback.BALANCE_NOTE: _balance_note,
    Callback.FORGET_ME: _forget_me,
    **pairs.SUBMISSIONS,
    **goals.SUBMISSIONS,
    Callback.INFO: _info,
}
"""What is done with each modal; a test holds that each has its row."""
