"""Text of pre-training: adopted words, packed tokens, masked blocks."""
