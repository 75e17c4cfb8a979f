"""From views to what Slack shows: the port Renderer."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.views import (
    CardView,
    CharterView,
    HomeView,
    InstalledView,
    ListView,
    MessageView,
    RaisedView,
    SummaryRefusedView,
    SummaryView,
    ThanksView,
)
from bot.services.ports import Content
from bot.slack.blocks.card import card
from bot.slack.blocks.charter import charter
from bot.slack.blocks.goal_asides import raised
from bot.slack.blocks.greetings import installed, thanks
from bot.slack.blocks.home import home
from bot.slack.blocks.kit import Rendered
from bot.slack.blocks.lists import list_message
from bot.slack.blocks.summary import summary, summary_refused


@dataclass(frozen=True, slots=True)
class BlockRenderer:
    """Renders for one workspace: links to people carry its id."""

    team_id: str

    def message(self, view: MessageView) -> Content:
        """Render a message that is posted or updated."""
        return content(self._rendered(view))

    def home(self, view: HomeView) -> Mapping[str, object]:
        """Render somebody's Home."""
        return home(view)

    def _rendered(self, view: MessageView) -> Rendered:  # noqa: PLR0911 - one for each view
        match view:
            case CardView():
                return card(view, self.team_id)
            case ListView():
                return list_message(view, self.team_id)
            case SummaryView():
                return summary(view)
            case SummaryRefusedView():
                return summary_refused(view)
            case ThanksView():
                return thanks(view)
            case RaisedView():
                return raised(view)
            case InstalledView():
                return installed(view)
            case CharterView():
                return charter(view)


def content(rendered: Rendered) -> Content:
    """Return a rendered message as the services send it."""
    return Content(text=rendered.text, blocks=rendered.blocks, shows=rendered.shows)
