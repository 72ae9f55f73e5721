"""Readers of the relation corpora. All return :class:`Text` with a target for every candidate pair."""

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ...common.chemprot import chemprot_documents, table_rows
from ...common.pubtator import pubtator_documents
from .heads import BY_NAME, CPR
from .texts import Mention, Target, Text, by_concept, concept_pairs, crossed, sentence_of, sentences
from .written import names_of, written_texts

_CHEMPROT_TYPES = {"CHEMICAL": "Chemical", "GENE-Y": "Gene", "GENE-N": "Gene", "GENE": "Gene"}
_CHEMPROT_FILES = {
    "train": ("chemprot_training", "chemprot_training_{}.tsv", ""),
    "dev": ("chemprot_development", "chemprot_development_{}.tsv", ""),
    "test": ("chemprot_test_gs", "chemprot_test_{}.tsv", "_gs"),
}
_DRUGPROT = {
    "ACTIVATOR": "CPR:3",
    "INDIRECT-UPREGULATOR": "CPR:3",
    "INHIBITOR": "CPR:4",
    "INDIRECT-DOWNREGULATOR": "CPR:4",
    "AGONIST": "CPR:5",
    "AGONIST-ACTIVATOR": "CPR:5",
    "AGONIST-INHIBITOR": "CPR:5",
    "ANTAGONIST": "CPR:6",
    "SUBSTRATE": "CPR:9",
    "PRODUCT-OF": "CPR:9",
    "SUBSTRATE_PRODUCT-OF": "CPR:9",
}
_BIORED_TYPES = {
    "ChemicalEntity": "Chemical",
    "GeneOrGeneProduct": "Gene",
    "DiseaseOrPhenotypicFeature": "Disease",
    "SequenceVariant": "Variant",
    "Chemical": "Chemical",
    "Disease": "Disease",
}
FOLDS = 10


def chemprot(root: Path, part: str) -> list[Text]:
    """Reads the abstracts of ChemProt. Candidates are a chemical and a gene in the same sentence."""
    folder, pattern, suffix = _CHEMPROT_FILES[part]
    at = root / "re/ChemProt_original" / folder
    gold = table_rows(at / pattern.format("gold_standard"))
    return _chemical_gene(
        at / pattern.format(f"abstracts{suffix}"), at / pattern.format(f"entities{suffix}"), gold
    )


def drugprot(root: Path, part: str) -> list[Text]:
    """Reads the development abstracts of DrugProt, with the classes of ChemProt.

    ``part`` is ignored: the train abstracts of DrugProt are not available.
    """
    at = root / "re/DrugProt/development"
    stem = "drugprot_development_{}.tsv"
    gold = [
        [i, _DRUGPROT[name], a, b]
        for i, name, a, b in table_rows(at / stem.format("relations"))
        if name in _DRUGPROT
    ]
    return _chemical_gene(at / stem.format("abstracs"), at / stem.format("entities"), gold)


def _chemical_gene(abstracts: Path, entities: Path, gold: list[list[str]]) -> list[Text]:
    labels: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for document, group, first, second in gold:
        key = (document, first.removeprefix("Arg1:"), second.removeprefix("Arg2:"))
        if CPR[group] not in labels[key]:
            labels[key].append(CPR[group])
    texts = []
    for document, text, rows in chemprot_documents(abstracts, entities):
        mentions = [(Mention(start, end, _CHEMPROT_TYPES[tag]), name) for name, tag, start, end in rows]
        document_labels = {key[1:]: tuple(v) for key, v in labels.items() if key[0] == document}
        texts.append(_same_sentence(document, text, mentions, document_labels))
    return texts


def _same_sentence(
    document: str,
    text: str,
    mentions: list[tuple[Mention, str]],
    labels: dict[tuple[str, str], tuple[str, ...]],
) -> Text:
    spans = sentences(text, [m for m, _ in mentions])
    sentence_numbers = [sentence_of(spans, m) for m, _ in mentions]
    targets, seen = [], set()
    for a, (subject, first) in enumerate(mentions):
        for b, (other, second) in enumerate(mentions):
            in_same_sentence = sentence_numbers[a] == sentence_numbers[b]
            if (subject.type, other.type) == ("Chemical", "Gene") and in_same_sentence:
                seen.add((first, second))
                targets.append(
                    Target("chemical-gene", labels.get((first, second), ()), ((a, b),), (first, second))
                )
    missed = tuple(
        ("chemical-gene", label) for key, names in labels.items() if key not in seen for label in names
    )
    return Text(document, text, tuple(m for m, _ in mentions), tuple(targets), missed)


def bc5cdr(root: Path, part: str) -> list[Text]:
    """Reads the abstracts of BC5CDR. Candidates are all pairs of a chemical and a disease concept."""
    name = {"train": "Training", "dev": "Development", "test": "Test"}[part]
    at = root / "ner/BC5CDR_original_pubtator/CDR_Data/CDR.Corpus.v010516"
    texts = []
    for document, text, mentions, relations in pubtator(at / f"CDR_{name}Set.PubTator.txt"):
        gold = {(r[1], r[2]) for r in relations if r[0] == "CID"}
        concepts = by_concept(mentions)
        targets, seen = [], set()
        for (kind, chemical), subjects in concepts.items():
            for (other, disease), objects in concepts.items():
                if (kind, other) != ("Chemical", "Disease"):
                    continue
                seen.add((chemical, disease))
                labels = ("induces",) if (chemical, disease) in gold else ()
                targets.append(
                    Target("chemical-disease", labels, crossed(subjects, objects), (chemical, disease))
                )
        missed = (("chemical-disease", "induces"),) * len(gold - seen)
        texts.append(Text(document, text, mentions, tuple(targets), missed))
    return texts


def biored(root: Path, part: str) -> list[Text]:
    """Reads the abstracts of BioRED. Candidates are the pairs of concepts whose types have relations in the corpus."""
    path = root / "re/BioRED" / {"train": "Train.PubTator", "dev": "Dev.PubTator"}[part]
    allowed = set(BY_NAME["biored"].pairs)
    texts = []
    for document, text, mentions, relations in pubtator(path):
        gold = {frozenset((r[1], r[2])): r[0] for r in relations}
        concepts = by_concept(mentions)
        targets, seen = [], set()
        for first, second in concept_pairs(list(concepts)):
            pairs = crossed(concepts[first], concepts[second])
            key = frozenset((first[1], second[1]))
            if (first[0], second[0]) not in allowed or not pairs or key in seen:
                continue
            seen.add(key)
            labels = (gold[key],) if key in gold else ()
            targets.append(Target("biored", labels, pairs, (first[1], second[1])))
        missed = tuple(("biored", label) for key, label in gold.items() if key not in seen)
        texts.append(Text(document, text, mentions, tuple(targets), missed))
    return texts


def pubtator(path: Path) -> Iterator[tuple[str, str, tuple[Mention, ...], list[list[str]]]]:
    """Yields (identifier, title and abstract joined by a line break, mentions, relation rows) of each document."""
    for document, text, rows in pubtator_documents(path):
        mentions = [
            Mention(int(r[1]), int(r[2]), _BIORED_TYPES[r[4]], _concepts(r[5]) if len(r) > 5 else ())
            for r in rows
            if r[1].isdigit() and r[4] in _BIORED_TYPES
        ]
        mentions.sort(key=lambda m: (m.start, -m.end))
        yield document, text, tuple(mentions), [r[1:] for r in rows if not r[1].isdigit()]


def _concepts(field: str) -> tuple[str, ...]:
    # Only lists of MeSH identifiers are split at bars, because names of variants contain bars.
    parts = re.split(r"[|,]", field) if re.match(r"[DC]\d{5,}", field) else field.split(",")
    return tuple(dict.fromkeys(p for p in parts if p and p != "-1" and p != "-"))


_MASK = re.compile(r"@(GENE|DISEASE|CHEMICAL)\$")


def masked_sentence(identifier: str, text: str, label: bool) -> Text | None:
    """Returns a sentence in which the corpus has masked one gene and one disease, or None if one is missing."""
    mentions = tuple(
        Mention(m.start(), m.end(), m.group(1).capitalize(), is_masked=True) for m in _MASK.finditer(text)
    )
    pairs = tuple(
        (a, b)
        for a, m in enumerate(mentions)
        for b, n in enumerate(mentions)
        if (m.type, n.type) == ("Gene", "Disease")
    )
    if not pairs:
        return None
    target = Target("gene-disease", ("associated",) if label else (), pairs[:1])
    return Text(identifier, text, mentions, (target,))


def gad(root: Path, part: str) -> list[Text]:
    """Reads GAD. ``part``: ``train``, ``dev`` or ``test`` of the split of BLURB, or ``foldN-train`` or ``foldN-test``
    of ten folds of the whole set, which are drawn with a fixed seed."""
    if part.startswith("fold"):
        number, _, side = part.removeprefix("fold").partition("-")
        everything = [t for p in ("train", "dev", "test") for t in gad(root, p)]
        random.Random(20_190_901).shuffle(everything)
        return [t for i, t in enumerate(everything) if (i % FOLDS == int(number)) == (side == "test")]
    with (root / f"re/GAD_blurb/{part}.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    texts = (masked_sentence(f"{part}-{row[0]}", row[1], row[2] == "1") for row in rows)
    return [text for text in texts if text]


def euadr(root: Path, part: str) -> list[Text]:
    """Reads EU-ADR. ``part``: ``foldN-train`` or ``foldN-test`` of the ten folds of the authors of BioBERT."""
    number, _, side = part.removeprefix("fold").partition("-")
    path = root / "re/EU-ADR_BioBERT_10fold/EU-ADR_BioBERT" / f"{side}_{number}.json"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    texts = (
        masked_sentence(r["id"], r["text"], r["relation"][0]["relation_type"] == "positive") for r in records
    )
    return [text for text in texts if text]


def written(root: Path, part: str) -> list[Text]:
    """Returns sentences of our own with the names of the train parts. ``part``: ``train`` or ``dev``."""
    corpora = [*chemprot(root, "train"), *bc5cdr(root, "train"), *biored(root, "train")]
    return written_texts(names_of(corpora), part)


def read(root: Path, name: str, part: str) -> list[Text]:
    """Reads a part of a corpus. ``dev-fit`` and ``dev-held`` are the first four fifths and the last fifth of dev, so
    that a model that was trained on most of dev can be calibrated on unseen texts."""
    if part not in ("dev-fit", "dev-held"):
        return CORPORA[name](root, part)
    texts = CORPORA[name](root, "dev")
    border = len(texts) * 4 // 5
    return texts[:border] if part == "dev-fit" else texts[border:]


CORPORA = {
    "ChemProt": chemprot,
    "DrugProt": drugprot,
    "BC5CDR": bc5cdr,
    "BioRED": biored,
    "GAD": gad,
    "EU-ADR": euadr,
    "Written": written,
}
LICENCES = {
    "ChemProt": "none stated in the source repository (BioCreative VI; card of bigbio: public domain)",
    "DrugProt": "CC BY 4.0 by its organisers; none stated in the source repository",
    "BC5CDR": "public domain (US Government work)",
    "BioRED": "none stated in the source repository (NCBI release)",
    "GAD": "none stated in the source repository (card of bigbio: CC BY 4.0)",
    "EU-ADR": "Apache-2.0 (source repository)",
    "Written": "MIT (our own sentences; names from ChemProt, BC5CDR and BioRED)",
}
