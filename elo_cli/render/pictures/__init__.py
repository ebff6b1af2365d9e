"""Drawings: the timeline and the money, as SVG, in the terminal and as Mermaid.

Others come in by `money`, `timeline`, `timeline_mermaid` and `timeline_svg`.
"""
