"""Encodes a question, a sentence and the text before it as ``[CLS] question [SEP] sentence [SEP] context [SEP]``."""

import numpy as np

from ...questions.data.rows import MAX_QUESTION, Row, TokenEncoder
from .stance import StanceExample

MAX_TOKENS = 160
MAX_CONTEXT = 48
_SPECIAL = 4


def stance_row(
    encoder: TokenEncoder, example: StanceExample, max_length: int = MAX_TOKENS, context: int = MAX_CONTEXT
) -> Row:
    """Returns the row of an example.

    The sentence takes precedence over its context, of which the last tokens are read; a question or a sentence that is
    too long is truncated. src/core/questions/stanceRows.ts does the same.
    """
    special, zero = encoder.special, np.zeros(1, dtype=np.int64)
    question, sentence = encoder.encode(example.question), encoder.encode(example.sentence)
    size = min(len(question.ids), MAX_QUESTION)
    room = max_length - _SPECIAL - size
    parts = [(question, 0, size), (sentence, 0, min(len(sentence.ids), room))]
    before = encoder.encode(example.context) if example.context else None
    if before is not None:
        count = min(len(before.ids), context, room - parts[1][2])
        if count > 0:
            parts.append((before, len(before.ids) - count, len(before.ids)))
    ids, shapes = [np.array([special.cls])], [zero]
    for tokens, start, end in parts:
        ids += [tokens.ids[start:end], np.array([special.sep])]
        shapes += [tokens.shapes[start:end], zero]
    return Row(np.concatenate(ids), np.concatenate(shapes), (0, 0), (), example.stance)
