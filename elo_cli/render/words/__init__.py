"""Values as words in the reader’s language: names, fields, terms, timings and changes.

Every other room of `render` speaks through it; each module is a door.
"""
