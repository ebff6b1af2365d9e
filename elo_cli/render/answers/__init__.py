"""The answers of the reading verbs, one module an answer: words and blocks for people, rows for spreadsheets."""
