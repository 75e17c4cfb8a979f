"""People get what is kept about them: after they were answered, as a file that only they see."""

import json
import threading
from dataclasses import dataclass, field

import structlog
from slack_sdk.errors import SlackApiError

from bot.domain.trouble import StoreError
from bot.services.export_person import person_values
from bot.services.ports import RefusedError, SendError, Store
from bot.services.timing import Timing
from bot.slack.codes import meaning
from bot.slack.deadline import DeadlineClient
from bot.slack.sent_file import send_file
from bot.slack.words.privacy import EXPORT_TITLE, export_refused

log = structlog.get_logger(__name__)

NAME = "winwin.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """Sends a person's export from a thread of its own: Slack waits three seconds, a file longer.

    Like every answer it is not stored: who gets none, since the process ended, asks again.
    """

    store: Store
    client: DeadlineClient
    timing: Timing
    under_way: set[tuple[int, str]] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, workspace: int, user: str) -> None:
        """Begin to send somebody theirs, unless that is under way."""
        one = (workspace, user)
        with self.lock:
            if one in self.under_way:
                return
            self.under_way.add(one)
        threading.Thread(
            target=self._send, args=(workspace, user), name="export", daemon=True
        ).start()

    def _send(self, workspace: int, user: str) -> None:
        try:
            self._deliver(workspace, user)
        except StoreError as error:
            self._refuse(user, "the database could not be read", error.trouble.value)
        except SendError as error:
            code = error.code if isinstance(error, RefusedError) else str(error)
            self._refuse(user, meaning(code).says, code)
        except Exception:
            log.exception("export failed", workspace=workspace)
            self._refuse(user, "something failed here", "unexpected")
        finally:
            with self.lock:
                self.under_way.discard((workspace, user))

    def _deliver(self, workspace: int, user: str) -> None:
        with self.store.read(workspace) as uow:
            values = person_values(uow, user)
        send_file(
            self.client,
            user,
            name=NAME,
            title=EXPORT_TITLE,
            content=json.dumps(values, ensure_ascii=False, indent=1).encode(),
            comment=f"{EXPORT_TITLE}:",
            timing=self.timing,
        )

    def _refuse(self, user: str, why: str, code: str) -> None:
        log.warning("export not sent", code=code)
        try:
            self.client.chat_postMessage(channel=user, text=export_refused(user, why))
        except (SlackApiError, OSError):
            log.warning("answer not shown")
