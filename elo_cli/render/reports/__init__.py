"""Reports from templates as Markdown, HTML and Word.

Verbs come in by `contents`, `docx`, `html` and `template`; the site uses `facts` too.
"""
