"""A quarter of three teams in simulated time, and its figures recomputed from the export alone."""
