"""Questions and their contexts: readers, examples, rows and the mixture that a run reads."""
