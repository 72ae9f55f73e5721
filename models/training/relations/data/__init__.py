"""Corpora of relations: readers, guidelines, rows and the mixture that a run reads."""
