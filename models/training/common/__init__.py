"""Code that at least two tasks share; imports no task."""
