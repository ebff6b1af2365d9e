"""Texts of records: where words stand in them, and which translations they lack.

Each module is a door.
"""
