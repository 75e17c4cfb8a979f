"""A channel's week in words: a section each, none empty."""

from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.domain.expectation import Expectation
from bot.domain.learnt import Learnt
from bot.domain.thanks import Thanks
from bot.domain.views import SummaryRefusedView, SummaryView
from bot.slack.codes import because
from bot.slack.pen import Pen
from bot.slack.text import channel_named, typed
from bot.slack.words.figures import share
from bot.slack.words.goals import learnt_line, summary_goal
from bot.slack.words.pulse import counted

Part = tuple[str, list[str]]
GOALS = "Goals"
HELP = "Help wanted"
FAIR_SHARE = "Fair share"


def heading(view: SummaryView) -> str:
    """Return channel and dates: *#launch, 23 to 27 November*."""
    return f"*{channel_named(view.channel_name)}, {span(view.first, view.last)}*"


def span(first: date, last: date) -> str:
    """Write a week's dates: 23 to 27 November, 30 November to 4 December."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return format_date(day, "d MMMM", locale="en")


def set_up(view: SummaryView, pen: Pen) -> str:
    """Say by whom it was set up, and what it holds."""
    by = f"Set up by {pen.who(view.set_up_by)}. " if view.set_up_by else ""
    return f"{by}Shared agreements only."


def parts(view: SummaryView, pen: Pen) -> list[Part]:
    """Return the sections that have something to say, in their order."""
    found: list[Part] = [
        (GOALS, [summary_goal(line, pen) for line in view.goals]),
        ("This week", _this_week(view)),
        ("Next week", _next_week(view, pen)),
        (HELP, [help_line(it, pen) for it in view.help_wanted]),
        ("Both sides gain", _both_gain(view)),
        (FAIR_SHARE, _fair_share(view, pen)),
        ("Thanks", [_thanks(each, pen) for each in view.thanks]),
        ("Learnt", [*goals_learnt(view, pen), *(_learnt(each, pen) for each in view.learnt)]),
        *((f"Pulse of {_month(each.month)}", counted(each)) for each in view.pulse),
    ]
    return [part for part in found if part[1]]


def is_quiet(view: SummaryView) -> bool:
    """Tell whether nothing happened that has a line of its own."""
    happened = (view.agreed, view.kept, view.changed_in_time, view.due_count)
    closed = any(line.goal.learnt for line in view.goals)
    return not any((*happened, view.thanks, view.learnt, view.pulse, closed))


def quiet(view: SummaryView, pen: Pen) -> str:
    """Return the short form of a quiet week."""
    text = f"A quiet week in {channel_named(view.channel_name)}: nothing was due"
    open_now = f"{view.under_way} {'is' if view.under_way == 1 else 'are'} open"
    text += f", {open_now}." if view.under_way else "."
    if view.next_week:
        it = view.next_week[0]
        text += f" Next: {pen.item(it)}, {pen.when(it.due, it.owner)}."
    return text


def _this_week(view: SummaryView) -> list[str]:
    counts = [
        (view.agreed, "agreed"),
        (view.kept, "kept"),
        (view.changed_in_time, "changed in time"),
    ]
    said = ", ".join(f"{count} {word}" for count, word in counts if count)
    under_way = f"{view.under_way} under way" if view.under_way else ""
    joined = "; ".join(each for each in (said, under_way) if each)
    return [f"{joined}."] if joined else []


def _next_week(view: SummaryView, pen: Pen) -> list[str]:
    zone = ZoneInfo(view.zone)
    days = sorted(((_due_day(it, zone), it) for it in view.next_week), key=lambda pair: pair[0])
    lines = []
    for day, group in groupby(days, key=lambda pair: pair[0]):
        items = "; ".join(_named(it, pen) for _, it in group)
        lines.append(f"{format_date(day, 'EEEE', locale='en')}: {items}.")
    return lines


def _due_day(it: Expectation, zone: ZoneInfo) -> date:
    return it.due_at.astimezone(zone).date() if it.due.is_hour else it.due.day


def _named(it: Expectation, pen: Pen) -> str:
    what = typed(it.terms.wording.result, pen.item_limit)
    return f"{pen.who(it.owner)}, {what} ({it.id})"


def help_line(it: Expectation, pen: Pen) -> str:
    """Return a line of *Help wanted*: who, and with what."""
    return f"{pen.who(it.owner)}: {typed(it.help_wanted, pen.item_limit)} ({it.id})"


def _both_gain(view: SummaryView) -> list[str]:
    if not view.both_gain:
        return []
    says = "says" if view.both_gain == 1 else "say"
    return [f"{view.both_gain} of the {view.agreed} {says} what each side gains."]


def _fair_share(view: SummaryView, pen: Pen) -> list[str]:
    if view.share is None:
        return []
    notes = [f"{pen.who(note.user)}: {pen.quote(note.text)}" for note in view.notes[:10]]
    return [share(view.share), *notes]


def goals_learnt(view: SummaryView, pen: Pen) -> list[str]:
    """Return what was learnt from the goals that were closed."""
    return [learnt_line(line, pen) for line in view.goals if line.goal.learnt.strip()]


def _learnt(learnt: Learnt, pen: Pen) -> str:
    names = " and ".join(pen.who(user) for user in sorted(learnt.sharing.among, key=pen.who))
    return f"{names}: {pen.quote(learnt.text)}"


def _month(day: date) -> str:
    return format_date(day, "MMMM", locale="en")


def _thanks(thanks: Thanks, pen: Pen) -> str:
    return f"{pen.who(thanks.by)} to {pen.who(thanks.to)}: {pen.quote(thanks.text)}"


def refused(view: SummaryRefusedView, pen: Pen) -> str:
    """Say that a summary was not posted, or may not have been, and what happens next."""
    where = f"<#{view.channel}>"
    if view.unclear:
        return (
            f"The weekly summary of {where} may not have been posted: {because(view.reason)} "
            "Please look in the channel; I do not post it again. "
            f"The next one comes on {pen.day(view.again_on)}."
        )
    return (
        f"The weekly summary of {where} could not be posted: {because(view.reason)} I try once "
        f"more on {pen.day(view.again_on)}; if that fails too, the summary ends."
    )
