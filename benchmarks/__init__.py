"""How fast elo is, as ratios measured within one run; see README.md in this folder."""
