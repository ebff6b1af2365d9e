"""The static pages.

`site` is the door.
"""
