"""The heads of the relation model. Each follows one guideline and is a separate softmax over its labels and "none"."""

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
    """A head. ``pairs``: types (subject, object) between which it has relations. ``scope``: ``sentence`` if both
    mentions must be in one sentence, otherwise ``document``. ``shown``: from (subject, object, label) to the name of
    the relation in the product; other relations are only for training and evaluation."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    scope: str
    shown: dict[tuple[str, str, str], str]


def _shown_as_labels(pair: tuple[str, str], labels: tuple[str, ...]) -> dict[tuple[str, str, str], str]:
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
        _shown_as_labels(("Chemical", "Gene"), tuple(CPR.values())),
    ),
    Head(
        "gene-disease",
        (("Gene", "Disease"),),
        ("associated",),
        "sentence",
        _shown_as_labels(("Gene", "Disease"), ("associated",)),
    ),
    Head(
        "chemical-disease",
        (("Chemical", "Disease"),),
        ("induces",),
        "document",
        _shown_as_labels(("Chemical", "Disease"), ("induces",)),
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
    """Returns the slice of a head in the vector of logits."""
    return slice(OFFSETS[name], OFFSETS[name] + len(BY_NAME[name].labels))


def manifest_heads() -> list[dict]:
    """Returns the heads as ``biobert.json`` describes them, in the order of the logits."""
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
