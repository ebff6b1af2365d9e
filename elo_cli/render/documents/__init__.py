"""Reports as documents for printing: Word and PDF, both made from one outline of the report's Markdown.

Others come in by `forms` and `house_style`.
"""
