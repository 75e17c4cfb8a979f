"""procrastinate, as its docs set it up: one task deferred for each nudge, one worker."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from procrastinate import App, PsycopgConnector

CONCURRENCIES = (1, 10, 30, 100)
_CHUNK = 1000


class Procrastinate:
    """An app with due jobs; each measurement does some of them."""

    def __init__(self, runner: asyncio.Runner, url: str) -> None:
        self._runner = runner
        self.app = App(connector=PsycopgConnector(conninfo=url))
        self.concurrency = CONCURRENCIES[0]
        self._done = 0
        self._nudge = self.app.task(name="nudge")(self._count)

    def rate(self, jobs: int) -> float:
        """Let one worker do so many; return how many a second."""
        return self._runner.run(self._rate(self.concurrency, jobs))

    def choose(self, jobs: int) -> None:
        """Try each concurrency on a few jobs; keep the best."""
        tried = {each: self._runner.run(self._rate(each, jobs)) for each in CONCURRENCIES}
        self.concurrency = max(tried, key=lambda each: tried[each])

    async def defer(self, jobs: int) -> None:
        """Make the tables, and so many jobs."""
        await self.app.schema_manager.apply_schema_async()
        for first in range(0, jobs, _CHUNK):
            numbers = range(first, min(first + _CHUNK, jobs))
            chunk: list[dict[str, Any]] = [{"message_id": f"m{each}"} for each in numbers]
            await self._nudge.batch_defer_async(*chunk)
        await self.app.connector.execute_query_async("ANALYZE")  # as autovacuum would, a bit later

    async def _count(self, message_id: str) -> None:
        del message_id
        self._done += 1

    async def _rate(self, concurrency: int, jobs: int) -> float:
        self._done = 0
        worker = asyncio.create_task(
            self.app.run_worker_async(concurrency=concurrency, install_signal_handlers=False)
        )
        begun = time.perf_counter()
        while self._done < jobs:  # noqa: ASYNC110 - the job only counts, as ours
            await asyncio.sleep(0.005)
        rate = self._done / (time.perf_counter() - begun)
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker
        return rate


@contextmanager
def procrastinate(url: str, due: int) -> Iterator[Procrastinate]:
    """Open an app with so many due jobs."""
    with asyncio.Runner() as runner:
        made = Procrastinate(runner, url)
        runner.run(made.app.connector.open_async())
        runner.run(made.defer(due))
        try:
            yield made
        finally:
            runner.run(made.app.close_async())
