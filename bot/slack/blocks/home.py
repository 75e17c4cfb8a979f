"""App Home: what needs you, what you do, what others do for you, goals, figures, settings."""

from collections.abc import Sequence

from bot.domain.expectation import Expectation
from bot.domain.figures.names import Figure
from bot.domain.goal import Goal
from bot.domain.views import HomeView, Page
from bot.slack.blocks.kit import VIEW_BLOCKS, Block, Button, actions, context, section
from bot.slack.blocks.lists import asked_section
from bot.slack.home_pages import HOME_PARTS, encode_pages
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import city, squeeze
from bot.slack.words.delivery import list_put_off
from bot.slack.words.delivery import lost as lost_words
from bot.slack.words.goals import goal_line
from bot.slack.words.moments import days_in_words
from bot.slack.words.owed import link
from bot.slack.words.prompts import line
from bot.slack.words.states import state

NEEDS, YOU, OTHERS, GOALS = HOME_PARTS
ENOUGH = 5
"""Figures appear after so many finished agreements."""


def home(view: HomeView) -> Block:
    """Render somebody's Home."""
    pen = Pen.of(view.reader, view.people, view.now).in_blocks().brief()
    pages = {
        NEEDS: view.needs_page,
        YOU: view.you_do.number,
        OTHERS: view.others_do.number,
        GOALS: view.goals_page,
    }
    blocks = [
        *actions([_ASK.block(), _OFFER.block()], "start"),
        *_needs(view, pen),
        *_items("You do", "You have nothing open.", view.you_do, YOU, pen),
        *_items("Others do for you", "Nothing is open for you.", view.others_do, OTHERS, pen),
        *_goals(view, pen),
        _only_you(view),
        _worth(view, pen),
        *_settings(view, pen),
    ]
    return {
        "type": "home",
        "private_metadata": encode_pages(pages),
        "blocks": blocks[:VIEW_BLOCKS],
    }


_ASK = Button(label="Ask for something", press=Press(verb=Verb.FORM_ASK))
_OFFER = Button(label="Offer something", press=Press(verb=Verb.FORM_OFFER))


def _needs(view: HomeView, pen: Pen) -> list[Block]:
    lost = [one for one in view.undelivered if lost_words(one, pen)]
    put_off = list_put_off(view.list_put_off)
    if not view.needs_you and not lost and not put_off:
        return [section("*Needs you*: Nothing waits for you.")]
    blocks = [section("*Needs you*"), *([section(put_off)] if put_off else [])]
    for place, item in enumerate(view.needs_you):
        blocks.append(asked_section(item, line(item.prompt, item.card, pen), place))
    blocks += [_shown(one.expectation, lost_words(one, pen), "lost") for one in lost[:5]]
    return blocks + paging(NEEDS, view.needs_page, more=view.needs_more)


def _items(title: str, empty: str, page: Page, part: str, pen: Pen) -> list[Block]:
    if not page.items and page.number == 0:
        return [section(f"*{title}*: {empty}")]
    blocks = [section(f"*{title}*")]
    blocks += [_shown(it, item_text(it, pen), part) for it in page.items]
    return blocks + paging(part, page.number, more=page.more)


def item_text(it: Expectation, pen: Pen) -> str:
    """Return one item of a list: what, by when, with whom, where it stands."""
    other = it.other(pen.reader or "")
    word = "for" if it.owner == pen.reader else "from"
    whom = f", {word} {pen.who(other)}" if other else pen.for_outside(it)
    return f"{pen.item(it)}{whom}, {pen.by(it)}{link(it)}: {state(it, pen)}."


def _shown(it: Expectation, text: str, part: str) -> Block:
    return section(text, block_id=f"{part}.{it.number}", accessory=show_item(it).block())


def show_item(it: Expectation) -> Button:
    """Return an item's *Show* button."""
    about = f"{it.id} {squeeze(it.terms.wording.result)}"
    return Button(label="Show", press=Press(verb=Verb.SHOW, number=it.number), about=about)


def paging(scope: str, page: int, *, more: bool) -> list[Block]:
    """Return the buttons that lead to the pages beside this one."""
    row: list[Button] = []
    if page > 0:
        press = Press(verb=Verb.PREVIOUS, page=page - 1, scope=scope)
        row.append(Button(label="Previous 10", press=press))
    if more:
        press = Press(verb=Verb.NEXT, page=page + 1, scope=scope)
        row.append(Button(label="Next 10", press=press))
    return actions([button.block() for button in row], f"page.{scope}")


def _goals(view: HomeView, pen: Pen) -> list[Block]:
    new = Button(label="Set a goal", press=Press(verb=Verb.GOAL_NEW)).block()
    if not view.goals and view.goals_page == 0:
        empty = "*Goals*: No goals in your channels yet."
        return [section(empty, block_id="goals", accessory=new)]
    blocks = [section("*Goals*", block_id="goals", accessory=new)]
    blocks += goal_sections(view.goals, pen)
    return blocks + paging(GOALS, view.goals_page, more=view.goals_more)


def goal_sections(goals: Sequence[Goal], pen: Pen) -> list[Block]:
    """Return goals, a line and a *Show* button each."""
    return [
        section(
            goal_line(goal, pen),
            block_id=f"goal.{goal.number}",
            accessory=Button(
                label="Show",
                press=Press(verb=Verb.GOAL_SHOW, number=goal.number),
                about=f"{goal.id} {squeeze(goal.title)}",
            ).block(),
        )
        for goal in goals
    ]


def _only_you(view: HomeView) -> Block:
    """Return one's own figures, each once there is enough to say."""
    title, lately = "*Only you see this*", view.lately
    said = [f"Kept by you: {view.kept}."] if view.finished >= ENOUGH else []
    if lately.given + lately.taken >= ENOUGH:
        given = f"{lately.given} by you for others, {lately.taken} by others for you"
        said.append(f"Give and take: {given}.")
    if not said:
        return section(f"{title}: Figures appear after five finished agreements.")
    press = Press(verb=Verb.WHY_FIGURE, scope=Figure.MINE.value)
    why = Button(label="Why?", press=press, about=title.strip("*"))
    return section(f"{title}, last 90 days: {' '.join(said)}", accessory=why.block())


def _worth(view: HomeView, pen: Pen) -> Block:
    """Return one's own line, which whoever asks one for something reads in the form."""
    line = pen.quote(view.reader.worth) if view.reader.worth else "Nothing is said yet."
    edit = Button(label="Edit", press=Press(verb=Verb.WORTH), about="What makes work worth it")
    text = f"*What makes work worth it for me*: {line}"
    return section(text, block_id="worth", accessory=edit.block())


def _settings(view: HomeView, pen: Pen) -> list[Block]:
    me = view.reader
    days = days_in_words(me.workdays)
    text = f"*When I write*: {me.check_in:%H:%M}, {days}, {city(me.zone)} time."
    row = [Button(label="Change", press=Press(verb=Verb.SETTINGS))]
    away = me.away_until is not None and pen.today < me.away_until
    if away and me.away_until is not None:
        text = f"*When I write*: You are away until {pen.day(me.away_until)}."
        row.append(Button(label="I am back", press=Press(verb=Verb.BACK)))
    else:
        row.append(Button(label="Be away", press=Press(verb=Verb.AWAY)))
    row.append(Button(label="Privacy", press=Press(verb=Verb.PRIVACY)))
    small = context("Holidays, quiet hours and how often you are asked stand under Change.")
    return [section(text), *actions([button.block() for button in row], "settings"), small]
