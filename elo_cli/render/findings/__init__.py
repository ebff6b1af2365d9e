"""Findings for people, hosting services and other programs.

Others come in by `annotations`, `check` and `sarif`.
"""
