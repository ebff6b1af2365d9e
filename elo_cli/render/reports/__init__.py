"""Reports from templates as Markdown, HTML and Word.

Verbs come in by `template`, `contents`, `html` and `docx`; the site uses `facts`.
"""
