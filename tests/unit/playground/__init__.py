"""The simulated Slack's own rules."""
