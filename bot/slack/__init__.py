"""Everything that speaks Slack: listeners, blocks, words and the messenger."""
