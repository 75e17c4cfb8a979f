"""A channel's weekly summary."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.domain.figures.names import Figure
from bot.domain.views import GoalLine, SummaryRefusedView, SummaryView
from bot.slack.blocks.figures import how_counted
from bot.slack.blocks.kit import (
    CHART,
    MESSAGE_BLOCKS,
    Block,
    Button,
    Rendered,
    actions,
    section,
    sections,
)
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import plain, within
from bot.slack.words.goals import is_drawn
from bot.slack.words.summary import (
    FAIR_SHARE,
    GOALS,
    HELP,
    heading,
    help_line,
    is_quiet,
    parts,
    quiet,
    refused,
    set_up,
)

MOST_CHARTS = 2
"""Slack takes two in a message."""


def summary(view: SummaryView) -> Rendered:
    """Render a channel's week; names, no mentions, so that nobody is pinged."""
    zone = ZoneInfo(view.zone)
    now = datetime.combine(view.last, time(12), zone).astimezone(UTC)
    pen = Pen(reader=None, zone=zone, people=view.people, now=now).brief()
    text = [heading(view), set_up(view, pen)]
    blocks: list[Block] = [section(*text)]
    if is_quiet(view):
        text.append(quiet(view, pen))
        blocks.append(section(quiet(view, pen)))
    for title, lines in _parts(view, pen):
        text += [f"*{title}*", *lines]
        blocks += _help(view, pen) if title == HELP else sections([f"*{title}*", *lines], 3)
        if title == GOALS:
            blocks += _charts(view)
        if title == FAIR_SHARE:
            blocks += actions([how_counted(Figure.FAIR_SHARE).block()], "share")
    return Rendered(text=within(text), blocks=tuple(blocks[:MESSAGE_BLOCKS]))


def summary_refused(view: SummaryRefusedView) -> Rendered:
    """Render what who set a summary up is told where Slack does not take it."""
    pen = Pen.of(view.reader, {}, view.now)
    text = refused(view, pen)
    return Rendered(text=text, blocks=(section(text),))


def _parts(view: SummaryView, pen: Pen) -> list[tuple[str, list[str]]]:
    if not is_quiet(view):
        return parts(view, pen)
    return [part for part in parts(view, pen) if part[0] in {GOALS, HELP}]


def _charts(view: SummaryView) -> list[Block]:
    """Draw how measures moved; what is drawn stands in words above."""
    drawn = [line for line in view.goals if is_drawn(line)]
    return [_chart(line) for line in drawn[:MOST_CHARTS]]


def _chart(line: GoalLine) -> Block:
    points = [
        {"label": format_date(day, "d MMM", locale="en"), "value": float(value)}
        for day, value in line.weeks
    ]
    series = [{"name": line.goal.id, "data": points}]
    title = plain(line.goal.title, 50)
    return {"type": CHART, "title": title, "chart": {"type": "line", "series": series}}


def _help(view: SummaryView, pen: Pen) -> list[Block]:
    blocks: list[Block] = [section(f"*{HELP}*")]
    for it in view.help_wanted[:10]:
        press = Press(verb=Verb.OFFER_HELP, number=it.number, seen=it.seen)
        offer = Button(label="Offer help", press=press, about=it.id)
        line = help_line(it, pen)
        blocks.append(section(line, block_id=f"help.{it.number}", accessory=offer.block()))
    return blocks
