"""Buttons with which something is shown to the other, or to the channel, where both want it."""

from bot.domain.asides import Aside
from bot.domain.expectation import Expectation
from bot.domain.learnt import Learnt
from bot.domain.opinions import FITTING, Opinion, Topic
from bot.domain.views import AsideView
from bot.slack.blocks.kit import Button
from bot.slack.ids import Press, Verb
from bot.slack.words.learnt import may_be_shared
from bot.slack.words.opinions import OPINIONS

_TOPICS = {Aside.WORTH_IT: Topic.WORTH_IT, Aside.FAIRNESS: Topic.FAIRNESS}


def opinion_buttons(view: AsideView) -> list[Button]:
    """Return the answers to an aside."""
    topic = _TOPICS[view.kind]
    return [
        Button(
            label=OPINIONS[one].capitalize(),
            press=Press(verb=Verb.OPINE, scope=topic.value, key=view.key, text=one.value),
            nth=one.value,
        )
        for one in FITTING[topic]
    ]


def shown_buttons(view: AsideView) -> list[Button]:
    """Return what may be done with an answer until both read it: show it, or give another."""
    if "theirs" in view.args:
        return []
    share = share_opinion(_TOPICS[view.kind], view.key, shares="shares" in view.args)
    given = OPINIONS[Opinion(view.answered)].capitalize()
    return [share, *(one for one in opinion_buttons(view) if one.label != given)]


def share_opinion(topic: Topic, key: str, *, shares: bool, about: str = "") -> Button:
    """Return the button that shows one's answer if the other shows theirs, or takes that back."""
    verb = Verb.UNSHARE_OPINION if shares else Verb.SHARE_OPINION
    label = "Keep it to myself" if shares else "Share it, if both do"
    return Button(label=label, press=Press(verb=verb, scope=topic.value, key=key), about=about)


def share_learnt(line: Learnt, it: Expectation, reader: str) -> Button | None:
    """Return the button that shares a line with the channel, or takes that back; None: neither."""
    sharing = line.sharing
    if sharing.is_shown or not may_be_shared(it) or reader not in sharing.among:
        return None
    press = Press(verb=Verb.SHARE_LEARNT, number=line.number, key=line.by)
    about = f"{it.id} worth remembering"
    if sharing.wants(reader):
        undo = Press(verb=Verb.UNSHARE_LEARNT, number=line.number, key=line.by)
        return Button(label="Keep it between us", press=undo, about=about)
    label = "Share it too" if sharing.wanted_by else "Share it"
    return Button(label=label, press=press, about=about)
