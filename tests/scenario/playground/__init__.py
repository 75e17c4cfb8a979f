"""The simulated Slack, served and called as Slack is."""
