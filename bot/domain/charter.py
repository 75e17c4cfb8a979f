"""A channel's charter: its few agreements, in versions that people agree to."""

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from bot.domain.errors import InvalidInputError
from bot.domain.forgetting import FORGOTTEN

MOST_LINES = 7
LINE_LENGTH = 200
_TITLE_LENGTH = 60
_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterLine:
    """One agreement: what it is about, and what it says."""

    text: str
    title: str = ""  # such as When we say no; empty where the text says it all

    @property
    def typed(self) -> str:
        """The line as it is typed."""
        return f"{self.title}: {self.text}" if self.title else self.text

    @property
    def is_forgotten(self) -> bool:
        """Tell whether only its place is left, once who wrote it was forgotten."""
        return not self.title and self.text == FORGOTTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterVersion:
    """The words of a version; what was said before it stays as it was."""

    version: int
    author: str
    at: datetime
    lines: tuple[CharterLine, ...]

    @property
    def text(self) -> str:
        """All that is still said, as it is typed, a line each."""
        return "\n".join(line.typed for line in self.lines if not line.is_forgotten)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """A channel's charter as it stands."""

    channel: str
    words: CharterVersion
    review_on: date
    heads_form: bool = True  # one of its lines stands at the head of the form

    @property
    def version(self) -> int:
        """The number of the present words."""
        return self.words.version


def read_lines(text: str) -> tuple[CharterLine, ...]:
    """Read agreements, one a line, as `title: text` or as a text alone.

    Raises:
        InvalidInputError: there is none, too many or too long a one; key lines.

    """
    typed = [" ".join(line.split()) for line in text.splitlines()]
    typed = [line for line in typed if line]
    if not typed:
        raise InvalidInputError({"lines": "Write at least one agreement."})
    if len(typed) > MOST_LINES:
        raise InvalidInputError({"lines": f"At most {MOST_LINES} agreements, one a line."})
    for number, line in enumerate(typed, 1):
        if len(line) > LINE_LENGTH:
            words = f"Line {number} is too long: at most {LINE_LENGTH} characters."
            raise InvalidInputError({"lines": words})
    return tuple(_read_line(line) for line in typed)


def _read_line(line: str) -> CharterLine:
    title, colon, text = line.partition(": ")
    if colon and title and text.strip() and len(title) <= _TITLE_LENGTH:
        return CharterLine(title=title, text=text.strip())
    return CharterLine(text=line)


def line_of_the_day(lines: tuple[CharterLine, ...], day: date) -> CharterLine | None:
    """Return the one whose turn it is on a day, one after the other; None where all are forgotten.

    What was forgotten has no turn.
    """
    said = [line for line in lines if not line.is_forgotten]
    return said[day.toordinal() % len(said)] if said else None


def next_review(today: date) -> date:
    """Return the day on which a charter that is right today is looked at again."""
    return today + relativedelta(months=_MONTHS)


def changed_lines(before: CharterVersion, after: CharterVersion) -> tuple[tuple[str, str], ...]:
    """Return what a version changed, as pairs of old and new; one is empty where it came or went.

    Lines with the same title belong together, and so do those that are left, in their order.
    """
    old = [line for line in before.lines if line not in after.lines]
    new = [line for line in after.lines if line not in before.lines]
    titles = {line.title for line in old if line.title} & {line.title for line in new}
    rest = iter([line for line in old if line.title not in titles])
    by_title = {line.title: line for line in old if line.title in titles}
    pairs = []
    for line in new:
        was = by_title.pop(line.title, None) if line.title in titles else next(rest, None)
        pairs.append((was.typed if was else "", line.typed))
    gone = [*rest, *by_title.values()]
    return (*pairs, *((line.typed, "") for line in gone))


def review_key(charter: Charter) -> str:
    """Name a charter's review day: of which words, and when."""
    return f"{charter.channel}/v{charter.version}/{charter.review_on.isoformat()}"


def words_key(channel: str, version: int) -> str:
    """Name a version of a channel's charter."""
    return f"{channel}/v{version}"


def read_key(key: str) -> tuple[str, int, date | None]:
    """Read what the two above wrote: channel, version, and the review day if there is one.

    Raises:
        ValueError: it is anything else.

    """
    channel, version, *day = key.split("/")
    if not channel or not version.startswith("v") or len(day) > 1:
        msg = "a charter's key is none of ours"
        raise ValueError(msg)
    return channel, int(version[1:]), date.fromisoformat(day[0]) if day else None
