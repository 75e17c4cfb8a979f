"""Speed, as ratios: ours and a peer's, measured in turns in one run."""
