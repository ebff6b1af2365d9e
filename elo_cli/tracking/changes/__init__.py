"""What changed between two versions, in meaning, and the life of a record.

Others come in by `change`, `compare`, `files`, `groups`, `history`, `news` and `undo`.
"""
