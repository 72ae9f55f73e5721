"""Programs that compare models with a reference or with each other. A check may import every task."""
