"""A file that goes into somebody's direct messages: asked for, uploaded, then shown."""

from slack_sdk.errors import SlackApiError

from bot.services.ports import LaterError, RefusedError
from bot.services.timing import Timing
from bot.slack.deadline import DeadlineClient
from bot.slack.verdict import verdict


def send_file(
    client: DeadlineClient,
    user: str,
    *,
    name: str,
    title: str,
    content: bytes,
    comment: str,
    timing: Timing,
) -> None:
    """Show a file to somebody. Raise a SendError; RefusedError says why Slack would not take it.

    The scope is what its first call asks for, so that nothing is posted where it is missing. A
    person has no conversation before something was posted there: that is where the comment goes.
    """
    try:
        asked = client.files_getUploadURLExternal(filename=name, length=len(content))
        client.upload(str(asked["upload_url"]), content)
        posted = client.chat_postMessage(channel=user, text=comment)
        client.files_completeUploadExternal(
            files=[{"id": str(asked["file_id"]), "title": title}], channel_id=posted["channel"]
        )
    except (SlackApiError, OSError) as error:
        code, sent = verdict(error, timing)
        if isinstance(sent, LaterError):
            raise RefusedError(code) from error
        raise sent from error
