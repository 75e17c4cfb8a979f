"""A modal as Slack keeps it: its inputs, and the state that it would send."""

# ruff: noqa: ANN401 - a view is JSON

from typing import Any

_VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
}


class Screen:
    """An open modal that can be filled in."""

    def __init__(self, view: Any) -> None:
        self.view: dict[str, Any] = view
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        self._elements = {block["block_id"]: block["element"] for block in inputs}
        self.labels = [block["label"]["text"] for block in inputs]
        self.ids = [(block["block_id"], block["element"]["action_id"]) for block in inputs]
        self.optional = {block["block_id"] for block in inputs if block["optional"]}
        self.state: dict[str, Any] = {}
        for name, element in self._elements.items():
            key, initial = _VALUES[element["type"]]
            empty: Any = [] if key in {"selected_users", "selected_options"} else None
            value = {"type": element["type"], key: element.get(initial, empty)}
            self.state[name] = {element["action_id"]: value}

    @property
    def button(self) -> str | None:
        """The label of *More* or *More still*."""
        for block in self.view["blocks"]:
            first = block["elements"][0] if block["type"] == "actions" else {}
            if first.get("type") == "button":
                return str(first["text"]["text"])
        return None

    def options(self, name: str) -> list[str]:
        """Return the options of an input."""
        return [option["text"]["text"] for option in self._elements[name]["options"]]

    def fill(self, **values: Any) -> "Screen":
        """Fill in inputs by their names; options by their values."""
        for name, given in values.items():
            element = self._elements[name]
            key, _ = _VALUES[element["type"]]
            value = given
            if key == "selected_option":
                value = {"value": given}
            if key == "selected_options":
                value = [{"value": each} for each in given]
            self.state[name][element["action_id"]][key] = value
        return self
