"""A tracker seen on a day: states, timings, when something was last heard, and who answers for what.

Every answer is made from it; each module is a door.
"""
