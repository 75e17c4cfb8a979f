"""APScheduler, as its docs set it up: one job for each nudge, kept by SQLAlchemyJobStore."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.db.urls import database_url

_PATIENCE = 300.0
_left = threading.Semaphore(0)


def nudge(message_id: str) -> None:
    """Do what a job does here: nothing, but count."""
    del message_id
    _left.release()


def drained(url: str, jobs: int) -> float:
    """Run so many due jobs; return how many a second, from waking to the last one's removal."""
    with _scheduler(url) as scheduler:
        scheduler.start(paused=True)
        due = datetime.now(UTC)
        for number in range(jobs):
            scheduler.add_job(
                nudge, "date", run_date=due, args=[f"m{number}"], misfire_grace_time=None
            )
        begun = time.perf_counter()
        scheduler.resume()
        for _ in range(jobs):
            if not _left.acquire(timeout=_PATIENCE):
                raise RuntimeError("APScheduler did not run its jobs")
        while scheduler.get_jobs():
            time.sleep(0.01)
        return jobs / (time.perf_counter() - begun)


@contextmanager
def _scheduler(url: str) -> Iterator[BackgroundScheduler]:
    address = database_url(url).render_as_string(hide_password=False)
    scheduler = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(url=address)})
    try:
        yield scheduler
    finally:
        scheduler.shutdown()
