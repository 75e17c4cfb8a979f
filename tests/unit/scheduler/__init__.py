"""The scheduler, by itself."""
