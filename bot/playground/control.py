"""The JSON API with which another process's app, or a test, drives the simulated Slack.

`GET /_playground/screen?user=&where=&since=` shows what somebody sees; `POST /_playground/VERB`
does something as somebody, and takes JSON only, which no foreign form can send.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.errors import DrivingError
from bot.playground.faults import Fault
from bot.playground.payloads import view_payload
from bot.playground.records import Conversation, Json, Kind, Message, Person, Result, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from bot.playground.served import Time
    from bot.playground.slack import Slack
    from bot.playground.state import State

FRIDAY = 4
FOUR_O_CLOCK = time(16)


def routes(slack: Slack) -> list[BaseRoute]:
    """Return the API's routes."""

    async def screen(request: Request) -> Response:
        params = request.query_params
        if params.get("since") == str(slack.state.revision):
            return Response(status_code=204)
        try:
            return JSONResponse(shown(slack, params.get("user", ""), params.get("where", "")))
        except DrivingError as error:
            return JSONResponse({"error": str(error)}, status_code=404)

    async def act(request: Request) -> Response:
        if "json" not in request.headers.get("content-type", ""):
            return JSONResponse({"error": "JSON only"}, status_code=415)
        try:
            verb = _VERBS[request.path_params["verb"]]
            body = json.loads(await request.body())
            outcome = await run_in_threadpool(verb, slack, body)
        except (DrivingError, KeyError, ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse(asdict(outcome) if isinstance(outcome, Result) else outcome)

    return [
        Route("/_playground/screen", screen),
        Route("/_playground/{verb}", act, methods=["POST"]),
    ]


def shown(slack: Slack, user: str, where: str) -> Json:
    """Return everything that somebody's screen shows, with one conversation open."""
    state = slack.state
    with state.lock:
        person = state.person(user) if user else _first_person(state)
        slack.dm_with(person.id)
        mine = [each for each in state.conversations.values() if person.id in each.members]
        conversation = state.conversation(where, seen_by=person.id) if where else mine[0]
        stack = state.screens.stacks.get(person.id, [])
        home = state.screens.homes.get(person.id)
        visible = conversation in mine
        return {
            "revision": state.revision,
            "team": state.team.name,
            "app": {
                "name": state.app.name,
                "user": state.app.bot_user_id,
                "commands": list(state.app.commands),
                "message_shortcuts": state.app.message_shortcuts,
                "global_shortcuts": state.app.global_shortcuts,
            },
            "now": (slack.time.now() if slack.time else state.clock()).isoformat(),
            "clock": slack.time is not None,
            "me": _person(person),
            "people": [_person(each) for each in state.people.values()],
            "conversations": [_conversation(slack, person, each) for each in mine],
            "where": conversation.id,
            "messages": [
                _message(slack, person, message)
                for message in (state.seen(conversation.id, person.id) if visible else [])
            ],
            "modals": [view_payload(state, view) | {"errors": view.errors} for view in stack],
            "home": view_payload(state, home) if home else None,
        }


def _first_person(state: State) -> Person:
    return next(each for each in state.people.values() if not (each.is_bot or each.deleted))


def _person(person: Person) -> Json:
    return asdict(person)


def _conversation(slack: Slack, person: Person, conversation: Conversation) -> Json:
    name = conversation.name
    if conversation.kind is Kind.DIRECT:
        other = next(iter(conversation.members - {person.id}), person.id)
        name = slack.state.people[other].real_name
    seen = slack.state.seen(conversation.id, person.id)
    return {
        "id": conversation.id,
        "kind": conversation.kind.value,
        "name": name,
        "app": slack.state.app.bot_user_id in conversation.members,
        "last_ts": seen[-1].ts if seen else "0",
    }


def _message(slack: Slack, person: Person, message: Message) -> Json:
    values = slack.state.message_values.get((person.id, message.channel, message.ts), {})
    return asdict(message) | {"values": values}


def _place(slack: Slack, body: Json) -> Message | View:
    where = body["in"]
    if "view_id" not in where:
        return _message_at(slack, body)
    home = slack.home(body["user"])
    if home is not None and home.id == where["view_id"]:
        return home
    view = slack.state.screens.find(where["view_id"])
    if view is None:
        raise DrivingError("That is no longer there.")
    return view


def _message_at(slack: Slack, body: Json) -> Message:
    message = slack.state.message(body["in"]["channel"], body["in"]["ts"])
    if message is None:
        raise DrivingError("That is no longer there.")
    return message


def _fill(slack: Slack, body: Json) -> Json:
    for wanted, value in body["values"].items():
        slack.choose(body["user"], _place(slack, body), wanted, value)
    return {}


def _advance(slack: Slack, body: Json) -> Json:
    if slack.time is None:
        raise DrivingError("This playground runs on real time.")
    person = slack.state.person(body["user"])
    to = target(slack.time, person, body["to"])
    if to is not None:
        slack.time.advance(to)
        slack.state.touch()
    return {"now": slack.time.now().isoformat()}


def target(time: Time, person: Person, word: str) -> datetime | None:
    """Return where a word moves the clock: hour, list, friday, or an instant in ISO format."""
    now = time.now()
    if word == "list":
        return time.next_list(person.id)
    if word == "hour":
        return now + timedelta(hours=1)
    if word == "friday":
        return next_friday(now, ZoneInfo(person.tz))
    return datetime.fromisoformat(word)


def next_friday(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next Friday 16:00 of somebody's zone."""
    local = now.astimezone(zone)
    friday = local.date() + timedelta(days=(FRIDAY - local.weekday()) % 7)
    at = datetime.combine(friday, FOUR_O_CLOCK, zone)
    return at if at > local else datetime.combine(friday + timedelta(days=7), FOUR_O_CLOCK, zone)


def _fault(slack: Slack, body: Json) -> Json:
    """Plan a fault; `only` names arguments that a call has to have, as text."""
    only: Json = body.get("only") or {}

    def fits(args: Json) -> bool:
        return all(str(args.get(name)) == str(value) for name, value in only.items())

    slack.faults.add(body["method"], Fault(**body["fault"]), body.get("times", 1), fits)
    return {}


def _mend(slack: Slack, _body: Json) -> Json:
    slack.faults.clear()
    return {}


def _refusals(slack: Slack, _body: Json) -> Json:
    return {"refusals": [asdict(each) for each in slack.refusals]}


def _traffic(slack: Slack, _body: Json) -> Json:
    return {"traffic": [asdict(each) for each in slack.traffic]}


_VERBS: dict[str, Callable[[Slack, Json], Result | Json]] = {
    "command": lambda slack, body: slack.command(
        body["user"], body["where"], body["command"], body.get("text", "")
    ),
    "say": lambda slack, body: slack.say(body["user"], body["where"], body["text"]),
    "press": lambda slack, body: slack.press(body["user"], _place(slack, body), body["wanted"]),
    "choose": lambda slack, body: slack.choose(
        body["user"], _place(slack, body), body["wanted"], body["value"]
    ),
    "fill": _fill,
    "suggest": lambda slack, body: slack.suggest(
        body["user"], _place(slack, body), body["wanted"], body["query"]
    ),
    "submit": lambda slack, body: slack.submit(body["user"], body.get("values")),
    "close": lambda slack, body: slack.close_modal(body["user"], all_of_them=bool(body.get("all"))),
    "message_shortcut": lambda slack, body: slack.message_shortcut(
        body["user"], _message_at(slack, body), body["callback_id"]
    ),
    "global_shortcut": lambda slack, body: slack.global_shortcut(body["user"], body["callback_id"]),
    "open_home": lambda slack, body: slack.open_home(body["user"]),
    "user_changed": lambda slack, body: slack.user_changed(body["user"], **body["changes"]),
    "advance": _advance,
    "fault": _fault,
    "mend": _mend,
    "refusals": _refusals,
    "traffic": _traffic,
}
