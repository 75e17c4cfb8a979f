"""Replies about oneself: settings, away and back, thanks, and a channel's summary."""

from datetime import date, datetime, time

from bot.domain.member import Cadence, Member
from bot.domain.views import SummaryView
from bot.slack.blocks.kit import Button, Rendered, section
from bot.slack.blocks.replies import said
from bot.slack.blocks.summary import summary
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import city, typed
from bot.slack.words.moments import days_in_words
from bot.slack.words.thanks import carried

_BACK = Button(label="I am back", press=Press(verb=Verb.BACK))
_CHANGE = Button(label="Change days and hours", press=Press(verb=Verb.SETTINGS))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OFTEN = {
    Cadence.NORMAL: "You are asked the workday before and on the day.",
    Cadence.DAILY: "You are asked daily.",
    Cadence.WEEKLY: "You are asked weekly.",
}


def settings(me: Member) -> Rendered:
    """Render one's settings as they are now."""
    return said(
        f"I write at {me.check_in:%H:%M} on {days_in_words(me.workdays)}, {city(me.zone)} time; "
        f"quiet from {me.quiet_from:%H:%M} to {me.quiet_until:%H:%M}. {_OFTEN[me.cadence]}",
        buttons=[_CHANGE],
    )


def stopped() -> Rendered:
    """Render that something is left out from now on."""
    return said("I do not ask that any more. `/expect settings` brings it back.", buttons=[_CHANGE])


def worth(me: Member) -> Rendered:
    """Render one's own line as it is now."""
    if not me.worth:
        return said("Nothing is said of what makes work worth it for you.")
    return said(
        f"What makes work worth it for you: “{typed(me.worth)}” "
        "Who fills in the form to ask you for something reads it there."
    )


def away(me: Member, now: datetime) -> Rendered:
    """Render that somebody is away, until the day of their return."""
    if me.away_until is None:
        return back(me)
    day = Pen.of(me, {}, now).day(me.away_until)
    text = f"You are away until {day}. Until then I do not write; whoever asks you sees the date."
    return said(text, buttons=[_BACK])


def back(me: Member) -> Rendered:
    """Render that somebody is back."""
    return said(f"You are back. I write at {me.check_in:%H:%M} on {days_in_words(me.workdays)}.")


def thanked(
    to: str, me: Member, now: datetime, *, number: int, channel_name: str | None, on: date | None
) -> Rendered:
    """Render the reply to thanks that were given."""
    pen = Pen.of(me, {}, now)
    text = f"{pen.who(to)} reads your thanks."
    if channel_name is None:
        return said(text)
    text += f" {carried(channel_name, on, pen)}"
    keep = Button(label="Keep it between us", press=Press(verb=Verb.THANKS_PRIVATE, number=number))
    return said(text, buttons=[keep])


def kept_between() -> Rendered:
    """Render that thanks stay between the two."""
    return said("It stays between the two of you; no summary carries it.")


def summary_here(
    weekday: int, hour: time, me: Member, next_at: datetime, now: datetime
) -> Rendered:
    """Render that a channel's week is summed up from now on."""
    when = Pen.of(me, {}, now).at(next_at)
    return said(
        f"Each {_DAYS[weekday]} at {hour:%H:%M}, {city(me.zone)} time, I post this channel's week "
        f"here, set up by you; first on {when}."
    )


def summary_now(*, posted: bool, arrived: bool) -> Rendered:
    """Render what became of a week that is posted by hand."""
    if not posted:
        return said("There is nothing to say yet, so nothing is posted.")
    return said("It is posted." if arrived else "It is on its way to the channel.")


def summary_off() -> Rendered:
    """Render that no summary comes any more."""
    return said("No summary comes here any more.")


def summary_preview(view: SummaryView) -> Rendered:
    """Render a channel's week to one person only."""
    shown = summary(view)
    note = "Only you see this preview."
    return Rendered(text=f"{note}\n{shown.text}", blocks=(section(note), *shown.blocks))
