"""The page's own Vue components, as NiceGUI elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nicegui import ui

if TYPE_CHECKING:
    from collections.abc import Callable

Choices = list[dict[str, str]]
"""[{value, text}, …]."""


class Keep(ui.element, component="components/keep.js"):
    """A container that keeps focus and scroll position while its content changes."""

    def __init__(self, tag: str = "div", *, follow: bool = False) -> None:
        super().__init__()
        self.props["tag"] = tag
        self.props["follow"] = follow

    def reveal(self, key: str) -> None:
        """Scroll to the child with this data-key, and mark it."""
        self.run_method("reveal", key)


class Modal(ui.element, component="components/modal.js"):
    """A native modal dialog; `leave` is called at Escape, or a press outside."""

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.on("leave", leave, args=[])


class Menu(ui.element, component="components/menu.js"):
    """A button that opens a menu; `pick` is called with an item's value."""

    def __init__(
        self,
        shown: str,
        items: Choices,
        pick: Callable[[str], object],
        *,
        label: str = "",
        look: str = "",
        focus: str = "",
        up: bool = False,
    ) -> None:
        super().__init__()
        self.props.update(
            {"shown": shown, "items": items, "label": label, "look": look, "focus": focus, "up": up}
        )
        self.on("pick", lambda event: pick(event.args))


class Box(ui.element, component="components/box.js"):
    """The text box below a conversation; `send` is called with what was typed."""

    def __init__(self, send: Callable[[str], object]) -> None:
        super().__init__()
        self.on("send", lambda event: send(event.args))

    def show(self, **props: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Set label, placeholder, place, commands and people."""
        if any(self.props.get(key) != value for key, value in props.items()):
            self.props.update(props)
            self.update()

    def write(self, text: str) -> None:
        """Put text into the box, and the caret behind it."""
        self.run_method("write", text)


class Choice(ui.element, component="components/choice.js"):
    """A searchable choice; `pick` is called with the chosen values, `query` with what is typed."""

    def __init__(
        self,
        pick: Callable[[list[str]], object],
        query: Callable[[str], object] | None = None,
        **props: Any,  # noqa: ANN401 - whatever JSON can hold
    ) -> None:
        super().__init__()
        self.props.update(props)
        self.on("pick", lambda event: pick(event.args))
        if query is not None:
            self.on("query", lambda event: query(event.args))

    def offer(self, options: Choices) -> None:
        """Offer these from now on."""
        self.props["options"] = options
        self.update()
