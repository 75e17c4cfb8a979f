"""Sending over TLS with 50 in flight: beside as many threads that only post."""

import os
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path

import trustme
from slack_sdk import WebClient

from bench.commands import TOKEN, person
from bench.goals import DATABASES, Database
from bench.measuring import Measured, in_turns, per_second
from bench.places import Places
from bench.processes import listening
from bench.profiling import profile_of_threads
from bench.slack import TEAM
from bench.use_cases import UseCases, new_id, use_cases
from bot.services.compose import compose
from bot.services.deliver import Deliver
from bot.services.line import Line
from bot.services.pace import Pace
from bot.services.ports import Content
from bot.services.reconcile import Reconcile
from bot.services.send import Send
from bot.services.timing import Rate, Timing
from bot.slack.clients import Clients
from bot.slack.messenger import METADATA_TYPE, Messenger

_AT_ONCE = 50
_PEOPLE = 200
_ROUNDS = 5
_UNLIMITED = Rate(per_second=1e9, at_once=1e9)
_TIMING = Timing(in_flight=_AT_ONCE, per_channel=_UNLIMITED, per_workspace=_UNLIMITED)


def send_in_flight(made: Places, *, quick: bool) -> Iterator[Measured]:
    """Measure on each database."""
    for database in DATABASES:
        with _tls_slack(made.folder) as (address, context):
            yield _measured(made, database, address, context, each=100 if quick else 400)


@contextmanager
def _tls_slack(folder: Path) -> Iterator[tuple[str, ssl.SSLContext]]:
    """Run a Slack with a certificate of its own authority; yield its address and who trusts it."""
    authority = trustme.CA()
    certificate = folder / f"slack-{os.getpid()}.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with listening("bench.slack", str(certificate)) as port:
        yield f"https://localhost:{port}/api/", context


def _measured(
    made: Places, database: Database, address: str, context: ssl.SSLContext, each: int
) -> Measured:
    url = made.migrated(database)
    clients = Clients(api_url=address, token=TOKEN, timing=_TIMING, tls=context)
    messenger = Messenger(clients.sending(), TEAM, _TIMING)
    with use_cases(url) as cases, ThreadPoolExecutor(_AT_ONCE) as pool:
        sending = _Sending(cases, messenger)
        example = sending.example()
        bare = WebClient(token=TOKEN, base_url=address, ssl=context)
        ours, theirs = in_turns(
            lambda: sending.rate(each),
            lambda: per_second(lambda: _post(pool, bare, example, each)),
            _ROUNDS,
        )
        sending.close()
        profiled = _Sending(cases, messenger)  # whose threads begin while they are looked at
        profiled.ask(each)
        profile = profile_of_threads(profiled.send, each)
        profiled.close()
    made.drop(url)
    return Measured(
        name="send_in_flight",
        database=database,
        ours=ours,
        theirs=theirs,
        note=f"medians of {_ROUNDS} rounds of {each}, the same content on both sides; "
        "Slack is a process of its own that answers at once",
        profile=profile,
    )


class _Sending:
    """Messages to people, sent by the sender itself."""

    def __init__(self, cases: UseCases, messenger: Messenger) -> None:
        self._cases = cases
        self._numbers = count()
        self._taken = 0
        reconcile = Reconcile(cases.store, messenger, cases.renderer, cases.clock, new_id, _TIMING)
        line = Line(
            workspace=cases.workspace,
            slack=messenger,
            renderer=cases.renderer,
            reconcile=reconcile,
        )
        deliver = Deliver(
            cases.store,
            cases.look.home,
            cases.clock,
            new_id,
            _TIMING,
            Pace(_TIMING),
            on_sent=self._took,
        )
        self._send = Send(lambda: (line,), deliver)

    def rate(self, messages: int) -> float:
        """Send so many that are about to be due; return how many a second."""
        self.ask(messages)
        return per_second(self.send)

    def ask(self, messages: int) -> None:
        """Have so many proposals to tell, and no Homes to show."""
        for number in islice(self._numbers, messages):
            self._cases.ask(person(number % _PEOPLE), person((number + 7) % _PEOPLE))

    def send(self) -> int:
        """Send all that is due; return how much Slack took."""
        before = self._taken
        self._send.settle()
        return self._taken - before

    def close(self) -> None:
        """End its threads."""
        self._send.stop(_TIMING.stop)

    def _took(self) -> None:
        self._taken += 1

    def example(self) -> Content:
        """Return what one of them says."""
        number = self._cases.ask(person(0), person(1))
        with self._cases.store.write(self._cases.workspace) as uow:
            message = uow.messages.by_slot(f"E-{number}/1/{person(1)}")
            view = compose(uow, message, self._cases.clock()) if message else None
        if view is None:
            raise RuntimeError("a proposal has nothing to say")
        return self._cases.renderer.message(view)


def _post(pool: ThreadPoolExecutor, client: WebClient, content: Content, times: int) -> int:
    """Post so often, from 50 threads."""
    blocks = [dict(block) for block in content.blocks]

    def post(number: int) -> None:
        client.chat_postMessage(
            channel=person(number % _PEOPLE),
            text=content.text,
            blocks=blocks,
            metadata={"event_type": METADATA_TYPE, "event_payload": {"message_id": new_id()}},
            unfurl_links=False,
            unfurl_media=False,
        )

    return len(list(pool.map(post, range(times))))
