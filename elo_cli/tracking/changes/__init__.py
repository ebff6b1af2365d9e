"""What changed between two versions, in meaning, and the life of a record.

Others come in by `files`, `compare`, `groups`, `history` and `news`.
"""
