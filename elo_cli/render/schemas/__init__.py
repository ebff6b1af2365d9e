"""The types of the JSON answers, and the JSON Schemas of answers and records.

Each module is a door.
"""
