"""Settings: read once at start from the environment and .env, and refused in one line each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

SLACK_API_URL = "https://slack.com/api/"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LAST_PORT = 65535


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which, and how to mend it, in one line."""


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a running bot needs to know; tokens stay out of `repr`."""

    mode: Mode
    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API_URL
    database_url: str = field(default="sqlite:///winwin.db", repr=False)
    host: str = "127.0.0.1"
    port: int = 3000
    health: bool = False  # Socket Mode serves /healthz and /metrics; HTTP mode always does
    log_format: str = "console"
    log_level: str = "INFO"


def load(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings; the environment wins over the file. Raise SettingsError."""
    values = {name: value for name, value in _from_file(env_file).items() if value}
    values |= {name: value.strip() for name, value in environ.items() if value.strip()}
    mode = _mode(values)
    return Settings(
        mode=mode,
        bot_token=_token(values, "SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions"),
        app_token=(
            _token(values, "SLACK_APP_TOKEN", "xapp-", "Basic Information, App-Level Tokens")
            if mode is Mode.SOCKET
            else ""
        ),
        signing_secret=_signing_secret(values) if mode is Mode.HTTP else "",
        api_url=_api_url(values),
        database_url=database_url(values),
        host=values.get("WINWIN_HOST", "127.0.0.1"),
        port=_port(values),
        health=_choice(values, "WINWIN_HEALTH", ("0", "1")) == "1",
        log_format=_choice(values, "WINWIN_LOG_FORMAT", ("console", "json")),
        log_level=_choice(
            {k: v.upper() for k, v in values.items()}, "LOG_LEVEL", _LEVELS, default="INFO"
        ),
    )


def load_database_url(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> str:
    """Read only where the database is: all that `db` and `export` need."""
    values = {name: value for name, value in _from_file(env_file).items() if value}
    return database_url(values | {name: value for name, value in environ.items() if value})


def database_url(values: Mapping[str, str]) -> str:
    """Return the database's URL; SQLite's in the working folder where none is set."""
    url = values.get("DATABASE_URL", "sqlite:///winwin.db")
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        msg = (
            "DATABASE_URL must begin with sqlite:///, postgresql:// or postgresql+psycopg://, "
            "e.g. sqlite:///winwin.db"
        )
        raise SettingsError(msg)
    return url


def _from_file(env_file: Path | None) -> Mapping[str, str | None]:
    return dotenv_values(env_file) if env_file is not None and env_file.is_file() else {}


def _mode(values: Mapping[str, str]) -> Mode:
    named = values.get("WINWIN_MODE")
    if named is None:
        if "SLACK_APP_TOKEN" in values:
            return Mode.SOCKET
        msg = (
            "SLACK_APP_TOKEN is missing: create an app-level token with connections:write "
            "(README, Connect a workspace), or set WINWIN_MODE=http"
        )
        raise SettingsError(msg)
    if named == "oauth":
        msg = "WINWIN_MODE=oauth is not built yet: use socket or http"
        raise SettingsError(msg)
    try:
        return Mode(named)
    except ValueError:
        msg = f"WINWIN_MODE={named} is not known: use socket or http"
        raise SettingsError(msg) from None


def _token(values: Mapping[str, str], name: str, prefix: str, page: str) -> str:
    token = values.get(name)
    if token is None:
        msg = f"{name} is missing: copy it from your app's page ({page}) into .env"
        raise SettingsError(msg)
    if not token.startswith(prefix):
        msg = f"{name} must begin with {prefix}: copy it again from your app's page ({page})"
        raise SettingsError(msg)
    return token


def _signing_secret(values: Mapping[str, str]) -> str:
    secret = values.get("SLACK_SIGNING_SECRET")
    if secret is None:
        msg = "SLACK_SIGNING_SECRET is missing: copy it from your app's page (Basic Information)"
        raise SettingsError(msg)
    return secret


def _api_url(values: Mapping[str, str]) -> str:
    url = values.get("SLACK_API_URL", SLACK_API_URL)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not url.endswith("/api/"):
        msg = f"SLACK_API_URL must be a web address that ends in /api/, e.g. {SLACK_API_URL}"
        raise SettingsError(msg)
    return url


def _port(values: Mapping[str, str]) -> int:
    text = values.get("WINWIN_PORT", "3000")
    if not text.isascii() or not text.isdigit() or int(text) > _LAST_PORT:
        msg = f"WINWIN_PORT={text} is no port: use a number up to {_LAST_PORT}, e.g. 3000"
        raise SettingsError(msg)
    return int(text)


def _choice(
    values: Mapping[str, str], name: str, known: tuple[str, ...], default: str | None = None
) -> str:
    value = values.get(name, default or known[0])
    if value not in known:
        msg = f"{name}={value} is not known: use one of {', '.join(known)}"
        raise SettingsError(msg)
    return value
