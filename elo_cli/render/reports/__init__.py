"""Reports from templates as Markdown, HTML and Word.

Verbs come in by `contents`, `docx`, `emails`, `html` and `template`; the site uses `facts` too. Each module is a door.
"""
