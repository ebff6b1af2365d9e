"""Drawings: the timeline and the money, as SVG, in the terminal and as Mermaid."""
