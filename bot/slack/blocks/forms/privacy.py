"""What is kept about a person, how they get it, and how they have it forgotten."""

from bot.slack.blocks.kit import Block, Button, actions, section
from bot.slack.blocks.modal import info_modal, modal
from bot.slack.ids import Callback, Origin, Press, Verb
from bot.slack.words.privacy import FORGET_ME, FORGOTTEN, PRIVACY

_EXPORT = Button(label="Send me all of it", press=Press(verb=Verb.EXPORT_ME))
_FORGET = Button(label="Forget me", press=Press(verb=Verb.FORGET_ME))


def privacy_modal() -> Block:
    """Return what is kept, who sees what, and the two things that one can do about it."""
    row = actions([_EXPORT.block(), _FORGET.block()], "privacy")
    return info_modal("Privacy", [*(section(line) for line in PRIVACY), *row])


def forget_form(origin: Origin) -> Block:
    """Return the question before somebody is forgotten: all that it does, and cannot do."""
    blocks = [section(line) for line in FORGET_ME]
    return modal(Callback.FORGET_ME, "Forget me", "Forget me", origin, blocks)


def forgotten_modal() -> Block:
    """Return what is said once somebody is forgotten."""
    return info_modal("Forgotten", [section(FORGOTTEN)])


def forgotten_home() -> Block:
    """Return the Home of somebody who was forgotten while it was open."""
    return {"type": "home", "blocks": [section(FORGOTTEN)]}
