"""A wire to PostgreSQL that a test cuts: before a COMMIT arrives, or before its answer does."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

import psycopg
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

_COMMIT = b"COMMIT\0"
_KEY_DATA = b"K\x00\x00\x00\x0c"  # the server's process id and a secret follow
_OVERLAP = 200
_READ = 65536
_PATIENCE = 10.0
_LATE = 0.25
"""Seconds by which a COMMIT is late: long enough for who looks whether it happened."""


class Cut(StrEnum):
    """Where a transaction loses its connection."""

    AT_WRITE = "at_write"  # with the first statement that holds the marker
    BEFORE_COMMIT = "before_commit"  # COMMIT never arrives
    RACING = "racing"  # COMMIT arrives late, when nobody waits for its answer any more
    AFTER_COMMIT = "after_commit"  # COMMIT was answered, and the answer is lost
    OUTAGE = "outage"  # the same, and nobody is connected again before `mend`
    KILLED = "killed"  # the server's process is ended, then COMMIT arrives


@dataclass(slots=True)
class Plan:
    """A cut of the first transaction in which a marker is sent."""

    marker: bytes
    cut: Cut
    happened: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True, eq=False)
class _Link:
    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    pid: int = 0
    tail: bytes = b""
    plan: Plan | None = None
    swallowing: bool = False

    def abort(self) -> None:
        self.client.transport.abort()
        self.server.transport.abort()


class Wire:
    """Listens on the loopback address and passes everything on, but for what is planned."""

    def __init__(self, url: str) -> None:
        self._direct = url
        parsed = make_url(url)
        self._socket = f"{parsed.query['host']}/.s.PGSQL.{parsed.query.get('port', '5432')}"
        self._database, self._user = parsed.database, parsed.username
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
        self._links: set[_Link] = set()
        self._plans: list[Plan] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._down = False
        self.port = 0

    def url(self, options: str = "") -> str:
        """Return where the bot reaches the database through the wire."""
        base = f"postgresql://{self._user}@127.0.0.1:{self.port}/{self._database}"
        return f"{base}?sslmode=disable&gssencmode=disable{options}"

    def plan(self, marker: str, cut: Cut) -> Plan:
        """Cut the next transaction that sends a marker."""
        planned = Plan(marker.encode(), cut)
        self._plans.append(planned)
        return planned

    def forget(self, plan: Plan) -> None:
        """Take back a plan that found no transaction."""
        with contextlib.suppress(ValueError):
            self._plans.remove(plan)

    def fail(self) -> None:
        """Cut all connections and refuse new ones."""
        self._down = True
        self._run(self._abort_all())

    def mend(self) -> None:
        """Take connections again."""
        self._down = False

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()

    def _run(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._abort_all()
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _abort_all(self) -> None:
        for link in self._links:
            link.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if not self._down:
                await self._connect(reader, writer)
        except OSError:
            pass  # one of the two is gone, so the other one has to go
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, server = await asyncio.open_unix_connection(self._socket)
        link = _Link(writer, server)
        self._links.add(link)
        try:
            both = (self._to_server(link, reader), self._to_client(link, from_server))
            pumps = [asyncio.ensure_future(pump) for pump in both]
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            link.abort()
            await asyncio.gather(*pumps, return_exceptions=True)
        finally:
            self._links.discard(link)

    async def _to_server(self, link: _Link, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(_READ):
            self._look_for_marker(link, data)
            plan = link.plan
            if plan is not None and (plan.cut is Cut.AT_WRITE or _COMMIT in data):
                plan.happened.set()
                if not await self._break(link, plan.cut, data):
                    return
                continue
            link.server.write(data)
            await link.server.drain()

    async def _break(self, link: _Link, cut: Cut, data: bytes) -> bool:
        """Do what is planned; tell whether the server's answer is waited for."""
        if cut in {Cut.AT_WRITE, Cut.BEFORE_COMMIT}:
            return False
        if cut is Cut.KILLED:
            await asyncio.to_thread(self._terminate, link.pid)
        if cut is Cut.RACING:
            link.client.transport.abort()
            await asyncio.sleep(_LATE)
        link.swallowing = cut in {Cut.AFTER_COMMIT, Cut.OUTAGE}
        self._down = self._down or cut is Cut.OUTAGE
        with contextlib.suppress(OSError):
            link.server.write(data)
            await link.server.drain()
        if cut is Cut.RACING:
            return False
        link.plan = None
        return True

    async def _to_client(self, link: _Link, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(_READ):
            if link.swallowing:
                return
            if not link.pid and _KEY_DATA in data:
                at = data.index(_KEY_DATA) + len(_KEY_DATA)
                link.pid = int.from_bytes(data[at : at + 4], "big")
            link.client.write(data)
            await link.client.drain()

    def _look_for_marker(self, link: _Link, data: bytes) -> None:
        seen = link.tail + data
        link.tail = b"" if _COMMIT in data else seen[-_OVERLAP:]
        if link.plan is None:
            for plan in self._plans:
                if plan.marker in seen:
                    self._plans.remove(plan)
                    link.plan = plan
                    return

    def _terminate(self, pid: int) -> None:
        with psycopg.connect(self._direct, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
