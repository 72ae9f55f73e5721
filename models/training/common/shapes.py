"""Case features: what an uncased vocabulary forgets, kept as token types.

The vocabulary of the starting point is uncased, but gene symbols live by case
(``CAT`` the gene, ``cat`` the animal). Each basic token (BERT's split at white
space and punctuation, before WordPiece) gets one of four shapes, computed on the
ORIGINAL text and given to all its tokens as ``token_type_ids``. The TypeScript
tokenizer computes the same; ``tests/test_shapes.py`` holds the shared cases.
"""

import unicodedata

LOWER, CAPITALISED, UPPER, MIXED = 0, 1, 2, 3
SHAPE_COUNT = 4


def shape_of(token: str) -> int:
    """Shape of one basic token.

    0: no upper-case letter. 1: only the first character is upper-case (also a
    single capital). 2: two or more letters, all upper-case (digits allowed).
    3: every other mixture (``mRNA``, ``5A``). Letters are Unicode L*, upper-case
    is Lu, so that JavaScript's ``\\p{L}`` and ``\\p{Lu}`` agree.
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
