"""What Slack sends in: parse, call, show."""
