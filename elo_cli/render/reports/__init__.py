"""Reports from templates as Markdown, HTML and Word.

Others come in by `amendments`, `contents`, `docx`, `emails`, `facts`, `html` and `template`.
"""
