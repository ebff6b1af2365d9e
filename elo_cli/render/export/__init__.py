"""Files for other programs: CSV with its description, XLSX, JSON, SQLite, the chase sheet and the calendar.

Others come in by the module of the form: `calendar`, `chase`, `csv`, `json`, `sqlite`, `translations` and `xlsx`.
"""
