"""A simulated Slack, for trying the bot and for its tests."""
