"""A list of drawn things of which only those that changed are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nicegui import ui


@dataclass(frozen=True, slots=True)
class Item:
    """Something to draw: `fingerprint` tells looks apart, `draw` makes one element."""

    key: str
    fingerprint: object
    draw: Callable[[], ui.element]


class KeyedList:
    """Keeps a container's children equal to a list of items; unchanged ones keep their focus."""

    def __init__(self, container: ui.element) -> None:
        self._container = container
        self._shown: dict[str, tuple[object, ui.element]] = {}

    def show(self, items: Sequence[Item]) -> None:
        """Draw what is new or changed, take away what is gone, and put all in order."""
        wanted = {item.key: item for item in items}
        for key in [key for key in self._shown if key not in wanted]:
            self._shown.pop(key)[1].delete()
        for index, item in enumerate(items):
            old = self._shown.get(item.key)
            if old is not None and old[0] == item.fingerprint:
                element = old[1]
            else:
                if old is not None:
                    old[1].delete()
                with self._container:
                    element = item.draw()
                self._shown[item.key] = (item.fingerprint, element)
            if self._container.default_slot.children[index] is not element:
                element.move(target_index=index)
