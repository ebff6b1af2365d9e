"""A tracker as a SQLite database; `sqlite` writes it, `schema` makes its tables and views from the models."""
