"""Winwin: a Slack app with which teams agree on what they expect of each other."""
