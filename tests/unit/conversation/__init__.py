"""The conversation: its table, every rule around it, and whole lives."""
