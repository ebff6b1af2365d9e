"""The one place that knows git: revisions, changes and history, read by libgit2.

Others come in by `changes`, `log`, `merge`, `range`, `recorded`, `repository` and `source`.
"""
