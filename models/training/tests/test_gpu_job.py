"""The GPU job on tiny data: it is packed, unpacked in an empty folder, run, delivered and collected."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertForMaskedLM

from tiny import write_start
from training.common.dedup import TestText
from training.common.encoder import Encoder
from training.common.sources import SOURCES
from training.gpu import corpus as gpu_corpus
from training.gpu import job
from training.gpu.arrays import read_arrays
from training.gpu.collect import collect
from training.gpu.deliver import deliver
from training.gpu.options import TINY, tiny_tasks
from training.gpu.pack import pack
from training.gpu.pretrain import DevicePretraining
from training.pretraining.data.packing import read_packed
from training.questions.data.examples import Pair, SpanExample, VerdictExample
from training.questions.data.mixture import Mixture
from training.questions.model import load_network
from training.relations.data.mixture import TestTexts
from training.relations.model import load_run as load_relations
from training.tagger.data.corpora import PROBE_CORPORA
from training.tagger.model import load_run as load_tagger

WORDS = (
    "the of and in patients with a p ##5 ##3 5 53 nf kappa ##b brca ##1 ##2 gene aspirin cancer breast "
    "fever mutations cause treats what does - . , ( ) [ ] ?"
).split()
LIMIT = 60_000
PIECE = 16_000


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of 2 layers × 16 whose vocabulary has spare entries, as relations need them."""
    names = ["[PAD]", *(f"[unused{i}]" for i in range(8)), "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    return write_start(tmp_path_factory.mktemp("start"), names)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory, start: Path) -> Path:
    """A tiny packed corpus, as ``encoder-pack`` writes it, with a few hundred tokens for each source."""
    folder = tmp_path_factory.mktemp("packed")
    vocabulary = (start / "vocab.txt").read_text().split()
    continues_word = np.array([word.startswith("##") for word in vocabulary])
    rng = np.random.default_rng(0)
    for source in SOURCES:
        arrays = {}
        for part, size in (("train", 400), ("held", 80)):
            ids = rng.integers(13, len(vocabulary), size).astype(np.uint16)
            ids[0], ids[-1] = 13, 11
            shapes = rng.integers(0, 4, size).astype(np.uint8)
            arrays[f"{part}_ids"] = ids
            arrays[f"{part}_marks"] = gpu_corpus.marks_of(ids, shapes[~continues_word[ids]], continues_word)
        np.savez(folder / f"{source.name}.npz", **arrays)
    return folder


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiny corpora for the tagger and the relation model."""
    root = tmp_path_factory.mktemp("corpora")
    rows = "Aspirin\tB-Chemical\ntreats\tO\nfever\tB-Disease\n.\tO\n\np53\tB-GENE\ngene\tI-GENE\n.\tO\n\n"
    for name in ("BC2GM", "BC5CDR", "NCBI-disease"):
        (root / "ner" / name).mkdir(parents=True)
        for part in ("train", "devel"):
            (root / "ner" / name / f"{part}.tsv").write_text(rows * 8)
        (root / "ner" / name / "test.tsv").write_text("of\tO\n\n")
    (root / "re/GAD_blurb").mkdir(parents=True)
    lines = [
        f"{i}\tThe @GENE$ {word} causes @DISEASE$ .\t{i % 2}"
        for i, word in enumerate(("gene", "aspirin", "fever", "cancer") * 3)
    ]
    (root / "re/GAD_blurb/train.tsv").write_text("\n".join(["index\tsentence\tlabel", *lines]) + "\n")
    return root


def mixture() -> Mixture:
    """Questions of all three kinds."""
    context = "Aspirin treats fever in patients with breast cancer."
    return Mixture(
        spans=[SpanExample(f"What treats {n}?", context, ((0, 7),) if n % 2 else (), "g") for n in range(12)],
        verdicts=[VerdictExample("Does aspirin treat fever?", context, n % 3, True) for n in range(9)],
        pairs=[Pair(f"aspirin {n}", f"fever {n}", str(n)) for n in range(12)],
    )


@pytest.fixture(scope="module")
def uploads(corpora: Path, start: Path, packed: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Bundles of the tiny scale. The limits are so small that there are several parts."""
    tasks = tiny_tasks(
        tagger={"corpora": PROBE_CORPORA, "parts": ("train",)},
        relations={"corpora": ("GAD",), "parts": ("train",)},
        questions={"pairs": 6, "pairs_per_batch": 3},
    )
    scale = replace(TINY, bundle_limit=2 * LIMIT, piece_limit=PIECE, tasks=tasks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("training.questions.train.read_mixture", lambda root, options: mixture())
        patch.setattr(
            "training.relations.train.read_tests", lambda root: TestTexts(frozenset(), TestText([]))
        )
        return pack(corpora, start, tmp_path_factory.mktemp("bundles"), scale, packed)


def on_machine(*arguments: object, code: Path, **variables: str) -> subprocess.CompletedProcess:
    """Runs Python as on the GPU machine: with only the code from the bundles and without corpora."""
    environment = {k: v for k, v in os.environ.items() if k not in ("BIOBERT_CORPORA", "PYTHONPATH")}
    environment |= {"PYTHONPATH": str(code), "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1", **variables}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment,
        cwd=code.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def unpack_all(uploads: list[Path], work: Path) -> Path:
    """Unpacks all uploads, each with one call. Returns the folder with the job's code."""
    work.mkdir()
    for number, folder in enumerate(uploads, 1):
        done = on_machine(folder / "unpack.py", folder, "--work", work, code=work)
        assert done.returncode == 0, done.stderr
        assert ("all" in done.stdout) == (number == len(uploads))
    return work / "code"


def deliver_all(work: Path, code: Path, out: Path) -> list[Path]:
    """Delivers the results in groups of three pieces. Returns the folders of the groups."""
    folders, first = [], 1
    while True:
        folder = out / f"from-{first}"
        done = on_machine(
            "-m",
            "training.gpu",
            "deliver",
            "--work",
            work,
            "--output",
            folder,
            "--from",
            first,
            "--count",
            3,
            code=code,
        )
        assert done.returncode == 0, done.stderr
        if not list(folder.iterdir()):
            return folders
        folders.append(folder)
        first += 3


def test_a_job_returns_the_models_that_it_trained(uploads: list[Path], start: Path, tmp_path: Path) -> None:
    assert len(uploads) > 1
    assert all(sum(p.stat().st_size for p in u.iterdir()) <= 2 * LIMIT for u in uploads)
    work = tmp_path / "work"
    code = unpack_all(uploads, work)
    done = on_machine("-m", "training.gpu", "run", "--work", work, "--seconds", 200, code=code)
    assert done.returncode == 0, done.stdout + done.stderr
    folders = deliver_all(work, code, tmp_path / "home")
    assert len(folders) > 1
    assert all(p.stat().st_size <= PIECE for f in folders for p in f.iterdir())

    collected = collect(folders, start, tmp_path / "runs")
    assert collected == ["encoder", "tagger", "relations", "questions"]
    runs = tmp_path / "runs"
    assert is_close(
        BertForMaskedLM.from_pretrained(runs / "encoder"), BertForMaskedLM.from_pretrained(work / "encoder")
    )
    for name, load in (("tagger", load_tagger), ("relations", load_relations), ("questions", load_network)):
        assert is_close(load(runs / name), load(work / name))
    assert load_tagger(runs / "tagger").heads == load_tagger(work / "tagger").heads
    report = json.loads((runs / "encoder" / "pretrain.json").read_text())
    assert report["pieces"] > 0 and not report["partial"]
    shared = read_arrays(runs / "raw/results/tagger.arrays")[1]["shared"]
    assert shared == ["bert.embeddings.word_embeddings.weight"]


def is_close(actual: torch.nn.Module, expected: torch.nn.Module) -> bool:
    """Whether all weights are equal after rounding to half precision."""
    other = expected.state_dict()
    return all(
        torch.equal(value, other[name].half().to(value.dtype))
        for name, value in actual.state_dict().items()
        if value.is_floating_point()
    )


def test_a_failing_phase_does_not_affect_other_phases(
    uploads: list[Path], start: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    unpack_all(uploads, work)
    (work / "plan-relations.arrays").write_bytes(b"nothing of use")
    job.run_phases(work, time.time() + 200)
    state = job.read_state(work)["phases"]
    assert state["relations"]["status"] == "failed" and state["relations"]["error"]
    assert all(entry["status"] == "done" for name, entry in state.items() if name != "relations")
    deliver(work, tmp_path / "home", 1, 100)
    assert collect([tmp_path / "home"], start, tmp_path / "runs") == ["encoder", "tagger", "questions"]


def test_an_unfinished_phase_delivers_its_checkpoint_and_resumes(
    uploads: list[Path], start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    unpack_all(uploads, work)
    step = DevicePretraining.train_step

    def cut_off(run: DevicePretraining, done: float) -> torch.Tensor:
        loss = step(run, done)
        if run.out.name == "encoder" and run.step == 3:
            run.save()
            raise KeyboardInterrupt
        return loss

    monkeypatch.setattr(DevicePretraining, "train_step", cut_off)
    with pytest.raises(KeyboardInterrupt):
        job.run_phases(work, time.time() + 200)
    deliver(work, tmp_path / "home", 1, 100)
    assert collect([tmp_path / "home"], start, tmp_path / "runs") == ["encoder"]
    assert json.loads((tmp_path / "runs/encoder/pretrain.json").read_text()) == {"steps": 3, "partial": True}

    monkeypatch.setattr(DevicePretraining, "train_step", step)
    job.run_phases(work, time.time() + 200)
    report = read_arrays(work / "results/encoder.arrays")[1]["report"]
    assert report["steps"] > 3 and [row["step"] for row in report["curve"]].count(0) == 1


def test_a_new_process_replaces_one_that_hangs_or_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "child.py"
    script.write_text("""
import json, os, sys, time
from pathlib import Path
path = Path(sys.argv[1]) / "results/job.json"

def save():
    path.with_suffix(".new").write_text(json.dumps(state))
    os.replace(path.with_suffix(".new"), path)

state = json.loads(path.read_text())
state["all"] = ["hangs", "dies", "works"]
for name in state["all"]:
    entry = state["phases"].setdefault(name, {"tries": 0})
    if entry.get("status") in ("done", "failed"):
        continue
    entry |= {"status": "running", "tries": entry["tries"] + 1}
    state["end_at"] = time.time() + (0.5 if name == "hangs" else 60)
    save()
    if name == "hangs":
        time.sleep(60)
    if name == "dies" and entry["tries"] < 2:
        os._exit(9)
    entry["status"] = "done"
    save()
""")
    monkeypatch.setattr(job, "RESERVE", 0.0)
    assert job.watch(tmp_path, 30, [str(script)]) == 1
    phases = job.read_state(tmp_path)["phases"]
    assert {name: entry["status"] for name, entry in phases.items()} == {
        "hangs": "failed",
        "dies": "done",
        "works": "done",
    }
    assert "exceeded its time" in phases["hangs"]["error"]
    assert (tmp_path / job.PLAIN).exists()


def test_unpacking_restores_the_packed_corpus(packed: Path, start: Path, tmp_path: Path) -> None:
    gpu_corpus.pack_corpus(packed, Encoder(start), tmp_path / "corpus")
    gpu_corpus.unpack_corpus(tmp_path / "corpus", tmp_path / "again")
    for part in gpu_corpus.PARTS:
        before, after = read_packed(packed, part), read_packed(tmp_path / "again", part)
        assert all(
            np.array_equal(before[n].ids, after[n].ids) and np.array_equal(before[n].marks, after[n].marks)
            for n in before
        )
