"""Files for other programs: CSV with its description, XLSX, JSON, SQLite, Parquet, the chase sheet and the calendar.

Others come in by the module of the form: `calendar`, `chase`, `csv`, `database.sqlite`, `json`, `parquet`,
`published.downloads`, `translations` and `xlsx`, or by `tables` and `history`, which say what the forms write.
"""
