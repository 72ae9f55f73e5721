"""Answers and stances by one network."""
