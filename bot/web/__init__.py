"""HTTP: Slack's endpoint and the health page."""
