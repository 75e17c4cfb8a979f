"""Thanks, and the one message to whoever installed the app."""

from bot.domain.thanks import Thanks
from bot.domain.views import InstalledView, ThanksView
from bot.slack.blocks.kit import Button, Rendered, actions, section
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.words.thanks import thanks_told

INSTALLED = (
    "Winwin is here; nobody else was told. Try it, or paste this in a channel: "
    "“We are trying Winwin. Ask with /expect; answer yes, no or something else.”"
)


def thanks(view: ThanksView) -> Rendered:
    """Render thanks as their reader gets them."""
    given = view.thanks
    pen = Pen.of(view.reader, view.people, given.at)
    text = thanks_told(given, view.channel_name, view.summary_on, pen)
    if view.channel_name is None or given.kept_between:
        return Rendered(text=text, blocks=(section(text),))
    row = actions([keep_between(given).block()], f"thanks.{given.number}")
    return Rendered(text=text, blocks=(section(text), *row))


def keep_between(given: Thanks) -> Button:
    """Return the button that keeps thanks out of the summary."""
    press = Press(verb=Verb.THANKS_PRIVATE, number=given.number)
    return Button(label="Keep it between us", press=press)


def installed(_view: InstalledView) -> Rendered:
    """Render the message to whoever installed the app."""
    ask = Button(label="Ask for something", press=Press(verb=Verb.FORM_ASK))
    return Rendered(
        text=INSTALLED, blocks=(section(INSTALLED), *actions([ask.block()], "installed"))
    )
