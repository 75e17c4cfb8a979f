"""What Slack shows: pure functions from domain values to Block Kit."""
