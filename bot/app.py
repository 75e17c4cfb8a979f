"""The wiring: settings, a clock and a timing in, a bot out."""

import threading
import time
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from flask import Flask

from bot.clock import Clock
from bot.config import Mode, Settings
from bot.db.engine import SqlStore
from bot.db.health import DatabaseError, late_by, open_migrated, outbox
from bot.domain.trouble import StoreError
from bot.scheduler.dispatcher import Dispatcher
from bot.scheduler.heartbeat import Heartbeat
from bot.services.answer import Answer
from bot.services.between import Between
from bot.services.charters import Charters
from bot.services.configure import Configure
from bot.services.deliver import Deliver
from bot.services.forget import Forget
from bot.services.goal_answers import GoalAnswers
from bot.services.goals import Goals
from bot.services.inbox import Deliveries
from bot.services.learnt import Remember
from bot.services.line import Line
from bot.services.look import Look
from bot.services.opinions import Opine
from bot.services.pace import Pace
from bot.services.people import Directory
from bot.services.plan import Plan
from bot.services.propose import Propose
from bot.services.pulse import PulseAnswers
from bot.services.question import Question
from bot.services.reconcile import Reconcile
from bot.services.send import Send
from bot.services.summarise import Summarise
from bot.services.thank import Thank
from bot.services.timing import Timing
from bot.slack.advice import Advice
from bot.slack.clients import Clients
from bot.slack.exports import Exports
from bot.slack.gateway import Gateway
from bot.slack.identity import Identity, IdentityError, identify
from bot.slack.listeners import register
from bot.slack.listeners.desk import Desk
from bot.slack.messenger import Messenger
from bot.slack.renderer import BlockRenderer
from bot.slack.socket import SocketLine
from bot.slack.timed import RequestKind
from bot.web.metrics import Metrics, Now
from bot.web.server import Server
from bot.web.site import Answer as HttpAnswer
from bot.web.site import Health, site

log = structlog.get_logger(__name__)

_ROUNDS = 10_000
"""So many rounds of planning and sending at one instant are a bug, not work."""

_CLOSING = timedelta(seconds=2)
"""How long connection and port may take to close: the SDK looks for work a second at a time."""


class Part(StrEnum):
    """What a process does alone where the work is split; without one it does both."""

    WEB = "web"  # serves Slack
    SCHEDULER = "scheduler"  # plans, sends and looks for what may have been posted


class StartError(Exception):
    """The bot cannot start or go on; the message says in one line what to do."""


class Bot:
    """A bot in one workspace: what it serves, plans and sends."""

    def __init__(
        self,
        *,
        settings: Settings,
        clock: Clock,
        timing: Timing,
        store: SqlStore,
        clients: Clients,
        workspace: int,
        gateway: Gateway,
        plan: Plan,
        send: Send,
        dispatcher: Dispatcher,
        line: SocketLine | None,
        metrics: Metrics,
        only: Part | None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._timing = timing
        self._store = store
        self._clients = clients
        self._workspace = workspace
        self._gateway = gateway
        self._plan = plan
        self._send = send
        self._dispatcher = dispatcher
        self._line = line
        self._metrics = metrics
        self._only = only
        self._heartbeat = Heartbeat(self._tick, timing.tick)
        self._server: Server | None = None
        self._beating = False
        self._begun = False
        self._round = threading.Lock()

    @property
    def port(self) -> int | None:
        """The port that HTTP is served on; None before start, and where none is."""
        return self._server.port if self._server else None

    @property
    def begun(self) -> bool:
        """Whether there may be something that a stop has to finish."""
        return self._begun

    def start(self) -> None:
        """Serve, plan and send, or only a part. Raise StartError: Slack or the port is not had."""
        if self._only is not Part.SCHEDULER:
            self.serve()
        elif self._settings.health:
            self._listen()
        self._begun = True
        if self._only is not Part.WEB:
            self._heartbeat.start()
            self._beating = True
            self._dispatcher.start()
        log.info(
            "running",
            serves_slack=self._only is not Part.SCHEDULER,
            plans_and_sends=self._beating,
            mode=self._settings.mode.value,
            port=self.port,
        )

    def serve(self) -> None:
        """Take what Slack sends, without a heartbeat: the playground moves the clock itself."""
        if self._line is None:
            self._begun = True
            self._listen()
            return
        if self._settings.health:
            self._listen()
        try:
            self._line.start()
        except IdentityError as error:
            raise StartError(str(error)) from error
        self._begun = True

    def _listen(self) -> None:
        try:
            self._server = Server(self.site(), self._settings.host, self._settings.port)
        except OSError as error:
            msg = (
                f"WINWIN_PORT={self._settings.port} on {self._settings.host} cannot be listened "
                f"on ({error.strerror}): choose another port"
            )
            raise StartError(msg) from error
        self._server.start()

    def stop(self) -> tuple[str, ...]:
        """Take nothing new, finish what is in flight, and close; return what would not end.

        What is finished has `timing.stop` together. What hangs is left to the process's end: what
        it had not committed is not there, and what it was sending is of unknown fate.
        """
        rest = _Rest(self._timing.stop)
        took = [each for each in (self._line, self._server) if each is not None]
        for each in took:
            each.leave()
        drain = _Rest(self._timing.drain)
        drained = [each.drain(drain()) for each in took]
        ends = {"requests": all(drained)}
        if self._beating:
            ends["planning"] = self._heartbeat.stop(rest())
            ends["sending"] = self._dispatcher.stop(rest())
        ends["messages"] = self._send.stop(min(rest(), self._timing.drain))
        closing = _Rest(_CLOSING)
        closed = [each.close(closing()) for each in took]
        ends["connections"] = all(closed)
        self._clients.close()
        self._store.close()
        return tuple(what for what, ended in ends.items() if not ended)

    def check(self) -> None:
        """Raise StartError once Slack refuses the token for good."""
        if self._line is not None:
            try:
                self._line.check()
            except IdentityError as error:
                raise StartError(str(error)) from error

    def site(self) -> Flask:
        """Return the HTTP application."""
        by_socket = self._line is not None or self._only is Part.SCHEDULER
        endpoint = None if by_socket else self.answer
        return site(endpoint, self._health, self._figures)

    def answer(self, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
        """Answer one of Slack's requests over HTTP."""
        status, answer_headers, text = self._gateway.handle(headers, body)
        return HttpAnswer(status=status, headers=answer_headers, body=text)

    def next_wake(self) -> datetime | None:
        """Return the next instant at which something is due or may go; None: nothing ever."""
        at = self._clock()
        moments = (self._store.next_wake(at), self._send.next_at(at))
        return min((moment for moment in moments if moment is not None), default=None)

    def next_list(self, user: str) -> datetime | None:
        """Return when somebody's next list comes; None where the bot does not know them."""
        with self._store.read(self._workspace) as uow:
            member = uow.members.get(user)
        return member.next_list_at if member else None

    def run_due(self) -> int:
        """Plan and send what is due now until nothing is; return how much was done."""
        done = 0
        with self._round:
            for _ in range(_ROUNDS):
                count = self._plan.tick(self._workspace) + self._send.settle()
                if not count:
                    return done
                done += count
        msg = "planning and sending did not come to rest"
        raise RuntimeError(msg)

    def _tick(self) -> None:
        self._plan.tick(self._workspace)

    def _health(self) -> Health:
        late = late_by(self._store, self._clock())
        return Health(database=late is not None, late=late, tick_age=self._tick_age())

    def _figures(self) -> bytes:
        at = self._clock()
        now = Now(at=at, outbox=outbox(self._store, at), tick_age=self._tick_age())
        return self._metrics.text(now)

    def _tick_age(self) -> float | None:
        return self._heartbeat.age() if self._beating else None


class _Rest:
    """How much is left of a time that several share."""

    def __init__(self, whole: timedelta) -> None:
        self._end = time.monotonic() + whole.total_seconds()

    def __call__(self) -> timedelta:
        return timedelta(seconds=max(self._end - time.monotonic(), 0.0))


def build(
    settings: Settings, clock: Clock, timing: Timing | None = None, *, only: Part | None = None
) -> Bot:
    """Migrate the database, ask Slack who the bot is, and wire everything together.

    Raise StartError where the database or Slack cannot be had.
    """
    timing = timing or Timing()
    store = _store(settings)
    clients = Clients(api_url=settings.api_url, token=settings.bot_token, timing=timing)
    try:
        identity = identify(clients.interactive())
        store.workspace(identity.team_id, identity.enterprise_id)
    except (IdentityError, StoreError) as error:
        clients.close()
        store.close()
        said = _not_written(error) if isinstance(error, StoreError) else str(error)
        raise StartError(said) from error
    return wire(settings, clock, timing, store=store, clients=clients, identity=identity, only=only)


def _store(settings: Settings) -> SqlStore:
    try:
        return open_migrated(settings.database_url)
    except DatabaseError as error:
        raise StartError(str(error)) from error


def _not_written(error: StoreError) -> str:
    if error.passes:
        do = "another program holds it; wait for that one or end it, and start again"
    else:
        do = "look at its disk, and at what its file or its user may do"
    return f"the database takes no changes ({error.said}): {do}"


def wire(
    settings: Settings,
    clock: Clock,
    timing: Timing,
    *,
    store: SqlStore,
    clients: Clients,
    identity: Identity,
    only: Part | None = None,
) -> Bot:
    """Wire a bot on a store that is open, as an identity that is known."""
    workspace = store.workspace(identity.team_id, identity.enterprise_id)
    advice = Advice(identity.team_id)
    messenger = Messenger(clients.sending(), identity.team_id, timing, advice)
    asking = Messenger(clients.interactive(), identity.team_id, timing, advice)
    renderer = BlockRenderer(identity.team_id)
    waking = _Waking()
    metrics = Metrics(RequestKind)
    directory = Directory(store, asking, clock, waking, _new_id, timing)
    look = Look(store, directory, clock)
    reconcile = Reconcile(store, messenger, renderer, clock, _new_id, timing, on_sent=metrics.sent)
    served = Line(workspace=workspace, slack=messenger, renderer=renderer, reconcile=reconcile)
    pace = Pace(timing)
    deliver = Deliver(store, look.home, clock, _new_id, timing, pace, on_sent=metrics.sent)
    send = Send(lambda: (served,), deliver, waking)
    dispatcher = Dispatcher(send.step, timing.poll)
    waking.dispatcher = dispatcher
    use_case = (store, directory, clock, waking, _new_id)
    desk = Desk(
        workspace=workspace,
        identity=identity,
        client=clients.interactive(),
        advice=advice,
        clock=clock,
        directory=directory,
        look=look,
        propose=Propose(*use_case, renderer, pace),
        answer=Answer(*use_case),
        goals=Goals(*use_case),
        goal_answers=GoalAnswers(*use_case),
        thank=Thank(*use_case),
        question=Question(store, directory, clock),
        between=Between(store, directory, clock),
        opine=Opine(store, clock, waking, _new_id),
        remember=Remember(store, clock, waking, _new_id),
        configure=Configure(*use_case),
        summarise=Summarise(store, directory, asking, renderer, clock, waking, _new_id, pace),
        charters=Charters(store, directory, renderer, clock, waking, _new_id, pace),
        pulse=PulseAnswers(store, directory, clock),
        answer_within=timing.answer_within,
        deliveries=Deliveries(store, clock),
        forget=Forget(store, clock, waking, _new_id),
        exports=Exports(store=store, client=clients.sending(), timing=timing),
    )
    gateway = Gateway(
        identity=identity,
        bot_token=settings.bot_token,
        signing_secret=settings.signing_secret,
        took=metrics.took,
    )
    register(gateway.app, desk)
    line = None
    if settings.mode is Mode.SOCKET and only is not Part.SCHEDULER:
        line = SocketLine(gateway.app, clients.interactive(), settings.app_token)
    return Bot(
        settings=settings,
        clock=clock,
        timing=timing,
        store=store,
        clients=clients,
        workspace=workspace,
        gateway=gateway,
        plan=Plan(store, directory, clock, waking, _new_id, timing),
        send=send,
        dispatcher=dispatcher,
        line=line,
        metrics=metrics,
        only=only,
    )


class _Waking:
    """Wakes the dispatcher, which is made after those who wake it."""

    def __init__(self) -> None:
        self.dispatcher: Dispatcher | None = None

    def __call__(self) -> None:
        if self.dispatcher is not None:
            self.dispatcher.wake()


def _new_id() -> str:
    return uuid.uuid4().hex
