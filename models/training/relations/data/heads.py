"""The guidelines that the model has learnt, each a softmax of its own over its labels and "none"."""

from dataclasses import dataclass

CPR = {
    "CPR:3": "activator",
    "CPR:4": "inhibitor",
    "CPR:5": "agonist",
    "CPR:6": "antagonist",
    "CPR:9": "substrate or product",
}
BIORED = (
    "Association",
    "Positive_Correlation",
    "Negative_Correlation",
    "Bind",
    "Comparison",
    "Conversion",
    "Cotreatment",
    "Drug_Interaction",
)


@dataclass(frozen=True)
class Head:
    """One guideline. ``pairs``: types (subject, object) that it speaks of. ``scope``: ``sentence``
    where a pair must share one. ``shown``: (subject, object, label) → the relation's name in the
    product; what is not named there serves training and the benchmark."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    scope: str
    shown: dict[tuple[str, str, str], str]


def _same(pair: tuple[str, str], labels: tuple[str, ...]) -> dict[tuple[str, str, str], str]:
    return {(*pair, label): label for label in labels}


_CORRELATIONS = {
    "Association": "associated",
    "Positive_Correlation": "positive correlation",
    "Negative_Correlation": "negative correlation",
    "Bind": "binds",
}
_DRUGS = {
    "Comparison": "compared",
    "Conversion": "converted",
    "Cotreatment": "cotreatment",
    "Drug_Interaction": "drug interaction",
}
_BIORED_PAIRS = (
    ("Chemical", "Chemical"),
    ("Chemical", "Gene"),
    ("Chemical", "Disease"),
    ("Chemical", "Variant"),
    ("Gene", "Gene"),
    ("Gene", "Disease"),
    ("Disease", "Variant"),
    ("Variant", "Variant"),
)

HEADS = (
    Head(
        "chemical-gene",
        (("Chemical", "Gene"),),
        tuple(CPR.values()),
        "sentence",
        _same(("Chemical", "Gene"), tuple(CPR.values())),
    ),
    Head(
        "gene-disease",
        (("Gene", "Disease"),),
        ("associated",),
        "sentence",
        _same(("Gene", "Disease"), ("associated",)),
    ),
    Head(
        "chemical-disease",
        (("Chemical", "Disease"),),
        ("induces",),
        "document",
        _same(("Chemical", "Disease"), ("induces",)),
    ),
    Head(
        "biored",
        _BIORED_PAIRS,
        BIORED,
        "document",
        {
            ("Chemical", "Disease", "Negative_Correlation"): "treats",
            ("Chemical", "Disease", "Association"): "associated",
            ("Gene", "Disease", "Association"): "associated",
            **{("Gene", "Gene", k): v for k, v in _CORRELATIONS.items()},
            **{("Chemical", "Chemical", k): v for k, v in {**_CORRELATIONS, **_DRUGS}.items()},
        },
    ),
)
BY_NAME = {head.name: head for head in HEADS}
#: Offset of each head's labels in the vector of logits.
OFFSETS = {head.name: sum(len(h.labels) for h in HEADS[:i]) for i, head in enumerate(HEADS)}
LABELS = sum(len(head.labels) for head in HEADS)


def columns(name: str) -> slice:
    """The head's part of the vector of logits."""
    return slice(OFFSETS[name], OFFSETS[name] + len(BY_NAME[name].labels))


def manifest_heads() -> list[dict]:
    """As ``biobert.json`` describes them, in the order of the logits."""
    return [
        {
            "name": head.name,
            "scope": head.scope,
            "labels": list(head.labels),
            "pairs": [list(pair) for pair in head.pairs],
            "relations": [
                {"subject": s, "object": o, "label": label, "type": name}
                for (s, o, label), name in head.shown.items()
            ],
        }
        for head in HEADS
    ]
