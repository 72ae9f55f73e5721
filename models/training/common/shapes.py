"""Case shapes: the case of words, which an uncased vocabulary loses, as token types.

The vocabulary of the start is uncased, but case matters in gene symbols (``CAT`` is a gene, ``cat`` an animal). Each
word (as BERT splits a text at white space and punctuation, before WordPiece) gets one of four shapes. The shape is
computed from the original text, and all tokens of the word get it as their ``token_type_ids``. The TypeScript
tokenizer computes the same shapes; ``tests/test_shapes.py`` contains the cases that both are tested with.
"""

import unicodedata

LOWER, CAPITALISED, UPPER, MIXED = 0, 1, 2, 3
SHAPE_COUNT = 4


def shape_of(token: str) -> int:
    """Returns the shape of one word.

    0: no upper-case letter. 1: only the first character is upper-case (also a single capital). 2: two or more
    letters, all upper-case; digits are allowed. 3: every other mixture (``mRNA``, ``5A``). Letters are Unicode L* and
    upper-case is Lu, like ``\\p{L}`` and ``\\p{Lu}`` in JavaScript.
    """
    letters = upper = 0
    for char in token:
        category = unicodedata.category(char)
        letters += category[0] == "L"
        upper += category == "Lu"
    if upper == 0:
        return LOWER
    if upper == 1 and unicodedata.category(token[0]) == "Lu":
        return CAPITALISED
    if letters >= 2 and upper == letters:
        return UPPER
    return MIXED
