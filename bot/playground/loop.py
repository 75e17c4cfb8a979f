"""The event loop on which every simulated Slack of this process is served, in one thread.

One for all, because NiceGUI, which draws the page, lives on one loop a process.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future
    from contextlib import AbstractAsyncContextManager

T = TypeVar("T")
END_SECONDS = 5.0


class Loop:
    """A thread that runs an event loop from its first use until the process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._entered: list[AbstractAsyncContextManager[object]] = []

    def call(self, coroutine: Coroutine[object, object, T]) -> Future[T]:
        """Run a coroutine on the loop; the future is for other threads to wait on."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._running())

    def enter(self, resource: AbstractAsyncContextManager[object]) -> None:
        """Enter a context on the loop; it is left when the process ends."""
        self.call(resource.__aenter__()).result(END_SECONDS)
        self._entered.append(resource)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._run, name="playground", daemon=True)
                self._thread.start()
                atexit.register(self._end)
            return self._loop

    def _run(self) -> None:
        loop = self._running()
        asyncio.set_event_loop(loop)
        loop.run_forever()

    def _end(self) -> None:
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        while self._entered:
            self.call(_left(self._entered.pop())).result(END_SECONDS)
        self.call(_cancelled_others()).result(END_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(END_SECONDS)
        if not thread.is_alive():
            loop.close()


async def _left(resource: AbstractAsyncContextManager[object]) -> None:
    await resource.__aexit__(None, None, None)


async def _cancelled_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


LOOP = Loop()
"""The one of this process."""
