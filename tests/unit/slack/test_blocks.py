"""The blocks of a proposal, whole, as Slack gets them."""

from inline_snapshot import snapshot

from bot.domain.expectation import Action
from bot.domain.messages import Moment
from bot.slack.blocks.card import card
from tests.unit.slack.given import OTTO, TEAM, asked, view


def test_a_proposal() -> None:
    told = asked(tell_channel=True)
    moves = (Action.ACCEPT, Action.CHANGE, Action.ASK, Action.DECLINE)
    assert list(card(view(Moment.PROPOSAL, told, OTTO, *moves), TEAM).blocks) == snapshot(
        [
            {
                "type": "section",
                "text": {
                    "type": "mrkdwn",
                    "text": """\
<@U0LENA> asks you: *ship the billing API* (E-42), by Friday, 27 November.
Seen by you two, and <#C0LAUNCH> once it is agreed. Nothing is agreed until you answer, and no is a good answer too.\
""",  # noqa: E501 - as Slack gets it
                    "verbatim": True,
                },
            },
            {
                "type": "actions",
                "block_id": "tell",
                "elements": [
                    {
                        "type": "checkboxes",
                        "action_id": "tick.tell",
                        "options": [
                            {
                                "text": {
                                    "type": "mrkdwn",
                                    "text": "Accept also tells <#C0LAUNCH> what was agreed",
                                    "verbatim": True,
                                },
                                "value": "tell",
                            }
                        ],
                        "initial_options": [
                            {
                                "text": {
                                    "type": "mrkdwn",
                                    "text": "Accept also tells <#C0LAUNCH> what was agreed",
                                    "verbatim": True,
                                },
                                "value": "tell",
                            }
                        ],
                    }
                ],
            },
            {
                "type": "actions",
                "block_id": "moves.42",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "do.accept",
                        "text": {"type": "plain_text", "text": "Accept", "emoji": False},
                        "value": '{"v":"accept","n":42,"s":[1,0,0,1]}',
                    },
                    {
                        "type": "button",
                        "action_id": "open.change",
                        "text": {"type": "plain_text", "text": "Suggest a change", "emoji": False},
                        "value": '{"v":"change","n":42,"s":[1,0,0,1]}',
                    },
                    {
                        "type": "button",
                        "action_id": "open.ask",
                        "text": {"type": "plain_text", "text": "Ask a question", "emoji": False},
                        "value": '{"v":"ask","n":42,"s":[1,0,0,1]}',
                    },
                    {
                        "type": "button",
                        "action_id": "open.decline",
                        "text": {"type": "plain_text", "text": "Decline", "emoji": False},
                        "value": '{"v":"decline","n":42,"s":[1,0,0,1]}',
                    },
                    {
                        "type": "overflow",
                        "action_id": "menu.more",
                        "options": [
                            {
                                "text": {
                                    "type": "plain_text",
                                    "text": "Keep it between us",
                                    "emoji": False,
                                },
                                "value": '{"v":"accept_form","n":42,"s":[1,0,0,1]}',
                                "description": {
                                    "type": "plain_text",
                                    "text": "Accept; only you two see it",
                                    "emoji": False,
                                },
                            }
                        ],
                    },
                ],
            },
        ]
    )
