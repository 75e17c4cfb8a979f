"""The use cases against a real store, on both databases."""
