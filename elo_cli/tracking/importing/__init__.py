"""Rows of a table as records and updates.

Others come in by `files`, `rows`, `updates` and `values`.
"""
