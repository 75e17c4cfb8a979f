"""Whatever is pressed, in whatever order, is answered, fits, and never fails unexpectedly."""

import random
from datetime import timedelta

import pytest

from bot.playground import Message, View
from bot.playground.inputs import elements, options
from bot.playground.records import Json
from tests.support.stage import Stage

pytestmark = pytest.mark.usefixtures("logs")

PEOPLE = ("lena", "asha", "ren", "maya")
LINES = (
    "@lena to send the draft by 30 Nov",
    "@asha @ren to agree owners by thursday at 5pm",
    "I will check it for @maya by 27 Nov",
    "I will draft the brief by 26 Nov",
    "@lena to keep the log green every friday at 10am",
    "we will launch by 15 Dec",
    "list",
    "list team",
    "goal list",
    "help",
    "lst",
    "thanks @asha for the review",
    "summary now",
    "settings",
    "",
    *(
        f"{verb} E-{number}"
        for verb in ("show", "done", "cannot", "return")
        for number in (1, 2, 3)
    ),
)
VALUES: Json = {
    "plain_text_input": "7",
    "datepicker": "2026-12-02",
    "timepicker": "15:00",
    "users_select": "maya",
    "multi_users_select": ["asha", "ren"],
    "channels_select": "launch",
}


def choices(where: Message | View) -> list[str]:
    """Return the labels of all buttons and menu options; *Answer* is a menu's name as well."""
    found = []
    for block in where.blocks:
        for element in elements(block):
            if element["type"] == "button" and "url" not in element:
                found.append(element["action_id"])
            elif element["type"] == "overflow":
                found += [option["text"]["text"] for option in options(element)]
    return found


def fill(stage: Stage, chance: random.Random, user: str, view: View) -> None:
    """Fill in what is asked, and some of what is not."""
    for block in view.blocks:
        if block["type"] == "input" and (not block.get("optional") or chance.random() < 0.3):
            element = block["element"]
            if element["type"] in VALUES:
                stage.slack.fill(user, {block["block_id"]: VALUES[element["type"]]})
            elif options(element):
                chosen = chance.choice(options(element))["text"]["text"]
                many = element["type"] == "checkboxes"
                stage.slack.fill(user, {block["block_id"]: [chosen] if many else chosen})


def act(stage: Stage, chance: random.Random, user: str) -> bool:
    """Do something that a person can do; tell whether it was acknowledged."""
    slack = stage.slack
    view = slack.modal(user)
    if view is not None:
        if view.submit is None or chance.random() < 0.3:
            pressable = choices(view)
            if pressable and chance.random() < 0.5 and view.previous_view_id is None:
                return slack.press(user, view, chance.choice(pressable)).acknowledged
            return slack.close_modal(user).acknowledged
        fill(stage, chance, user, view)
        result = slack.submit(user)
        if result.errors:
            slack.close_modal(user)
        return result.acknowledged or result.error == "incomplete"
    seen: list[Message | View] = [*slack.inbox(user)[-6:], *slack.visible(user, "launch")[-3:]]
    home = slack.home(user)
    seen += [home] if home else []
    seen = [each for each in seen if choices(each)]
    if not seen or chance.random() < 0.3:
        if chance.random() < 0.1:
            return slack.open_home(user).acknowledged
        return slack.command(user, "launch", "/expect", chance.choice(LINES)).acknowledged
    where = chance.choice(seen)
    return slack.press(user, where, chance.choice(choices(where))).acknowledged


@pytest.mark.parametrize("seed", range(4))
def test_anything_pressed(stage: Stage, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seed makes it the same each time
    for _ in range(120):
        user = chance.choice(PEOPLE)
        assert act(stage, chance, user)
        if chance.random() < 0.3:
            stage.settle()
        if chance.random() < 0.08:
            stage.advance(stage.clock.at + timedelta(hours=chance.choice((1, 5, 20))))
    said = [str(exchange.answer) + str(exchange.request) for exchange in stage.slack.traffic]
    assert [each for each in said if "Something failed" in each] == []
    assert {refusal.error for refusal in stage.slack.refusals} <= {"push_limit_reached"}
    stage.slack.state.refusals.clear()
