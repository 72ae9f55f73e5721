"""Examples of stances."""
