"""What fails while the database does is logged once, and once that it works again."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.domain.trouble import StoreError, Trouble

log = structlog.get_logger(__name__)


class Outages:
    """Logs how work that is repeated all the time fails for want of the database."""

    def __init__(self, work: str) -> None:
        self._work = work
        self._trouble: Trouble | None = None

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Go on after a failure of the database; anything else is raised."""
        try:
            yield
        except StoreError as error:
            if error.trouble is not self._trouble:
                trouble = error.trouble.value
                log.warning("database failed", work=self._work, trouble=trouble, said=error.said)
            self._trouble = error.trouble
        else:
            if self._trouble is not None:
                log.info("database works again", work=self._work)
            self._trouble = None
