"""Following up, on a real store: notices, lists, clocks, summaries, and how they are sent."""
