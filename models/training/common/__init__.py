"""Code that at least two tasks share. It imports no task."""
