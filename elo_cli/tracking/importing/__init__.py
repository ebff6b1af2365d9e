"""Rows of a table as records and updates.

Others come in by `changes`, `files`, `rows`, `translations`, `updates` and `values`.
"""
