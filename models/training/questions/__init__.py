"""Question answering: readers of corpora, training, figures and export of ``models/questions``."""
