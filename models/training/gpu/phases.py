"""The phases of the job. Each is a function of the job's folder and of the seconds that it may take."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from transformers import BertConfig, BertForMaskedLM, BertModel

from .arrays import load_half, read_arrays
from .corpus import unpack_corpus
from .job import PLAIN
from .options import Scale, Task, scale_from_json
from .pack import CORPUS, SETTINGS, START, plan_name
from .plans import Plan
from .pretrain import Choice, DevicePretraining, head_training, pretraining, probe
from .results import ENCODER, encoder_report, write_encoder_result, write_task_result
from .tasks import averaged_state, heads_of, stored_run

log = logging.getLogger(__name__)
WEIGHTS = "model.safetensors"
#: Speed that is assumed if the probe failed, in tokens per second.
_ASSUMED_SPEED = 300_000.0


class Phase(NamedTuple):
    """A phase. ``share``: its weight when the remaining time is divided between the remaining phases. ``run``: its
    function; the argument is the time that it may take, in seconds."""

    name: str
    share: float
    run: Callable[[float], None]


def read_scale(work: Path) -> Scale:
    """The settings that came with the bundles."""
    return scale_from_json(json.loads((work / SETTINGS).read_text()))


def phases_of(work: Path) -> list[Phase]:
    """Returns all phases in their order."""
    scale = read_scale(work)
    rest = 1 - scale.probe - scale.pretrain
    return [
        Phase("prepare", 0.03, partial(_prepare, work)),
        Phase("probe", scale.probe, partial(_probe, work, scale)),
        Phase("head", 0.03, partial(_head, work, scale)),
        Phase(ENCODER, scale.pretrain, partial(_pretrain, work, scale)),
        *(Phase(task.name, rest * task.share, partial(_task, work, task)) for task in scale.tasks),
    ]


def _prepare(work: Path, seconds: float) -> None:
    """Writes start and corpus in the layout that the training code reads."""
    start = work / "start"
    arrays, meta = read_arrays(work / START)
    config = BertConfig.from_pretrained(start)
    config.type_vocab_size = meta["token_types"]
    model = BertForMaskedLM(config) if meta["head"] else BertModel(config, add_pooling_layer=False)
    load_half(model, arrays)
    model.save_pretrained(start)
    unpack_corpus(work / CORPUS, work / "packed")


def _probe(work: Path, scale: Scale, seconds: float) -> None:
    scale = replace(scale, compile=scale.compile and not (work / PLAIN).exists())
    choice = probe(work / "packed", work / "start", work / "unused", scale, seconds)
    (work / "choice.json").write_text(json.dumps(choice._asdict()))


def _choice(work: Path, scale: Scale) -> Choice:
    path = work / "choice.json"
    if not path.is_file():
        return Choice(scale.batches[0], False, _ASSUMED_SPEED)
    choice = Choice(**json.loads(path.read_text()))
    return choice._replace(compiled=choice.compiled and not (work / PLAIN).exists())


def _head(work: Path, scale: Scale, seconds: float) -> None:
    run = head_training(work / "packed", work / "start", work / "head", scale, seconds)
    if run.restore():
        run.allow(seconds)
    run.run()


def _pretrain(work: Path, scale: Scale, seconds: float) -> None:
    out, choice, begun = work / ENCODER, _choice(work, scale), time.monotonic()

    def train(choice: Choice, seconds: float) -> DevicePretraining:
        run = pretraining(work / "packed", _first_trained(work, "head"), out, scale, choice, seconds)
        if run.restore():
            run.allow(seconds)
        run.run()
        return run

    try:
        run = train(choice, seconds)
    except Exception:
        if not choice.compiled:
            raise
        log.exception("the compiled run failed: the phase continues without the compiler")
        (work / PLAIN).touch()
        run = train(choice._replace(compiled=False), seconds - (time.monotonic() - begun))
    write_encoder_result(work, run.model.state_dict(), {"report": encoder_report(out)})


def _task(work: Path, task: Task, seconds: float) -> None:
    out, start = work / task.name, _first_trained(work, ENCODER, "head")
    if task.start and (work / task.start / WEIGHTS).is_file():
        start = work / task.start
    run = stored_run(task, start, out)
    run.allow(seconds)
    if run.restore():
        run.allow(seconds)
    run.follow(Plan(work / plan_name(task), run.device))
    run.finish()
    report = {
        "options": asdict(run.options),
        "start": start.name,
        "steps": run.step,
        "seconds": round(run.spent, 1),
    }
    write_task_result(
        work, task.name, averaged_state(run), {"kind": task.kind, "heads": heads_of(run), "report": report}
    )


def _first_trained(work: Path, *names: str) -> Path:
    """The first of these folders that contains weights, otherwise the start."""
    return next((work / n for n in names if (work / n / WEIGHTS).is_file()), work / "start")
