"""Figures in Python, for choices on dev data and for checks. The figures of the model card come from the product."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from . import score
from .data import bioasq, general
from .data.examples import VerdictExample
from .data.mixture import Mixture, biomedical_mixture
from .data.rows import MAX_TOKENS, TokenEncoder, text_row
from .predict import Runner, read, run_rows, verdict_of


def factoids(
    run: Runner, encoder: TokenEncoder, questions: Sequence[bioasq.Question], abstracts: bool
) -> dict[str, float]:
    """Returns the BioASQ figures of the factoid questions. The contexts of a question are all its abstracts or, without
    ``abstracts``, all its snippets."""
    factoid_questions = [q for q in questions if q.kind == "factoid"]
    contexts = [q.abstracts if abstracts else [s for _, s in q.snippets] for q in factoid_questions]
    readings = read(run, encoder, [(q.text, c) for q, c in zip(factoid_questions, contexts)])
    ranked = [[a.text for a in r.answers] for r in readings]
    scores = score.factoid_scores(ranked, [q.names() for q in factoid_questions])
    return {"questions": len(factoid_questions), **scores}


def verdicts(
    run: Runner, encoder: TokenEncoder, examples: Sequence[VerdictExample], classes: int
) -> dict[str, float]:
    """Returns accuracy and macro-F1 of verdicts. ``classes``: 3, or 2 for yes and no only."""
    readings = read(run, encoder, [(e.question, [e.context]) for e in examples])
    predicted = [int(np.argmax(verdict_of(r.verdicts)[:classes])) for r in readings]
    return {
        "questions": len(examples),
        **score.verdict_scores(predicted, [e.verdict for e in examples], classes),
    }


def squad(run: Runner, encoder: TokenEncoder, path: Path, limit: int | None = None) -> dict[str, float]:
    """Returns exact match and F1 of the best span of each context, for a file in the format of SQuAD."""
    items = general.squad_answers(path)[:limit]
    readings = read(run, encoder, [(e.question, [e.context]) for e, _ in items])
    answers = [r.answers[0].text if r.answers else "" for r in readings]
    return {"questions": len(items), **score.squad_scores(answers, [gold for _, gold in items])}


def retrieval(
    run: Runner,
    encoder: TokenEncoder,
    questions: Sequence[bioasq.Question],
    others: Sequence[bioasq.Question],
) -> dict[str, float]:
    """Ranks the snippets of ``questions`` and ``others`` by the similarity of their embeddings to each question.

    Returns, in percent, how often one of the question's own snippets is among the first 5 and 20, and the mean
    reciprocal rank.
    """
    texts = list(dict.fromkeys(s for q in (*questions, *others) for _, s in q.snippets))
    rows = [text_row(encoder, t, MAX_TOKENS) for t in (*texts, *(q.text for q in questions))]
    vectors = np.stack([v for _, _, v in run_rows(run, encoder, rows)])
    near = np.argsort(-(vectors[len(texts) :] @ vectors[: len(texts)].T), axis=1)
    numbers = {t: i for i, t in enumerate(texts)}
    best_ranks = []
    for q, order in zip(questions, near, strict=True):
        own_snippets = {numbers[s] for _, s in q.snippets}
        if own_snippets:
            best_ranks.append(next(r for r, i in enumerate(order, start=1) if int(i) in own_snippets))
    ranks = np.asarray(best_ranks)
    return {
        "questions": len(ranks),
        "passages": len(texts),
        "hit@5": 100 * float((ranks <= 5).mean()),
        "hit@20": 100 * float((ranks <= 20).mean()),
        "mrr": 100 * float((1 / ranks).mean()),
    }


def evaluate(
    run: Runner,
    encoder: TokenEncoder,
    root: Path,
    sets: Sequence[str],
    leave_out: Sequence[str],
    limit: int | None,
) -> dict[str, Mapping[str, float]]:
    """Returns figures for each of ``sets``: ``dev`` (answers), ``dev-verdicts``, ``dev-retrieval``, ``xquad``,
    ``pubmedqa``, ``blurb``, or a year such as ``7b``.

    ``leave_out``: BioASQ years that the run left out; ``limit``: largest number of questions of ``xquad``.
    """
    figures: dict[str, Mapping[str, float]] = {}
    has_dev = any(name.startswith("dev") for name in sets)
    mixture = biomedical_mixture(root, leave_out, 1, 0.0) if has_dev else Mixture()
    dev = mixture.dev_questions
    for name in sets:
        if name == "dev":
            figures["dev factoid, snippets"] = factoids(run, encoder, dev, False)
            figures["dev factoid, abstracts"] = factoids(run, encoder, dev, True)
        elif name == "dev-verdicts":
            three = [e for e in mixture.dev_verdicts if e.maybe]
            figures["dev PubMedQA"] = verdicts(run, encoder, three, 3)
            two = [e for e in mixture.dev_verdicts if not e.maybe]
            figures["dev yes-no"] = verdicts(run, encoder, two, 2)
        elif name == "dev-retrieval":
            all_questions = [q for y in bioasq.YEARS for q in bioasq.read_year(root, y)]
            figures["dev retrieval, embeddings"] = retrieval(run, encoder, dev, all_questions)
        elif name == "xquad":
            path = root / "qa" / "XQuAD_en" / "xquad.en.json"
            figures["XQuAD-en"] = squad(run, encoder, path, limit)
        elif name == "pubmedqa":
            test = [bioasq.verdict_example(a) for a in bioasq.read_pubmedqa(root)[1]]
            figures["PubMedQA test"] = verdicts(run, encoder, test, 3)
        elif name == "blurb":
            figures["BLURB yes-no test"] = verdicts(run, encoder, bioasq.read_blurb(root, "test"), 2)
        else:
            questions = bioasq.read_year(root, name)
            figures[f"BioASQ {name}, abstracts"] = factoids(run, encoder, questions, True)
            figures[f"BioASQ {name}, snippets"] = factoids(run, encoder, questions, False)
    return figures
