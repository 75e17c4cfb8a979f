"""Buttons and menus: each acts at once, opens a form, or shows another page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import BoltResponse

from bot.domain.conversation import Details
from bot.domain.errors import UnknownIdError
from bot.domain.expectation import Action, CheckIn, PeriodOutcome
from bot.domain.figures.names import Figure
from bot.domain.member import Stoppable
from bot.domain.terms import Wording
from bot.services.home import Pages
from bot.services.look import Scope
from bot.services.scene import Acted
from bot.slack.blocks import figures, personal, replies
from bot.slack.blocks import pages as page_blocks
from bot.slack.blocks.forms.answers import read_untold
from bot.slack.blocks.forms.change import latest
from bot.slack.blocks.forms.details import read_details, with_more
from bot.slack.blocks.forms.examples import with_example
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.home import home
from bot.slack.blocks.show import show, show_modal
from bot.slack.home_pages import HOME_PARTS, decode_pages
from bot.slack.ids import (
    CHANGES,
    EXAMPLES_MENU,
    Family,
    MalformedValueError,
    Origin,
    Press,
    Verb,
    due_of,
    family,
)
from bot.slack.listeners import charters, goals, pairs, same_page
from bot.slack.listeners.desk import Desk, nothing
from bot.slack.listeners.lines import read_for, typed
from bot.slack.listeners.opening import form_for, open_form, open_goal, open_goals
from bot.slack.listeners.showing import (
    acted,
    goal_list,
    goal_shown,
    is_first_yes,
    listing,
)
from bot.slack.listeners.verbs import filled_by
from bot.slack.payloads import Pressed, Typed
from bot.slack.words.examples import EXAMPLES
from bot.slack.words.privacy import EXPORT_COMES

Handler = Callable[[Desk, Pressed, Press], BoltResponse]


def pressed(desk: Desk, came: Pressed) -> BoltResponse:
    """Answer a press; who is of another organisation can press too, and is answered nothing."""
    desk.refuse_strangers(came)
    if came.met_in is not None:
        desk.directory.met_in(desk.workspace, came.user, came.met_in)
    if came.action in same_page.CHOOSES:
        return same_page.chosen(desk, came)
    if came.action.startswith(f"{Family.FORM}."):
        return _example(desk, came) if came.action == EXAMPLES_MENU else _more(desk, came)
    press = came.press
    if press is None:
        return nothing()
    kind = family(press.verb)
    if kind is Family.OPEN:
        return _open(desk, came, press)
    if kind is Family.PAGE:
        return _page(desk, came, press)
    return _AT_ONCE[press.verb](desk, came, press) if kind is Family.DO else nothing()


def _open(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    if not press.text:
        return open_form(desk, came, press)
    reading = read_for(desk, came.user, press.text)
    if press.verb is Verb.GOAL_NEW:
        return open_goal(desk, came, reading)
    if press.verb in {Verb.FORM_ASK, Verb.FORM_OFFER}:
        return desk.open(came, form_for(desk, came, reading))
    return open_form(desk, came, replace(press, text=""), filled_by(reading))


def _example(desk: Desk, came: Pressed) -> BoltResponse:
    """Fill an example into the fields in which nothing was typed."""
    view = came.view
    if view is None or came.value not in EXAMPLES:
        raise MalformedValueError("an example is chosen in the form")
    origin, placed = _opened(came, view)
    filled = with_example(view, came.state, origin, came.value, open_goals(desk, placed))
    desk.client.views_update(view_id=view["id"], hash=view["hash"], view=filled)
    return nothing()


def _opened(came: Pressed, view: Mapping[str, Any]) -> tuple[Origin, Pressed]:
    """Return where a form came from, and the press as if it was made there."""
    origin = Origin.decode(view["private_metadata"])
    at = replace(came.place, channel=origin.channel, kind=origin.channel_kind)
    return origin, replace(came, place=at)


def _more(desk: Desk, came: Pressed) -> BoltResponse:
    """Add the form's next fields; all that was typed stays where it is."""
    view = came.view
    if view is None:
        raise MalformedValueError("More stands in a form")
    origin, placed = _opened(came, view)
    wording = _wording(desk, placed, origin)
    bigger = with_more(view, origin, read_details(Inputs({}), wording), open_goals(desk, placed))
    desk.client.views_update(view_id=view["id"], hash=view["hash"], view=bigger)
    return nothing()


def _wording(desk: Desk, came: Pressed, origin: Origin) -> Wording:
    """Return what the added fields begin with: what is there already, when it is a change."""
    if origin.press.number is None:
        return Wording(result="")
    return latest(desk.look.show(desk.actor(came), origin.press.number).card.expectation).wording


def _number(press: Press) -> int:
    if press.number is None:
        raise UnknownIdError("E-?")
    return press.number


def _act(action: Action) -> Handler:
    """Return the handler of a move that is made at once."""

    def act(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
        untell = action is Action.ACCEPT and read_untold(came.state)
        done = desk.answer.act(
            desk.actor(came), _number(press), action, seen=press.seen, untell=untell
        )
        return _answered(desk, came, done)

    return act


def _answered(desk: Desk, came: Pressed, done: Acted) -> BoltResponse:
    """Say what a press did, where the message that was pressed does not show it by itself.

    A direct message and Home are brought up to date; when the other reads later, that is said.
    Who accepts an offer has no card of their own: there the reply lets them add their words.
    """
    agreed_as_requester = is_first_yes(done) and came.user == done.expectation.requester
    shows_itself = came.in_home or (came.place.kind == "im" and not came.ephemeral)
    if (
        not agreed_as_requester
        and shows_itself
        and not came.in_modal
        and all(told.at_once for told in done.told)
    ):
        return nothing()
    return desk.whisper(came, acted(done, desk.clock()))


def _read_back(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    done = desk.answer.read_back(desk.actor(came), _number(press), press.event or 0)
    return _answered(desk, came, done)


def _all_on_track(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    seen = dict(press.items)
    desk.answer.all_on_track(desk.actor(came), tuple(seen), seen)
    return nothing()


def _on_track(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    desk.answer.check_in(desk.actor(came), _number(press), CheckIn.ON_TRACK, seen=press.seen)
    return nothing()


def _change_day(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    details = Details(due=due_of(press.text))
    done = desk.answer.act(
        desk.actor(came), _number(press), Action.CHANGE, details, seen=press.seen
    )
    return _answered(desk, came, done)


def _period(outcome: PeriodOutcome) -> Handler:
    def report(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
        if press.day is None:
            raise MalformedValueError("a date of a series is missing")
        done = desk.answer.period(desk.actor(came), _number(press), press.day, outcome)
        return _answered(desk, came, done)

    return report


def _go_on(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return _answered(desk, came, desk.answer.go_on(desk.actor(came), _number(press)))


def _end_it(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return _answered(desk, came, desk.answer.end_series(desk.actor(came), _number(press)))


def _show(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    shown = desk.look.show(desk.actor(came), _number(press))
    if came.in_home or came.in_modal:
        return desk.open(came, show_modal(shown, desk.identity.team_id))
    return desk.whisper(came, show(shown, desk.identity.team_id))


def _show_list(desk: Desk, came: Pressed, _press: Press) -> BoltResponse:
    return desk.whisper(came, listing(desk.look.listing(desk.actor(came))))


def _send_now(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    done = desk.answer.send_now(desk.actor(came), _number(press), press.event or 0)
    return desk.whisper(came, acted(done, desk.clock()))


def _tell_channel(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    told = desk.propose.tell_channel(desk.actor(came), _number(press))
    return desk.whisper(came, replies.channel_told(told.expectation, told.post))


def _thanks_private(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    desk.thank.keep_between(desk.actor(came), _number(press))
    return desk.whisper(came, personal.kept_between())


def _use_that(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    line = Typed(
        user=came.user, key=came.key, trigger=came.trigger, place=came.place, text=press.text
    )
    return typed(desk, line)


def _all_commands(desk: Desk, came: Pressed, _press: Press) -> BoltResponse:
    return desk.whisper(came, replies.all_commands())


def _back(desk: Desk, came: Pressed, _press: Press) -> BoltResponse:
    return desk.whisper(came, personal.back(desk.configure.back(desk.actor(came))))


def _stop_asking(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    try:
        what = Stoppable(press.scope)
    except ValueError as error:
        raise MalformedValueError("nothing of ours can be stopped by this name") from error
    desk.configure.stop_asking(desk.actor(came), what)
    return desk.whisper(came, personal.stopped())


def _figure(press: Press) -> Figure:
    try:
        return Figure(press.scope)
    except ValueError as error:
        raise MalformedValueError("no figure of ours has this name") from error


def _why_figure(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return desk.whisper(came, figures.why(desk.question.why(desk.actor(came), _figure(press))))


def _show_counted(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    page = desk.question.counted(desk.actor(came), _figure(press), press.page)
    return desk.whisper(came, figures.counted(page))


def _balance_note_drop(desk: Desk, came: Pressed, _press: Press) -> BoltResponse:
    return desk.whisper(came, figures.balance(desk.question.drop_note(desk.actor(came))))


def _export_me(desk: Desk, came: Pressed, _press: Press) -> BoltResponse:
    desk.send_export(came)
    return desk.whisper(came, replies.said(EXPORT_COMES))


def _not_now(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return desk.whisper(came, replies.said("It stays as it is.")) if press.key else nothing()


def _goal_show(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return desk.whisper(came, goal_shown(desk.goals.show(desk.actor(came), _number(press))))


def _goal_reopen(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    return desk.whisper(came, goal_shown(desk.goals.reopen(desk.actor(came), _number(press))))


def _page(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    if came.in_home and came.view is not None and press.scope in HOME_PARTS:
        open_pages = decode_pages(came.view.get("private_metadata", "")) | {press.scope: press.page}
        desk.client.views_publish(
            user_id=came.user,
            view=home(desk.look.home(desk.workspace, came.user, Pages(**open_pages))),
        )
        return nothing()
    actor = desk.actor(came)
    if press.scope.startswith(CHANGES):
        return same_page.page_of_changes(desk, came, press)
    if press.scope == page_blocks.GOALS:
        return desk.whisper(came, goal_list(desk.goals.listing(actor, press.page)))
    scopes = {page_blocks.MINE: Scope.MINE, page_blocks.TEAM: Scope.TEAM}
    scope = scopes.get(press.scope, Scope.WHO)
    who = press.scope if scope is Scope.WHO else None
    return desk.whisper(came, listing(desk.look.listing(actor, scope, who, press.page)))


_AT_ONCE: Mapping[Verb, Handler] = {
    Verb.ACCEPT: _act(Action.ACCEPT),
    Verb.DROP: _act(Action.DROP),
    Verb.KEEP: _act(Action.KEEP),
    Verb.DONE: _act(Action.DONE),
    Verb.MISSED: _act(Action.MISSED),
    Verb.CONFIRM: _act(Action.CONFIRM),
    Verb.UNDO: _act(Action.UNDO),
    Verb.FORGIVE: _act(Action.FORGIVE),
    Verb.CHANGE_DAY: _change_day,
    Verb.READ_BACK: _read_back,
    Verb.ON_TRACK: _on_track,
    Verb.ALL_ON_TRACK: _all_on_track,
    Verb.PERIOD_DONE: _period(PeriodOutcome.KEPT),
    Verb.PERIOD_NOT: _period(PeriodOutcome.NOT_THIS_TIME),
    Verb.PERIOD_FITS: _period(PeriodOutcome.KEPT),
    Verb.GO_ON: _go_on,
    Verb.END_IT: _end_it,
    Verb.SHOW: _show,
    Verb.SHOW_LIST: _show_list,
    Verb.WHAT_CHANGED: same_page.what_changed,
    Verb.SEND_NOW: _send_now,
    Verb.TELL_CHANNEL: _tell_channel,
    Verb.NOT_NOW: _not_now,
    Verb.THANKS_PRIVATE: _thanks_private,
    Verb.USE_THAT: _use_that,
    Verb.ALL_COMMANDS: _all_commands,
    Verb.BACK: _back,
    Verb.STOP_ASKING: _stop_asking,
    Verb.WHY_FIGURE: _why_figure,
    Verb.SHOW_COUNTED: _show_counted,
    Verb.BALANCE_NOTE_DROP: _balance_note_drop,
    Verb.EXPORT_ME: _export_me,
    **pairs.AT_ONCE,
    **charters.AT_ONCE,
    **goals.AT_ONCE,
    Verb.GOAL_SHOW: _goal_show,
    Verb.GOAL_REOPEN: _goal_reopen,
}
"""What is done at once; every verb of the family has its row, and a test holds that."""
