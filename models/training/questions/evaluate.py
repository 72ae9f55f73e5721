"""Figures in Python, for choices on dev and for checks; the card's figures come from the product."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from . import score
from .data import bioasq, general
from .data.examples import VerdictExample
from .data.mixture import biomedical_mixture
from .data.rows import MAX_TOKENS, TokenEncoder, text_row
from .predict import Runner, read, run_rows, verdict_of


def factoids(
    run: Runner, encoder: TokenEncoder, questions: Sequence[bioasq.Question], abstracts: bool
) -> dict[str, float]:
    """BioASQ figures over all contexts of each factoid question."""
    asked = [q for q in questions if q.kind == "factoid"]
    contexts = [q.abstracts if abstracts else [s for _, s in q.snippets] for q in asked]
    readings = read(run, encoder, [(q.text, c) for q, c in zip(asked, contexts)])
    ranked = [[a.text for a in r.answers] for r in readings]
    return {"questions": len(asked), **score.factoid_scores(ranked, [q.names() for q in asked])}


def verdicts(
    run: Runner, encoder: TokenEncoder, examples: Sequence[VerdictExample], classes: int
) -> dict[str, float]:
    """Accuracy and macro-F1; two ``classes`` are yes and no."""
    readings = read(run, encoder, [(e.question, [e.context]) for e in examples])
    found = [int(np.argmax(verdict_of(r.verdicts)[:classes])) for r in readings]
    return {"questions": len(examples), **score.verdict_scores(found, [e.verdict for e in examples], classes)}


def squad(run: Runner, encoder: TokenEncoder, path: Path, limit: int | None = None) -> dict[str, float]:
    """EM and F1 of the best span of each context, in SQuAD's form."""
    items = general.squad_answers(path)[:limit]
    readings = read(run, encoder, [(e.question, [e.context]) for e, _ in items])
    answers = [r.answers[0].text if r.answers else "" for r in readings]
    return {"questions": len(items), **score.squad_scores(answers, [gold for _, gold in items])}


def retrieval(
    run: Runner, encoder: TokenEncoder, questions: Sequence[bioasq.Question], hay: Sequence[bioasq.Question]
) -> dict[str, float]:
    """Ranks all snippets by their embedding and returns how often one of the question is among the nearest."""
    texts = list(dict.fromkeys(s for q in (*questions, *hay) for _, s in q.snippets))
    rows = [text_row(encoder, t, MAX_TOKENS) for t in (*texts, *(q.text for q in questions))]
    vectors = np.stack([v for _, _, v in run_rows(run, encoder, rows)])
    near = np.argsort(-(vectors[len(texts) :] @ vectors[: len(texts)].T), axis=1)
    places = {t: i for i, t in enumerate(texts)}
    ranks = []
    for q, order in zip(questions, near, strict=True):
        own = {places[s] for _, s in q.snippets}
        if own:
            ranks.append(next(r for r, i in enumerate(order, start=1) if int(i) in own))
    found = np.asarray(ranks)
    return {
        "questions": len(ranks),
        "passages": len(texts),
        "hit@5": 100 * float((found <= 5).mean()),
        "hit@20": 100 * float((found <= 20).mean()),
        "mrr": 100 * float((1 / found).mean()),
    }


def evaluate(
    run: Runner,
    encoder: TokenEncoder,
    root: Path,
    sets: Sequence[str],
    leave_out: Sequence[str],
    limit: int | None,
) -> dict[str, Mapping[str, float]]:
    """Figures by set: ``dev``, ``xquad``, ``pubmedqa``, ``blurb``, or a year such as ``7b``."""
    found: dict[str, Mapping[str, float]] = {}
    for name in sets:
        if name == "dev":
            mixture = biomedical_mixture(root, leave_out, 1, 0.0)
            dev = mixture.dev_questions
            found["dev factoid, snippets"] = factoids(run, encoder, dev, False)
            found["dev factoid, abstracts"] = factoids(run, encoder, dev, True)
            three = [e for e in mixture.dev_verdicts if e.maybe]
            found["dev PubMedQA"] = verdicts(run, encoder, three, 3)
            two = [e for e in mixture.dev_verdicts if not e.maybe]
            found["dev yes-no"] = verdicts(run, encoder, two, 2)
            hay = [q for y in bioasq.YEARS for q in bioasq.read_year(root, y)]
            found["dev retrieval, embeddings"] = retrieval(run, encoder, dev, hay)
        elif name == "xquad":
            path = root / "qa" / "XQuAD_en" / "xquad.en.json"
            found["XQuAD-en"] = squad(run, encoder, path, limit)
        elif name == "pubmedqa":
            test = [bioasq.verdict_example(a) for a in bioasq.read_pubmedqa(root)[1]]
            found["PubMedQA test"] = verdicts(run, encoder, test, 3)
        elif name == "blurb":
            found["BLURB yes-no test"] = verdicts(run, encoder, bioasq.read_blurb(root, "test"), 2)
        else:
            questions = bioasq.read_year(root, name)
            found[f"BioASQ {name}, abstracts"] = factoids(run, encoder, questions, True)
            found[f"BioASQ {name}, snippets"] = factoids(run, encoder, questions, False)
    return found
