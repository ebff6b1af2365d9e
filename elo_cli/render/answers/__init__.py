"""The answers of the reading verbs: words and blocks for people, rows for spreadsheets.

One module an answer, and each is a door.
"""
