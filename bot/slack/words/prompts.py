"""What a list asks: the whole question where it asks one thing, a line each where it asks more."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.domain.expectation import Visibility
from bot.domain.messages import Prompt
from bot.domain.views import CardView
from bot.slack.pen import Pen
from bot.slack.words.commands import TRUSTED
from bot.slack.words.owed import also_asked
from bot.slack.words.terms import audience, details

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def number_word(count: int) -> str:
    """Write a small count out."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def unanswered(view: CardView, pen: Pen) -> list[str]:
    """Remind somebody of what waits for their answer."""
    it = view.expectation
    who = pen.who(it.other(view.reader.user))
    text = f"{pen.item(it)}, {pen.by(it)}: {who} waits for your answer; any helps."
    again = view.args.get("remind_on")
    if again:
        text += f" I remind you once more, on {pen.day(date.fromisoformat(again))}."
    return [text, *details(it.terms.wording, it, pen), f"Seen by {audience(it, pen)}."]


def unanswered_to_asker(view: CardView, pen: Pen) -> list[str]:
    """Tell who asked not to count on it yet."""
    it = view.expectation
    who = pen.who(it.other(view.reader.user))
    return [f"{pen.item(it)}: {who} has not answered, so please do not count on it yet."]


def check_in(view: CardView, pen: Pen) -> list[str]:
    """Ask how it is going, and say who sees which answer."""
    it = view.expectation
    when = pen.when(it.due, it.owner)
    if it.requester is None:
        whom = pen.for_outside(it)
        seen = "Only you see this."
        if it.visibility is Visibility.CHANNEL and it.channel is not None:
            there = pen.channel(it.channel)
            seen = f"On track and Ask me later stay with you; {there} can see the rest."
        return [f"{pen.item(it)}{whom}, due {when}: how is it going? {seen}"]
    who = pen.who(it.requester)
    text = (
        f"{pen.item(it)}, for {who}, due {when}: how is it going? "
        f"On track and Ask me later stay with you; {who} hears the rest."
    )
    return [text, TRUSTED] if "trusted" in view.args else [text]


def overdue(view: CardView, pen: Pen) -> list[str]:
    """Ask what happened, before anything is said to have gone wrong."""
    it = view.expectation
    whom = f", for {pen.who(it.requester)}" if it.requester else pen.for_outside(it)
    whom += "," if whom else ""
    text = f"{pen.item(it)}{whom} was due {pen.when(it.due, it.owner)}. What happened?"
    if view.other_may_close_from and it.requester:
        day = view.other_may_close_from.astimezone(view.reader.zone).date()
        text += f" Nothing is counted before {pen.day(day)}." if day > pen.today else ""
    if it.requester:
        text += f" {pen.who(it.requester)} hears your answer."
    return [text]


def overdue_to_asker(view: CardView, pen: Pen) -> list[str]:
    """Let who asked choose what now."""
    it = view.expectation
    days = dict.fromkeys(at.astimezone(view.reader.zone).date() for at in it.asked)
    asked = " and ".join(pen.day(day) for day in days)
    told = f"; {pen.who(it.owner)} was asked on {asked}" if asked else ""
    return [f"{pen.item(it)} was due {pen.when(it.due, it.owner)}{told}. What now?"]


def period(view: CardView, pen: Pen) -> list[str]:
    """Ask how one date of a series went."""
    it = view.expectation
    whom = f", for {pen.who(it.requester)}" if it.requester else pen.for_outside(it)
    sees = f" {pen.who(it.requester)} sees either." if it.requester else ""
    missing = view.period.note if view.period else ""
    said = f" Still missing: {pen.quote(missing)}" if missing.strip() else ""
    return [f"{pen.item(it)}{whom}, {_period_day(view, pen)}: done, or not this time?{said}{sees}"]


def period_done(view: CardView, pen: Pen) -> list[str]:
    """Ask whether one date of a series fits."""
    it = view.expectation
    day = _period_day(view, pen)
    text = f"{pen.item(it)}, {day}: {pen.who(it.owner)} is done. Does it fit?"
    if view.closes_on:
        text += f" If I hear nothing, it is closed as fitting on {pen.day(view.closes_on)}."
    return [text]


def series_question(view: CardView, pen: Pen) -> list[str]:
    """Ask both how a series shall go on."""
    return [
        (
            f"{pen.item(view.expectation)}: the last three dates went by without it. "
            "How shall it go on? Both of you are asked."
        )
    ]


def _period_day(view: CardView, pen: Pen) -> str:
    day = view.period.date if view.period else view.expectation.due.day
    return pen.day(day)


Line = Callable[[CardView, Pen, str, str], str]


def line(prompt: Prompt, view: CardView, pen: Pen) -> str:
    """Return one line of a list of several: what kind of answer, which item, with whom."""
    it = view.expectation
    other = it.other(view.reader.user)
    return _LINES[prompt](view, pen, pen.item(it), pen.who(other) if other else "")


def _due_line(view: CardView, pen: Pen, item: str, who: str) -> str:
    it = view.expectation
    day = it.due.day
    if it.due.is_hour:
        day = it.due_at.astimezone(view.reader.zone).date()
    named = {pen.today: "today", pen.today + timedelta(days=1): "tomorrow"}
    return f"Due {named.get(day, pen.day(day))}: {item}{_with(who, 'for')}."


def _with(who: str, word: str) -> str:
    return f", {word} {who}" if who else ""


def _was_due(word: str) -> Line:
    def say(view: CardView, pen: Pen, item: str, who: str) -> str:
        return f"Was due {pen.day(view.expectation.due.day)}: {item}{_with(who, word)}."

    return say


def _answer_line(view: CardView, pen: Pen, item: str, who: str) -> str:
    besides = also_asked(view.expectation, view.owed, pen)
    return f"To answer: {item}, from {who}.{f' {besides}' if besides else ''}"


def _series_line(_view: CardView, _pen: Pen, item: str, who: str) -> str:
    return f"How it shall go on: {item}{_with(who, 'with')}."


def _not_answered_line(_view: CardView, _pen: Pen, item: str, who: str) -> str:
    return f"No answer yet from {who}: {item}."


def _done_line(_view: CardView, _pen: Pen, item: str, who: str) -> str:
    return f"Done by {who}: {item}."


def _period_line(view: CardView, pen: Pen, item: str, who: str) -> str:
    missing = view.period.note if view.period else ""
    said = f" Still missing: {pen.quote(missing)}" if missing.strip() else ""
    return f"{_period_day(view, pen)}: {item}{_with(who, 'for')}.{said}"


def _period_done_line(view: CardView, pen: Pen, item: str, who: str) -> str:
    return f"Done by {who}, {_period_day(view, pen)}: {item}."


_LINES: Mapping[Prompt, Line] = {
    Prompt.PROPOSAL: _answer_line,
    Prompt.CHANGE: _answer_line,
    Prompt.LET_GO: _answer_line,
    Prompt.QUESTION: _answer_line,
    Prompt.UNANSWERED_TO_ASKER: _not_answered_line,
    Prompt.CHECK_IN: _due_line,
    Prompt.OVERDUE: _was_due("for"),
    Prompt.OVERDUE_TO_ASKER: _was_due("from"),
    Prompt.DONE: _done_line,
    Prompt.PERIOD: _period_line,
    Prompt.PERIOD_DONE: _period_done_line,
    Prompt.SERIES_QUESTION: _series_line,
}
