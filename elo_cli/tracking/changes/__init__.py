"""What changed between two versions, in meaning, and the life of a record.

Others come in by `change`, `compare`, `files`, `filters`, `groups`, `history` and `news`.
"""
