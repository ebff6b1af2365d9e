"""The one place that knows git: revisions, changes and history, read by libgit2.

Others come in by `repository`, `source`, `changes`, `log`, `range` and `merge`.
"""
