"""The export of what belongs to a channel: its charter, and months of its pulse that are over."""

from collections.abc import Iterable
from typing import Any

from bot.domain.charter import Charter, CharterVersion
from bot.domain.pulse import Pulse
from bot.services.export import instant

Values = dict[str, Any]
Agreed = Iterable[str]


def charter_values(charter: Charter, versions: Iterable[tuple[CharterVersion, Agreed]]) -> Values:
    """Return a charter with all its versions, and who agreed to which."""
    return {
        "channel": charter.channel,
        "version": charter.version,
        "review_on": charter.review_on.isoformat(),
        "heads_form": charter.heads_form,
        "versions": [
            {
                "version": words.version,
                "author": words.author,
                "at": instant(words.at),
                "lines": [{"title": line.title, "text": line.text} for line in words.lines],
                "agreed": list(agreed),
            }
            for words, agreed in versions
        ],
    }


def pulse_values(pulse: Pulse) -> Values:
    """Return a month's counts: there is nobody in them."""
    return {
        "channel": pulse.channel,
        "month": f"{pulse.month:%Y-%m}",
        "answers": pulse.answers,
        "counts": {
            statement.value: {said.value: count for said, count in counts.items()}
            for statement, counts in pulse.counts.items()
        },
    }
