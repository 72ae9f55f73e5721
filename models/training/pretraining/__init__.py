"""Pre-training of the compact encoder on masked words of biomedical text (Lee et al. 2019, section 3.1)."""
