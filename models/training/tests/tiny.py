"""A tiny encoder and tiny corpora for tests."""

import json
import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from training.common.sources import Source
from training.questions.data import bioasq
from training.questions.data.examples import MAYBE, NO, YES
from training.relations.data import readers
from training.stances.data.attributes import Names
from training.stances.data.findings import statements
from training.stances.data.mixture import StanceMixture
from training.stances.data.stance import StanceExample

SNIPPET = "Aspirin treats fever in patients with breast cancer."
OTHER = "BRCA1 mutations cause breast cancer in patients."


def write_start(folder: Path, vocabulary: Sequence[str], positions: int = 64) -> Path:
    """Writes a BERT of 2 layers × 16 with an uncased WordPiece tokenizer of these entries. Returns the folder."""
    tokens = {token: index for index, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(tokens, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": True}))
    (folder / "special_tokens_map.json").write_text("{}")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=positions,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def write_relation_corpora(root: Path) -> None:
    """Writes ChemProt, BC5CDR, BioRED, GAD and EU-ADR with a few invented texts each."""
    for part, (folder, pattern, suffix) in readers._CHEMPROT_FILES.items():
        at = root / "re/ChemProt_original" / folder
        at.mkdir(parents=True)
        ids = [f"{part}{i}" for i in range(4)]
        title, body = "Aspirin inhibits COX2.", "We saw the gene. Aspirin did not bind."
        lines = {
            f"abstracts{suffix}": [f"{i}\t{title}\t{body}" for i in ids],
            f"entities{suffix}": [
                line
                for i in ids
                for line in (
                    f"{i}\tT1\tCHEMICAL\t0\t7\tAspirin",
                    f"{i}\tT2\tGENE-Y\t17\t21\tCOX2",
                    f"{i}\tT3\tGENE-N\t34\t38\tgene",
                    f"{i}\tT4\tCHEMICAL\t40\t47\tAspirin",
                )
            ],
            "gold_standard": [
                line
                for i in ids
                for line in (f"{i}\tCPR:4\tArg1:T1\tArg2:T2", f"{i}\tCPR:3\tArg1:T1\tArg2:T3")
            ],
        }
        for name, rows in lines.items():
            (at / pattern.format(name)).write_text("\n".join(rows) + "\n")
    cdr = root / "ner/BC5CDR_original_pubtator/CDR_Data/CDR.Corpus.v010516"
    cdr.mkdir(parents=True)
    for name in ("Training", "Development", "Test"):
        (cdr / f"CDR_{name}Set.PubTator.txt").write_text(_pubtator(name, "Chemical", "Disease"))
    (root / "re/BioRED").mkdir(parents=True)
    for name in ("Train", "Dev"):
        kinds = ("ChemicalEntity", "DiseaseOrPhenotypicFeature")
        (root / f"re/BioRED/{name}.PubTator").write_text(_pubtator(f"b{name}", *kinds))
    (root / "re/GAD_blurb").mkdir()
    for part in ("train", "dev", "test"):
        rows = [
            f"{i}\tThe @GENE$ {word} {part} causes @DISEASE$ .\t{i % 2}"
            for i, word in enumerate(("gene", "drug", "aspirin", "fever"))
        ]
        text = "\n".join(["index\tsentence\tlabel", *rows]) + "\n"
        (root / f"re/GAD_blurb/{part}.tsv").write_text(text)
    folder = root / "re/EU-ADR_BioBERT_10fold/EU-ADR_BioBERT"
    folder.mkdir(parents=True)
    for side in ("train", "test"):
        records = [
            {
                "id": f"{side}{number}",
                "text": f"The @GENE$ {word} {side} causes @DISEASE$ .",
                "relation": [{"relation_type": "positive" if number % 2 else "false"}],
            }
            for number, word in enumerate(("gene", "drug", "aspirin", "fever"))
        ]
        for fold in range(readers.FOLDS):
            (folder / f"{side}_{fold}.json").write_text("\n".join(map(json.dumps, records)) + "\n")


def _pubtator(name: str, chemical: str, disease: str) -> str:
    text = (
        "{0}|t|Aspirin causes fever.\n{0}|a|Patients with fever. The drug and aspirin.\n"
        "{0}\t0\t7\tAspirin\t{1}\tD001\n{0}\t15\t20\tfever\t{2}\tD009\n"
        "{0}\t36\t41\tfever\t{2}\tD009\n{0}\t47\t51\tdrug\t{1}\tD002\n"
        "{0}\t{3}\tD001\tD009{4}\n"
    )
    kind, more = ("CID", "") if chemical == "Chemical" else ("Association", "\tNovel")
    return "\n".join(text.format(f"{name}{i}", chemical, disease, kind, more) for i in range(4))


def golden(year: str) -> dict:
    def item(number: int, kind: str, body: str, exact: object, text: str) -> dict:
        return {
            "id": f"{year}{kind}{number}",
            "type": kind,
            "body": body,
            "exact_answer": exact,
            "snippets": [{"document": f"http://pubmed/{year}{number}{kind}", "text": text}],
        }

    questions = []
    for n in range(16):
        questions += [
            item(n, "factoid", f"What treats fever {year} {n}?", [["Aspirin"]], f"{SNIPPET} {year} {n}"),
            item(n, "list", f"Which genes cause cancer {year} {n}?", [["BRCA1"]], f"{OTHER} {year} {n}"),
            item(
                n,
                "yesno",
                f"Does aspirin treat fever {year} {n}?",
                "yes" if n % 2 else "no",
                f"{SNIPPET} {year} {n}",
            ),
        ]
    shared = item(99, "factoid", "What is asked each year?", ["fever"], SNIPPET)
    return {"questions": [*questions, shared]}


def squad_file(questions: list[tuple[str, str, str]]) -> dict:
    paragraphs = [
        {
            "context": context,
            "qas": [
                {
                    "id": f"q{n}_001",
                    "question": question,
                    "answers": [{"text": answer, "answer_start": context.index(answer)}],
                }
            ],
        }
        for n, (question, context, answer) in enumerate(questions)
    ]
    return {"data": [{"title": "Tiny", "paragraphs": paragraphs}]}


def write_question_corpora(root: Path) -> None:
    """Writes tiny files in the format of every biomedical question corpus."""

    def write(name: str, value: object) -> None:
        path = root / "qa" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))

    for year in bioasq.YEARS:
        write(f"BioASQ/{year.upper()}_golden.json", golden(year))
        context = f"Patients of {year} with the mutations: caffe and p53, a fever, Aspirin."
        items = squad_file([("What treats fever?", context, "Aspirin")])
        items["data"][0]["paragraphs"][0]["qas"][0]["id"] = f"{year}factoid0_001"
        write(f"BioASQ/BioASQ-test-factoid-{year}.json", items)
    for part, start in (("train", 0), ("dev", 30), ("test", 60)):
        write(
            f"BioASQ_blurb_yesno/{part}.tsv",
            "".join(
                f"{n}\tIs fever number {n} a cause?\tpatients with fever {n}\t{'yes' if n % 3 else 'no'}\n"
                for n in range(start, start + 20)
            ),
        )
    write(
        "PubMedQA_PQA-L/ori_pqal.json",
        {
            str(n): {
                "QUESTION": f"Do patients {n} get cancer?",
                "CONTEXTS": [f"mutations in {n} patients"],
                "LONG_ANSWER": f"the {n} patients",
                "final_decision": ("yes", "no", "maybe")[n % 3],
            }
            for n in range(40)
        },
    )
    write("PubMedQA_PQA-L/test_ground_truth.json", {str(n): "yes" for n in range(20)})


def abstract(number: int) -> str:
    """Returns an abstract that is long enough to be kept and different for each number."""
    return " ".join(f"Finding {number * 31 + i} : aspirin {i + number} treats fever ." for i in range(9))


def write_pretraining_text(root: Path, sources: Iterable[Source], extra: str = "") -> None:
    """Writes 120 abstracts for each source, all different; ``extra`` is added to each."""
    for source in sources:
        folder = root / "pretrain" / source.name
        folder.mkdir(parents=True)
        documents = [f"{abstract(n)}{extra}" for n in range(120)]
        with lzma.open(folder / "part-000.txt.xz", "wt", encoding="utf-8") as shard:
            shard.write("\n\n".join(documents) + "\n")


def tiny_stances() -> StanceMixture:
    """Returns the sources of a few stance examples, with one dev set."""
    texts = []
    for number in range(8):
        drug, other = ("aspirin", "caffe") if number % 2 else ("caffe", "aspirin")
        sentences = [
            f"{drug.title()} reduces fever number {number}.",
            f"{other.title()} did not prevent cancer of the breast.",
            "We saw the patients with a gene after it.",
        ]
        texts.append((sentences, list(statements(sentences))))
    judged = [
        StanceExample("Does aspirin treat fever?", "Aspirin treats fever.", "", YES),
        StanceExample(
            "Does aspirin treat cancer?", "Aspirin did not treat cancer.", "We saw the patients.", NO
        ),
        StanceExample("Does aspirin bind p53?", "Aspirin treats fever.", "", MAYBE),
    ]
    names = Names(("fever", "breast cancer", "cancer of the gene"), ("aspirin", "caffe", "p53 inhibitor"))
    return StanceMixture(texts, 4 * judged, names, judged, dev={"judged": 4 * judged})
