"""Question answering: readers, features, training, figures and export of ``models/questions``."""
