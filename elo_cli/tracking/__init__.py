"""Pure functions from a tracker and a day to answers: state, status, deadlines, funding, changes."""
