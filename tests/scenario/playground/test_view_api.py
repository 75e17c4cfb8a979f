"""The simulated Slack's modals and Home, called with Slack's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.scenario.playground.calls import HOME, MODAL, refused, trigger

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.playground import Slack

Json = dict[str, Any]


def test_triggers_open_one_modal_within_three_seconds(client: WebClient, slack: Slack) -> None:
    used = trigger(slack)
    client.views_open(trigger_id=used, view=MODAL)
    assert refused(lambda: client.views_open(trigger_id=used, view=MODAL)) == (
        "exchanged_trigger_id"
    )
    late = trigger(slack)
    slack.state.expire_triggers()
    assert refused(lambda: client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"
    assert refused(lambda: client.views_open(trigger_id="1.2.3", view=MODAL)) == (
        "invalid_trigger_id"
    )
    assert refused(lambda: client.views_open(trigger_id=trigger(slack), view=HOME)) == (
        "invalid_arguments"
    )


def test_three_modals_at_most(client: WebClient, slack: Slack) -> None:
    assert refused(lambda: client.views_push(trigger_id=trigger(slack), view=MODAL)) == "not_found"
    first = client.views_open(trigger_id=trigger(slack), view=MODAL)["view"]
    second = client.views_push(trigger_id=trigger(slack), view=MODAL)["view"]
    client.views_push(trigger_id=trigger(slack), view=MODAL)
    assert second["root_view_id"] == second["previous_view_id"] == first["id"]
    assert refused(lambda: client.views_push(trigger_id=trigger(slack), view=MODAL)) == (
        "push_limit_reached"
    )


def test_an_update_keeps_what_was_typed_and_refuses_a_stale_hash(
    client: WebClient, slack: Slack
) -> None:
    def form(*labels: str) -> Json:
        inputs = [
            {
                "type": "input",
                "block_id": label,
                "label": {"type": "plain_text", "text": label},
                "element": {"type": "plain_text_input", "action_id": "text"},
            }
            for label in labels
        ]
        return {**MODAL, "submit": {"type": "plain_text", "text": "Save"}, "blocks": inputs}

    view = client.views_open(trigger_id=trigger(slack), view=form("What"))["view"]
    slack.fill("lena", {"What": "the draft"})
    updated = client.views_update(view_id=view["id"], hash=view["hash"], view=form("What", "Why"))
    values = updated["view"]["state"]["values"]
    assert values["What"]["text"]["value"] == "the draft"
    assert values["Why"]["text"]["value"] is None
    assert updated["view"]["hash"] != view["hash"]
    assert (
        refused(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=form("W")))
        == "hash_conflict"
    )
    assert refused(lambda: client.views_update(view_id="V99", view=MODAL)) == "not_found"


def test_publishing_home(client: WebClient, slack: Slack) -> None:
    first = client.views_publish(user_id="U01LENA", view=HOME)["view"]
    home = slack.home("lena")
    assert home is not None
    assert home.type == "home"
    again = client.views_publish(user_id="U01LENA", view=HOME)["view"]
    assert again["id"] == first["id"]
    assert (
        refused(lambda: client.views_publish(user_id="U01LENA", view=HOME, hash=first["hash"]))
        == "hash_conflict"
    )
    assert refused(lambda: client.views_publish(user_id="U99", view=HOME)) == "user_not_found"
