"""A channel's weekly summary."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.views import SummaryRefusedView, SummaryView
from bot.slack.blocks.kit import MESSAGE_BLOCKS, Block, Button, Rendered, section, sections
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import within
from bot.slack.words.summary import heading, help_line, is_quiet, parts, quiet, refused, set_up


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
        blocks += (
            _help(view, pen) if title == "Help wanted" else sections([f"*{title}*", *lines], 3)
        )
    return Rendered(text=within(text), blocks=tuple(blocks[:MESSAGE_BLOCKS]))


def summary_refused(view: SummaryRefusedView) -> Rendered:
    """Render what who set a summary up is told where Slack does not take it."""
    pen = Pen.of(view.reader, {}, view.now)
    text = refused(view, pen)
    return Rendered(text=text, blocks=(section(text),))


def _parts(view: SummaryView, pen: Pen) -> list[tuple[str, list[str]]]:
    if not is_quiet(view):
        return parts(view, pen)
    return [part for part in parts(view, pen) if part[0] in {"Goals", "Help wanted"}]


def _help(view: SummaryView, pen: Pen) -> list[Block]:
    blocks: list[Block] = [section("*Help wanted*")]
    for it in view.help_wanted[:10]:
        press = Press(verb=Verb.OFFER_HELP, number=it.number, seen=it.seen)
        offer = Button(label="Offer help", press=press, about=it.id)
        line = help_line(it, pen)
        blocks.append(section(line, block_id=f"help.{it.number}", accessory=offer.block()))
    return blocks
