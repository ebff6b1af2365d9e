"""Blocks, and the forms they are written in: the screen, Markdown, CSV and JSON, each with its escapes.

It knows no answer; each module is a door.
"""
