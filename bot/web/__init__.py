"""HTTP: Slack's endpoint and the pages of health and metrics."""
