"""What changed between versions, and the form's line of who is chosen in it."""

from slack_bolt import BoltResponse

from bot.domain.errors import UnknownIdError
from bot.domain.views import ShowView
from bot.slack.blocks.changes import changes_modal
from bot.slack.blocks.forms.inputs import Inputs
from bot.slack.blocks.forms.own_words import with_worth
from bot.slack.fields import Field
from bot.slack.ids import CHANGES, Callback, MalformedValueError, Press
from bot.slack.listeners.desk import Desk, nothing
from bot.slack.listeners.opening import worth_of
from bot.slack.payloads import Pressed

CHOOSES = frozenset({Field.WHO, Field.FOR_WHOM})
"""The inputs of the form that are heard as soon as somebody is chosen in them."""


def chosen(desk: Desk, came: Pressed) -> BoltResponse:
    """Show the line of who is chosen in the form; all that was typed stays where it is."""
    view = came.view
    if view is None or view.get("callback_id") != Callback.EXPECT:
        return nothing()
    inputs = Inputs(came.state)
    one = inputs.person(Field.FOR_WHOM)
    changed = with_worth(view, worth_of(desk, (one,) if one else inputs.persons(Field.WHO)))
    if changed is not None:
        desk.client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
    return nothing()


def what_changed(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    """Open the versions of an item, each beside the one before it."""
    return desk.open(came, changes_modal(_all_of(desk, came, press.number or 0)))


def page_of_changes(desk: Desk, came: Pressed, press: Press) -> BoltResponse:
    """Show another page of them in the same modal."""
    number = press.scope.removeprefix(CHANGES)
    if came.view is None or not number.isdecimal():
        raise MalformedValueError("a page of changes stands in their modal")
    changed = changes_modal(_all_of(desk, came, int(number)), press.page)
    desk.client.views_update(view_id=came.view["id"], hash=came.view["hash"], view=changed)
    return nothing()


def _all_of(desk: Desk, came: Pressed, number: int) -> ShowView:
    """Return what only its parties see of an item; to others it is not there."""
    shown = desk.look.show(desk.actor(came), number)
    if not shown.full:
        raise UnknownIdError(shown.card.expectation.id)
    return shown
