"""Exports a run to the folder of a question model whose only graph gives answers and stances."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..questions.export import ANSWERS_TRAINED_ON
from ..questions.export import export as export_questions
from ..questions.export import write_manifest as write_questions_manifest
from ..questions.predict import OUTPUTS as QUESTION_OUTPUTS
from ..stances.export import STARTING_POINT, write_calibration
from ..stances.predict import OUTPUT
from .model import ReadingNetwork

#: Outputs of the graph. Embeddings have a graph of their own.
OUTPUTS = (QUESTION_OUTPUTS[0], OUTPUT)


def export(run: Path, output: Path, precision: str) -> Path:
    """Writes ``model.onnx`` in ``precision``, with config and tokenizer, to ``output``. Returns the path of the
    graph."""
    return export_questions(run, output, precision, ReadingNetwork, OUTPUTS)


def write_manifest(
    folder: Path, version: str, answers: Mapping | None, stances: Mapping | None, leave_out: Sequence[str]
) -> None:
    """Writes ``biobert.json``. ``answers``, ``stances``: the reports of ``questions-calibrate`` and
    ``stances-calibrate``; None: not calibrated."""
    write_questions_manifest(
        folder, version, answers, leave_out, starting_point=STARTING_POINT, trained_on=ANSWERS_TRAINED_ON
    )
    write_calibration(folder, stances)
