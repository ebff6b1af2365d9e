"""Answers to text: console, Markdown, HTML, JSON, CSV, calendar, annotations."""
