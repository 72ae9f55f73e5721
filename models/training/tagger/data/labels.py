"""Labels of every head at the first token of each word, and what the name of one head implies for other heads."""

from collections.abc import Mapping, Sequence

import numpy as np

from ...common.encoder import Encoded
from .corpora import SHIPPED_TYPES
from .guidelines import SILENT_KINDS
from .negatives import NOTHING

IGNORED = -100
#: Inside a name of the head on the left, the heads on the right are labelled O.
EXCLUDES: Mapping[str, tuple[str, ...]] = {
    "Gene": ("Disease", "Chemical", "Species", "CellLine"),
    "BC2GM-gene": ("Disease", "Chemical"),
    "JNLPBA-protein": ("Disease", "Chemical"),
    "GeneFamily": ("Chemical",),
    "Chemical": (
        "Gene",
        "BC2GM-gene",
        "Disease",
        "Species",
        "LINNAEUS-species",
        "Species-800-species",
        "CellLine",
    ),
    "Species": ("Disease", "Chemical"),
    "Variant": SHIPPED_TYPES,
    "CellLine": ("Disease", "Chemical", "Gene"),
    NOTHING: SHIPPED_TYPES,
}
#: Inside a name of the kind on the left, the heads on the right have no label (see guidelines.py).
SILENCES: Mapping[str, tuple[str, ...]] = {
    **{kind: (head,) for kind, head in SILENT_KINDS.items()},
    "GeneFamily": ("Gene",),
}
OUTSIDE, BEGIN, INSIDE = 0, 1, 2


def labels_of(item: Encoded, heads: Sequence[str], annotated: Sequence[str]) -> np.ndarray:
    """Returns labels [tokens, heads]: 0, 1 or 2 at the first token of each word for heads of ``annotated``, otherwise
    ``IGNORED``.

    There is one exception: inside a name, the heads of :data:`EXCLUDES` are labelled O even if the corpus does not
    annotate them. Without it, the disease head tags gene symbols, because its own corpora contain few of them. Names
    of diseases exclude no genes, because NCBI-disease has gene symbols inside the names of diseases.
    """
    labels = np.full((len(item.ids), len(heads)), IGNORED, dtype=np.int64)
    for column, head in enumerate(heads):
        if head in annotated:
            labels[item.first, column] = OUTSIDE
    for name, start, end in item.gold:
        for head in SILENCES.get(name, ()):
            if head in heads:
                labels[item.first[start:end], heads.index(head)] = IGNORED
    for name, start, end in item.gold:
        _exclude(labels, item.first[start:end], heads, EXCLUDES.get(name, ()))
        if name in heads:
            column = heads.index(name)
            labels[item.first[start:end], column] = INSIDE
            labels[item.first[start], column] = BEGIN
    return labels


def _exclude(labels: np.ndarray, places: np.ndarray, heads: Sequence[str], excluded: Sequence[str]) -> None:
    """Writes O at ``places`` for every excluded head that has no label there."""
    for column, head in enumerate(heads):
        if head in excluded:
            inside = labels[places, column]
            labels[places, column] = np.where(inside == IGNORED, OUTSIDE, inside)
