"""The network for answers and stances on tiny data: its start, a run, and the folder that is exported."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from tiny import SNIPPET, tiny_stances
from training.common.folders import TOKENIZER_FILES
from training.common.manifest import check_manifest, read_manifest
from training.questions.data.examples import NO, YES, SpanExample
from training.questions.data.mixture import Mixture
from training.questions.data.rows import TokenEncoder, pad
from training.questions.import_checkpoint import import_questions
from training.questions.model import load_network
from training.questions.model import new_network as new_question_network
from training.questions.options import RUN_FILE
from training.questions.predict import load_runner, read
from training.reading.export import export, write_manifest
from training.reading.model import new_network
from training.reading.options import ReadingOptions
from training.reading.train import ReadingTraining
from training.stances.data.mixture import StanceMixture
from training.stances.data.stance import StanceExample
from training.stances.import_checkpoint import import_stances
from training.stances.model import new_network as new_stance_network
from training.stances.options import RUN_FILE as STANCES_FILE
from training.stances.predict import load_runner as load_stances
from training.stances.predict import logits_of

QUESTION = "What treats fever in patients?"
CLAIM = "Does aspirin treat fever?"


def stance_run(start: Path, folder: Path) -> dict[str, torch.Tensor]:
    """Writes a run of the stance model with random weights, and returns these."""
    folder.mkdir()
    torch.manual_seed(2)
    network = new_stance_network(start, 0.0)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    network.bert.save_pretrained(folder)
    torch.save(network.state_dict(), folder / STANCES_FILE)
    for name in TOKENIZER_FILES:
        (folder / name).write_bytes((start / name).read_bytes())
    return network.state_dict()


def mixture() -> Mixture:
    return Mixture(spans=[SpanExample(QUESTION, SNIPPET, ((0, 7),), "g")] * 12)


def judged() -> StanceMixture:
    judged = [
        StanceExample(CLAIM, "Aspirin treats fever.", "", YES),
        StanceExample(CLAIM, "Cancer mutations of the gene cause fever.", "", NO),
    ]
    return StanceMixture(tiny_stances().texts, judged=40 * judged, dev={"judged": 200 * judged})


def options(**changes: object) -> ReadingOptions:
    sizes = {"found": 4, "made": 4, "attributes": 0, "trials": 0, "passages": 0}
    return ReadingOptions(**{"epochs": 12, "batch_tokens": 256, "learning_rate": 5e-3, **sizes, **changes})


def test_starts_between_the_reader_and_the_stance_model(start: Path, tmp_path: Path) -> None:
    stances = stance_run(start, tmp_path / "stances")
    torch.manual_seed(1)
    reader = new_question_network(start, 0.0).state_dict()
    torch.manual_seed(1)
    mixed = new_network(start, tmp_path / "stances", 0.25, 0.0).state_dict()
    for name, weight in mixed.items():
        if name.startswith("bert."):
            torch.testing.assert_close(weight, 0.75 * reader[name] + 0.25 * stances[name])
    torch.testing.assert_close(mixed["verdict.weight"], stances["stance.weight"])
    torch.testing.assert_close(mixed["span.weight"], reader["span.weight"])
    (tmp_path / "stances" / "vocab.txt").write_text("other\n")
    with pytest.raises(ValueError, match="different vocabularies"):
        new_network(start, tmp_path / "stances", 0.25, 0.0)


def test_an_epoch_mixes_answers_and_stances_and_repeats_itself(start: Path, tmp_path: Path) -> None:
    run = ReadingTraining(tmp_path, start, tmp_path / "run", options(), mixture(), judged())
    jobs = run.plan_epoch(0)
    assert {job.kind for job in jobs} == {"span", "stance"}
    assert [job.kind for job in jobs] == [job.kind for job in run.plan_epoch(0)]
    assert len(run.dev["judged"]) == ReadingOptions().dev_examples


def test_one_network_learns_answers_and_stances(start: Path, tmp_path: Path) -> None:
    random.seed(1)
    folder = tmp_path / "run"
    run = ReadingTraining(tmp_path, start, folder, options(), mixture(), judged())
    run.run()
    run.evaluate()
    assert run.dev_figures()["judged"]["accuracy"] == 100
    assert (folder / RUN_FILE).is_file() and "history" in json.loads((folder / "run.json").read_text())
    [reading] = read(*load_runner(folder, 1), [(QUESTION, [SNIPPET])])
    assert reading.answers[0].text == "Aspirin"
    examples = judged().judged[:2]
    assert logits_of(*load_stances(folder), examples).argmax(axis=1).tolist() == [YES, NO]
    assert TokenEncoder(folder) and load_network(folder) and np.isfinite(run.losses[-1])


def test_the_exported_graph_gives_both_and_can_be_calibrated_and_imported(
    start: Path, tmp_path: Path
) -> None:
    run, folder, plain = (tmp_path / name for name in ("run", "questions", "plain"))
    torch.manual_seed(4)
    network = new_question_network(start, 0.0).eval()
    for parameter in network.parameters():  # equal tensors would be stored once
        torch.nn.init.normal_(parameter, std=0.1)
    network.bert.save_pretrained(run)
    torch.save(network.state_dict(), run / RUN_FILE)
    for name in TOKENIZER_FILES:
        (run / name).write_bytes((start / name).read_bytes())
    export(run, plain, "fp32")
    encoder = TokenEncoder(run)
    arrays = pad([encoder.row(QUESTION, encoder.encode(SNIPPET), 0, 8)], encoder)
    rows = [arrays[name] for name in ("input_ids", "attention_mask", "token_type_ids")]
    with torch.inference_mode():
        spans, verdicts, _ = network(*map(torch.from_numpy, rows))
    found = load_runner(plain, 1)[0](*rows)
    np.testing.assert_allclose(found[0], spans, atol=1e-4)
    np.testing.assert_allclose(found[1], verdicts, atol=1e-4)
    assert found[2].shape == (1, 0)
    export(run, folder, "int8-reduced-ffn")
    write_manifest(folder, "2", None, {"calibration": {"scale": 2.0, "offset": 1.0}}, ("7b",))
    assert check_manifest(folder) == []
    manifest = read_manifest(folder)
    assert manifest["stance"]["calibration"] == {"scale": 2.0, "offset": 1.0}
    assert set(manifest["calibration"]) == {"answer", "answerable"} and "verdicts" not in manifest
    examples = judged().judged[:2]
    expected = logits_of(*load_stances(run), examples)
    np.testing.assert_allclose(logits_of(*load_stances(folder), examples), expected, atol=0.05)
    # The next run may start from what was released.
    import_stances(folder, tmp_path / "stances")
    import_questions(folder, tmp_path / "imported")
    np.testing.assert_allclose(logits_of(*load_stances(tmp_path / "stances"), examples), expected, atol=0.05)
    assert load_network(tmp_path / "imported")
