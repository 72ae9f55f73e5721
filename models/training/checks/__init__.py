"""Programs that hold models against a reference or against each other; a check may import every task."""
