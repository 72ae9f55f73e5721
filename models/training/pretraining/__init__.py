"""Masked-language pre-training of the compact encoder on biomedical text (Lee et al. 2019, section 3.1)."""
