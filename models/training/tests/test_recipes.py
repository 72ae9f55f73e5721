"""Each recipe runs from its first step to its last on tiny data, through the worker of the queue.

The commands are those of the recipes, with smaller numbers. Each runs in a fork of this process, which has imported
PyTorch already, because fifty processes that import it again would take minutes.
"""

import json
import os
import signal
import subprocess
import time
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertModel

from tiny import (
    SNIPPET,
    tiny_stances,
    write_pretraining_text,
    write_question_corpora,
    write_relation_corpora,
    write_start,
)
from training.__main__ import main
from training.common.sources import Source
from training.pretraining import dequantise
from training.pretraining.data import packing, vocabulary
from training.pretraining.wheel import PUBLISHED
from training.questions.data import annotated, mixture
from training.questions.data.examples import Pair, SpanExample
from training.questions.data.mixture import Mixture
from training.queue.lock import acquire
from training.queue.plan import Places
from training.queue.recipe import RECIPES
from training.queue.worker import Worker
from training.tagger.data.corpora import PROBE_CORPORA, SHIPPED_TYPES

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] - . , ( ) [ ] @ $ the of and in patients with a p ##5 ##3 5 53 brca ##1 "
    "gene aspirin cancer breast fever mutations cause causes treats caf ##e inhibits cox ##2 did not bind we "
    "saw after drug disease chemical variant finding : does what"
).split()
UNUSED = 16
CHECK_ROWS = torch.tensor([[2, 9, 21, 22, 3], [2, 8, 27, 30, 3]])
SOURCES = (Source("abstracts", "none", 2.0), Source("articles", "none", 1.0, full_text=True))
FINE_TUNING = {"--epochs": ["1"], "--batch-tokens": ["256"]}
STANCES = {"--found": ["40"], "--made": ["40"], "--attributes": ["20"], "--trials": ["4"]}
#: Smaller values of flags, by command. A flag without values is left out.
SMALLER: Mapping[str, Mapping[str, list[str]]] = {
    "tagger-train": {
        **FINE_TUNING,
        "--corpora": [*PROBE_CORPORA],
        "--max-length": ["32"],
        "--replace": [],
        "--shares": ["BC2GM=0.5"],
        "--eval-epochs": ["1"],
    },
    "tagger-quantise": {"--only": ["fp32", "int8-reduced"]},
    "tagger-evaluate": {"--corpora": [*PROBE_CORPORA]},
    "relations-train": {**FINE_TUNING, "--corpora": ["ChemProt", "BC5CDR", "GAD"]},
    "relations-folds": {**FINE_TUNING, "--folds": ["0"]},
    "questions-train": {
        **FINE_TUNING,
        "--max-length": ["60"],
        "--verdict-max-length": ["60"],
        "--pairs": ["6"],
    },
    "questions-evaluate": {"--sets": ["dev", "dev-verdicts", "dev-retrieval"]},
    "stances-train": {**FINE_TUNING, **STANCES, "--max-length": ["60"]},
    "reading-train": {**FINE_TUNING, **STANCES, "--max-length": ["60"]},
    "embeddings-train": {**FINE_TUNING, "--passage-words": ["40"]},
    "encoder-probe": {"--tasks": ["entities", "relations"], "--seeds": ["1"]},
    "encoder-pretrain": {
        "--tokens": ["2000"],
        "--length": ["16"],
        "--long-length": ["32"],
        "--batch-tokens": ["128"],
        "--eval-rows": ["4"],
    },
}


class ForkedCommand:
    """Runs a command in a fork of this process, with the interface of ``Popen`` that the worker uses."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], output: BinaryIO, errors: BinaryIO
    ) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid:
            return
        try:
            os.dup2(output.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            os.environ.update(environment)
            code = main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            import traceback

            os.write(2, traceback.format_exc().encode())
            code = 1
        os._exit(code or 0)

    def wait(self, timeout: float) -> int:
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
                return self.returncode
            time.sleep(0.02)
        raise subprocess.TimeoutExpired("fork", timeout)

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkingWorker(Worker):
    """The worker of the queue, which starts its commands as forks."""

    def _start(self, command: Sequence[str], *more: Any) -> Any:
        return ForkedCommand(command[len(self._program) :], *more)


def smaller(command: list[str], start: Path) -> list[str]:
    """Returns the command with the values of :data:`SMALLER` and the tiny start."""
    changes = {**SMALLER.get(command[0], {})}
    found, skipped = [], False
    for argument in command:
        if argument.startswith("--"):
            skipped = argument in changes
        if not skipped:
            found.append(str(start) if argument == "minilm" else argument)
    return found + [text for flag, values in changes.items() if values for text in (flag, *values)]


def write_smaller(name: str, folder: Path, start: Path) -> None:
    """Writes the recipe ``name`` with smaller commands to ``folder``."""
    table = tomllib.loads((RECIPES / f"{name}.toml").read_text(encoding="utf-8"))
    lines = [f"description = {json.dumps(table['description'])}"]
    for step in table["step"]:
        lines += ["[[step]]", *_fields(step, start)]
        for candidate in step.get("candidate", ()):
            lines += ["[[step.candidate]]", *_fields(candidate, start)]
    (folder / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _fields(entry: Mapping[str, Any], start: Path) -> list[str]:
    lines = []
    for key, value in entry.items():
        if key == "command":
            value = smaller(value, start)
        elif key == "gives" and value == "minilm":
            value = str(start)
        if key == "figure":
            inner = ", ".join(f"{name} = {json.dumps(text)}" for name, text in value.items())
            lines.append(f"figure = {{ {inner} }}")
        elif key != "candidate":
            lines.append(f"{key} = {json.dumps(value)}")
    return lines


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpora, a start, smaller recipes, the wheel of published encoders and a released tagger."""
    home = tmp_path_factory.mktemp("recipes")
    corpora = home / "corpora"
    write_relation_corpora(corpora)
    write_question_corpora(corpora)
    write_pretraining_text(corpora, SOURCES, " Cafe cafe .")
    rows = "Aspirin\tB-Chemical\ntreats\tO\nfever\tB-Disease\n.\tO\n\np53\tB-GENE\ngene\tI-GENE\n.\tO\n\n"
    for name in PROBE_CORPORA:
        (corpora / "ner" / name).mkdir(parents=True, exist_ok=True)
        for part in ("train", "devel"):
            (corpora / "ner" / name / f"{part}.tsv").write_text(rows * 8)
        (corpora / "ner" / name / "test.tsv").write_text("of\tO\n\n")
    (home / "minilm").mkdir()
    names = [*WORDS[:5], *(f"[unused{i}]" for i in range(UNUSED)), *WORDS[5:]]
    start = write_start(home / "minilm", names, positions=256)
    (home / "recipes").mkdir()
    recipes = sorted(path.stem for path in RECIPES.glob("*.toml") if path.stem != "queue")
    for name in recipes:
        write_smaller(name, home / "recipes", start)
    (home / "recipes" / "queue.toml").write_text((RECIPES / "queue.toml").read_text())
    write_wheel(home / "encoders.whl", start)
    write_released_tagger(home / "models" / "tagger", start, home)
    write_released_questions(home / "models" / "questions", start, home)
    return home


def write_wheel(path: Path, start: Path) -> None:
    """Writes a package with the start in 8 bits under the name of each published encoder."""
    model = BertModel.from_pretrained(start, add_pooling_layer=False, attn_implementation="eager").eval()
    with torch.no_grad():
        for parameter in model.parameters():  # the exporter stores equal biases once
            parameter += 0.05 * torch.randn_like(parameter)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    plain, graph = path.with_suffix(".plain.onnx"), path.with_suffix(".onnx")
    torch.onnx.export(
        HiddenStates(model),
        (CHECK_ROWS, torch.ones_like(CHECK_ROWS), torch.zeros_like(CHECK_ROWS)),
        str(plain),
        input_names=names,
        output_names=["last_hidden_state"],
        opset_version=14,
        dynamo=False,
        dynamic_axes={name: {0: "rows", 1: "length"} for name in (*names, "last_hidden_state")},
    )
    quantize_dynamic(plain, graph, per_channel=True, weight_type=QuantType.QInt8)
    with zipfile.ZipFile(path, "w") as archive:
        for encoder in PUBLISHED.values():
            archive.write(graph, f"{encoder.folder}/model.onnx")
            for name in ("vocab.txt", "tokenizer.json"):
                archive.write(start / name, f"{encoder.folder}/{name}")


class HiddenStates(torch.nn.Module):
    """BERT with the hidden states as its only output."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def write_released_tagger(folder: Path, start: Path, scratch: Path) -> None:
    """Writes a tagger with random weights as it would be released."""
    from training.common.folders import TOKENIZER_FILES
    from training.tagger.export import export, write_manifest
    from training.tagger.model import new_tagger
    from training.tagger.options import RUN_FILE

    run = scratch / "random"
    run.mkdir()
    tagger = new_tagger(start, SHIPPED_TYPES, 0.0)
    for parameter in tagger.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    tagger.bert.config.save_pretrained(run)
    torch.save({"heads": list(tagger.heads), "state": tagger.state_dict()}, run / RUN_FILE)
    for name in TOKENIZER_FILES:
        (run / name).write_bytes((start / name).read_bytes())
    export(run, folder, "int8-reduced-ffn")
    write_manifest(
        folder,
        version="0",
        token_types="shape",
        packing="sentence",
        max_tokens=64,
        calibration={},
        corpora=(),
        parts=(),
    )


def write_released_questions(folder: Path, start: Path, scratch: Path) -> None:
    """Writes a question model with random weights as it would be released."""
    from training.common.folders import TOKENIZER_FILES
    from training.questions.model import new_network
    from training.questions.options import RUN_FILE
    from training.reading.export import export, write_manifest

    run = scratch / "random-questions"
    run.mkdir()
    network = new_network(start, 0.0)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    network.bert.config.save_pretrained(run)
    torch.save(network.state_dict(), run / RUN_FILE)
    for name in TOKENIZER_FILES:
        (run / name).write_bytes((start / name).read_bytes())
    export(run, folder, "int8-reduced-ffn")
    write_manifest(folder, "0", None, None, ())


def general_questions(*_: object) -> Mixture:
    """Returns a few questions instead of the general sets."""
    spans = [SpanExample(f"What treats fever {n}?", SNIPPET, ((0, 7),), "g") for n in range(12)]
    return Mixture(
        spans=spans, verdicts=[], pairs=[Pair(f"aspirin {n}", f"fever {n}", str(n)) for n in range(6)]
    )


@pytest.fixture
def tiny_corpora(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Replaces lists of corpora and sources, and values that depend on the size of the vocabulary."""
    monkeypatch.setenv("BIOBERT_CORPORA", str(home / "corpora"))
    monkeypatch.setenv("BIOBERT_WHEEL", str(home / "encoders.whl"))
    for module in ("calibrate", "candidates", "train"):
        monkeypatch.setattr(f"training.tagger.{module}.MEASURED_CORPORA", PROBE_CORPORA)
    for module in (packing, vocabulary):
        monkeypatch.setattr(module, "SOURCES", SOURCES)
    monkeypatch.setattr("training.pretraining.data.blocks.SOURCES", SOURCES)
    monkeypatch.setattr("training.embeddings.data.SOURCES", SOURCES)
    monkeypatch.setattr("training.tagger.candidates.speed", lambda run: 1.0)
    monkeypatch.setattr(vocabulary, "KEPT_UNUSED", 10)
    monkeypatch.setattr(dequantise, "_CHECK_ROWS", CHECK_ROWS)
    monkeypatch.setattr(dequantise.encoder_of, "__defaults__", (2,))
    monkeypatch.setattr(mixture, "medquad_pairs", lambda root, test: [])
    monkeypatch.setattr(mixture, "title_pairs", lambda root, test: [])
    monkeypatch.setattr(annotated, "SETS", ())
    monkeypatch.setattr("training.questions.train.general_mixture", general_questions)
    for module in ("train", "calibrate", "data.mixture"):
        monkeypatch.setattr(f"training.stances.{module}.stance_mixture", lambda *_: tiny_stances())
    monkeypatch.setattr("training.reading.train.stance_mixture", lambda *_: tiny_stances())


@pytest.mark.usefixtures("tiny_corpora")
@pytest.mark.parametrize("recipe", sorted(p.stem for p in RECIPES.glob("*.toml") if p.stem != "queue"))
def test_runs_the_recipe_to_its_end(recipe: str, home: Path) -> None:
    places = Places(home / "runs", home / "models", str(home / "corpora"), str(home / "encoders.whl"))
    descriptor = acquire(places.runs)
    worker = ForkingWorker(places, descriptor, [recipe], folder=home / "recipes")
    failed = worker.work()
    os.close(descriptor)
    assert failed == 0, worker._failed
    assert all(worker.queue.step_done(step) for step in worker.queue.closure([recipe]))
