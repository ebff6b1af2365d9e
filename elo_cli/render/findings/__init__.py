"""Findings for people, hosting services and other programs.

Others come in by `annotations`, `baseline`, `check` and `sarif`.
"""
