"""Everything that the bot says, word for word, in one place."""
