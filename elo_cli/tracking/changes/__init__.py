"""What changed between two versions, in meaning, and the life of a record.

Others come in by `amendments`, `change`, `compare`, `files`, `filters`, `groups`, `history`, `news`, `recording` and
`undo`.
"""
