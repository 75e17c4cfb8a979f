"""Whole stories through the real Bolt app and the simulated Slack."""
