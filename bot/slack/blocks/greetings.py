"""Thanks, and the one message to whoever installed the app."""

from bot.domain.views import InstalledView, ThanksView
from bot.slack.blocks.kit import Button, Rendered, actions, section
from bot.slack.ids import Press, Verb
from bot.slack.pen import Pen
from bot.slack.text import typed
from bot.slack.words.moments import thanks_words

INSTALLED = (
    "Winwin is here; nobody else was told. Try it, or paste this in a channel: "
    "“We are trying Winwin. Ask with /expect; answer yes, no or something else.”"
)


def thanks(view: ThanksView) -> Rendered:
    """Render thanks as their reader gets them."""
    given = view.thanks
    pen = Pen.of(view.reader, view.people, given.at)
    text = thanks_words(given, pen)
    if view.channel_name is None or view.summary_on is None or given.kept_between:
        return Rendered(text=text, blocks=(section(text),))
    channel, day = typed(view.channel_name, 80), pen.day(view.summary_on)
    text += f" On {day} the summary of #{channel} carries it."
    keep = Button(
        label="Keep it between us", press=Press(verb=Verb.THANKS_PRIVATE, number=given.number)
    )
    return Rendered(
        text=text, blocks=(section(text), *actions([keep.block()], f"thanks.{given.number}"))
    )


def installed(_view: InstalledView) -> Rendered:
    """Render the message to whoever installed the app."""
    ask = Button(label="Ask for something", press=Press(verb=Verb.FORM_ASK))
    return Rendered(
        text=INSTALLED, blocks=(section(INSTALLED), *actions([ask.block()], "installed"))
    )
