"""What the app hears of by events: messages, Home, people who change, join or leave."""

from __future__ import annotations

import time

from bot.playground import payloads
from bot.playground.delivery import TIMED_OUT, Answer, Envelope
from bot.playground.records import Conversation, Json, Kind, Message, Person, Result
from bot.playground.served import Served
from bot.playground.typed import encoded


class Eventful(Served):
    """Delivers events, again up to three times where they are not acknowledged."""

    def say(self, user: str, where: str | Conversation, text: str) -> Result:
        """Type a message; the app hears of it in its direct messages and where mentioned."""
        person = self.state.person(user)
        conversation = self.state.conversation(where, seen_by=person.id)
        self._need_member(person, conversation)
        text = encoded(self.state, text, names=False)
        message = self.state.post(Message(conversation.id, "", person.id, text))
        bot = self.state.app.bot_user_id
        if bot not in conversation.members:
            return Result(acknowledged=False, error="not_in_channel")
        event = payloads.message_payload(self.state, message) | {
            "channel": conversation.id,
            "client_msg_id": f"playground-{message.ts}",
            "event_ts": message.ts,
        }
        if conversation.kind is Kind.DIRECT:
            return self.event(event | {"channel_type": "im"})
        if f"<@{bot}>" in text:
            return self.event(event | {"type": "app_mention"})
        return Result(acknowledged=True)

    def dm(self, user: str, text: str) -> Result:
        """Write to the app in its direct message."""
        return self.say(user, self.dm_with(user), text)

    def mention(self, user: str, where: str | Conversation, text: str) -> Result:
        """Write `@Winwin …` in a channel."""
        return self.say(
            user, where, f"@{self.state.person(self.state.app.bot_user_id).name} {text}"
        )

    def event(self, event: Json) -> Result:
        """Deliver an event that the app subscribed to, again where it is not acknowledged."""
        kind = ".".join(filter(None, (event["type"], event.get("channel_type"))))
        subscribed = self.state.app.events
        if subscribed is not None and kind not in subscribed:
            return Result(acknowledged=False, error="not_subscribed")
        payload = payloads.event_payload(self.state, event)
        return self.deliver_event(payload)

    def deliver_event(self, payload: Json) -> Result:
        """Deliver a wrapped event; the same one again where a test wants a duplicate."""
        answer = self.delivery.send(Envelope.EVENT, payload)
        attempts = 1
        for delay in self.retry_delays:
            if answer.acknowledged:
                break
            reason = "http_timeout" if answer.status == TIMED_OUT else "http_error"
            time.sleep(delay)
            answer = self.delivery.send(Envelope.EVENT, payload, attempts, reason)
            attempts += 1
        return result(answer, answer.error, attempts=attempts)

    def open_home(self, user: str, tab: str = "home") -> Result:
        """Open the app's Home tab, or its messages tab."""
        person = self.state.person(user)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.dm_with(user).id,
            "tab": tab,
            "event_ts": self.state.next_ts(),
        }
        home = self.home(user)
        if home is not None and tab == "home":
            event["view"] = payloads.view_payload(self.state, home)
        return self.event(event)

    def user_changed(self, user: str, **changes: object) -> Result:
        """Change a person (tz, locale, deleted, real_name, …) and tell the app."""
        person = self.state.person(user)
        with self.state.lock:
            for name, value in changes.items():
                setattr(person, name, value)
            self.state.touch()
        return self._person_event("user_change", person)

    def join(self, person: Person, *channels: str) -> Result:
        """Let somebody join the workspace and these channels, and tell the app."""
        with self.state.lock:
            self.state.people[person.id] = person
            for channel in channels:
                self.state.conversation(channel).members.add(person.id)
            self.state.touch()
        return self._person_event("team_join", person)

    def uninstall(self) -> Result:
        """Take the app out of the workspace: its tokens die, and it is told."""
        self.state.app.installed = False
        self.event({"type": "tokens_revoked", "tokens": {"bot": [self.state.app.bot_user_id]}})
        return self.event({"type": "app_uninstalled"})

    def _person_event(self, kind: str, person: Person) -> Result:
        return self.event(
            {
                "type": kind,
                "user": payloads.person_payload(self.state, person, locale=True),
                "cache_ts": int(time.time()),
                "event_ts": self.state.next_ts(),
            }
        )


def result(
    answer: Answer,
    error: str | None,
    *,
    errors: dict[str, str] | None = None,
    options: list[Json] | None = None,
    attempts: int = 1,
) -> Result:
    """Return what somebody learns of an answer."""
    return Result(
        answer.acknowledged,
        answer.status,
        answer.body,
        answer.seconds,
        error,
        errors or {},
        attempts,
        options or [],
    )
