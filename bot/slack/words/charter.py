"""A channel's charter in words: what it says, who agreed, and its review."""

from datetime import date

from bot.domain.charter import CharterLine, CharterVersion, changed_lines
from bot.domain.differences import word_by_word
from bot.domain.views import AsideView, CharterView
from bot.slack.pen import Pen
from bot.slack.text import typed
from bot.slack.words.differences import in_words

NONE_YET = (
    "This channel has no charter yet: a few agreements in your own words, such as how you answer "
    "each other, or how you say no."
)
WRITING = "A few agreements in your own words. Everybody in the channel may suggest others."
CHANGING = (
    "Other words are a new version: nobody has agreed to it yet. Who agreed to the present one "
    "stays with that one."
)
FIRST_WORDS = "These are the first words: nothing has changed yet."

_LINE = 450
_NAMED = 30


def charter_lines(view: CharterView, pen: Pen) -> list[str]:
    """Return all that a charter shows, a line each."""
    words = view.words
    if words is None:
        return [NONE_YET]
    said = [f"*Charter of {pen.channel(view.channel)}*, {_version(words, pen)}."]
    said += [f"• {agreement(line)}" for line in words.lines]
    if view.newer:
        return [*said, "There are other words by now: `/expect charter` shows them."]
    if view.agreed:
        named = pen.people_list(view.agreed[:_NAMED])
        more = " and others" if len(view.agreed) > _NAMED else ""
        said.append(f"Agreed by {named}{more}.")
    said.append("Only who agrees is named, and a yes can be taken back.")
    if view.review_on is not None:
        said.append(f"To be looked at again on {pen.day(view.review_on)}.")
    return said


def _version(words: CharterVersion, pen: Pen) -> str:
    day = pen.day(words.at.astimezone(pen.zone).date())
    by = "you" if words.author == pen.reader else pen.who(words.author)
    return f"version {words.version}, by {by}, {day}"


def agreement(line: CharterLine) -> str:
    """Return one agreement, its title set off."""
    text = typed(line.text, _LINE)
    return f"*{typed(line.title, 120)}*: {text}" if line.title else text


def agreed(version: int) -> str:
    """Confirm a yes."""
    return f"You agree to version {version}: your name stands there."


def taken_back(version: int) -> str:
    """Confirm that a yes was taken back."""
    return f"Taken back: your name does not stand at version {version} any more."


def changed(before: CharterVersion, after: CharterVersion, pen: Pen) -> list[str]:
    """Return what a version changed, word by word."""
    day = pen.day(after.at.astimezone(pen.zone).date())
    lines = [f"*Version {after.version}*, {pen.you_or(after.author)}, {day}."]
    for old, new in changed_lines(before, after):
        lines.append(f"• {in_words(word_by_word(old, new), pen)}")
    return lines if len(lines) > 1 else [*lines, "The same lines in another order."]


def review(view: AsideView, pen: Pen) -> str:
    """Ask the author of a charter's words, or who agreed first, whether they are still right."""
    which = f"The charter of {pen.channel(view.args['channel'])}"
    day = pen.day(date.fromisoformat(view.args["next"]))
    if view.answered == "still_right":
        return f"{which}: still right, to be looked at again on {day}."
    if view.answered:
        return f"{which} has other words since."
    whose = "its present words are yours" if view.args["wrote"] else "you agreed to its words"
    return f"{which}: its review day has come, and {whose}. Still right? Then I ask again on {day}."


def still_right(day: date, pen: Pen) -> str:
    """Confirm that a charter stays."""
    return f"It stays as it is, and is looked at again on {pen.day(day)}."
