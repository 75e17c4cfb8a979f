"""The app's manifest: in the wheel beside the code, in a checkout beside the package."""

from pathlib import Path
from typing import Any

import yaml

_PACKAGE = Path(__file__).parent


def text() -> str:
    """Return manifest.yml as it is: Socket Mode."""
    inside = _PACKAGE / "manifest.yml"
    path = inside if inside.is_file() else _PACKAGE.parent / "manifest.yml"
    return path.read_text(encoding="utf-8")


def for_http(url: str) -> str:
    """Return the manifest for HTTP mode, with the addresses that Slack is to call."""
    manifest = load()
    endpoint = f"{url.rstrip('/')}/slack/events"
    for command in manifest["features"]["slash_commands"]:
        command["url"] = endpoint
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["interactivity"]["request_url"] = endpoint
    settings["event_subscriptions"]["request_url"] = endpoint
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def load() -> dict[str, Any]:
    """Return the manifest as values."""
    manifest: dict[str, Any] = yaml.safe_load(text())
    return manifest


def scopes() -> frozenset[str]:
    """Return the scopes that the bot needs; optional ones are not among them."""
    return frozenset(load()["oauth_config"]["scopes"]["bot"])


def optional_scopes() -> frozenset[str]:
    """Return the scopes that the bot can do without."""
    return frozenset(load()["oauth_config"]["scopes"]["bot_optional"])
