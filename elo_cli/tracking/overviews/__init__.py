"""A plan of many milestones seen as a whole: counts by group, sets, extracts, and the progress that is reported.

Each module is a door.
"""
