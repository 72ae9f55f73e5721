"""Training data of the encoder: adopted words, packed tokens and masked rows."""
