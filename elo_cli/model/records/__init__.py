"""What the file of each kind of record holds.

`model.kinds` makes one table of them, which the rest of elo asks; each module is a door, for its types.
"""
