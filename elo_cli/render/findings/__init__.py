"""Findings for people, hosting services and other programs.

`check` is the door.
"""
