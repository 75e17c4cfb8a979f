"""Says which modules of others the bot has loaded once it serves: `python -m bench.loaded`."""

import os
from importlib import import_module

from bench.starting import modules_of_others
from bot import logs
from bot.app import build
from bot.clock import utc_now
from bot.config import load


def main() -> None:
    """Build and start as `winwin run` does, list, and stop."""
    import_module("bot.__main__")  # as `winwin run` does
    logs.configure("json", "ERROR")
    bot = build(load(os.environ | {"WINWIN_PORT": "0"}, None), utc_now)
    bot.start()
    print(modules_of_others(), flush=True)
    bot.stop()


if __name__ == "__main__":
    main()
