"""What parties say about an agreement in their own words, and reading it back."""

from dataclasses import dataclass, replace

from bot.domain.errors import StaleError
from bot.domain.expectation import Action, Event, Expectation, Seen
from bot.domain.messages import MessageState, Moment
from bot.domain.own_words import OwnWords, add_words, latest_of, to_read_back
from bot.services import notify
from bot.services.notify import NewId, Told
from bot.services.scene import Acted, Scene
from bot.services.series import speak


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The three lines of *Add my words*; empty where nothing was written."""

    understood: str = ""
    gain: str = ""
    need: str = ""


def say(scene: Scene, said: Said, seen: Seen | None, new_id: NewId) -> Acted:
    """Add a party's own words, which the other reads with the yes, or as a message of their own."""
    expectation, by = scene.expectation, scene.actor.user
    words = add_words(
        expectation,
        by=by,
        at=scene.at,
        before=scene.uow.own_words.about(expectation.number),
        understood=said.understood,
        gain=said.gain,
        need=said.need,
    )
    if seen is not None and seen.version != expectation.terms.version:
        raise StaleError(expectation.number)
    scene.uow.own_words.add(words)
    after = speak(scene, new_id)
    yes = _yes(scene)
    told = _tell(scene, after, words, yes.seq, new_id)
    return replace(scene.showing(after), event=yes, told=told)


def read_back(scene: Scene, ordinal: int, new_id: NewId) -> Acted:
    """Note that the other's words are meant so; said twice, it is noted once."""
    expectation = scene.expectation
    said = scene.uow.own_words.about(expectation.number)
    words = to_read_back(expectation, said, ordinal, scene.actor.user)
    if words.read_back_at is None:
        scene.uow.own_words.note_read_back(replace(words, read_back_at=scene.at))
    return scene.showing(speak(scene, new_id))


def are_added_to(scene: Scene, event: Event) -> bool:
    """Tell whether the actor's own words may be what is told with an event: a yes."""
    said = scene.uow.own_words.about(scene.expectation.number)
    return event.verb is Action.ACCEPT and latest_of(said, scene.actor.user) is not None


def _tell(
    scene: Scene, after: Expectation, words: OwnWords, yes: int, new_id: NewId
) -> tuple[Told, ...]:
    """Tell the other; where they have not got the yes yet, that carries the words."""
    reader = scene.people.member(after.other(words.author) or "")
    carrier = scene.uow.messages.by_slot(f"{after.id}/{yes}/{reader.user}")
    moment = Moment.AGREED if reader.user == after.owner else Moment.ACCEPTED
    if carrier is not None and carrier.state is MessageState.PENDING:
        return (Told(reader=reader, moment=moment, at_once=True),)
    told = notify.notice(
        scene.uow,
        reader,
        moment,
        after,
        yes,
        at=scene.at,
        new_message_id=new_id,
        words=words.ordinal,
    )
    return (told,)


def _yes(scene: Scene) -> Event:
    """Return the last yes between the two."""
    events = scene.uow.expectations.events(scene.expectation.number)
    return max((one for one in events if one.verb is Action.ACCEPT), key=lambda one: one.seq)
