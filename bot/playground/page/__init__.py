"""The page in which a person uses the simulated Slack, drawn by NiceGUI."""

from bot.playground.page.hosting import Page

__all__ = ["Page"]
