"""The worker: runs the jobs of the queue one after the other, each in a separate process.

If a job fails, the worker stores the error and the last lines that the job printed. A failed job stops only its own
recipe, and the next ``train`` tries it again.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from ..common.folders import MODELS, write_json
from .lock import LOG, PID, STATE, queue_folder
from .plan import NotReady, Places, read_figure, read_queue
from .recipe import RECIPES, Job, RecipeError

log = logging.getLogger(__name__)
PROGRAM = (sys.executable, "-m", "training")
#: Exit status of a run that wrote its checkpoint and ended after SIGTERM (see ``common/run.py``).
STOPPED = 75
#: Seconds that a job may take to write its checkpoint before it is killed.
PATIENCE = 600
#: Number of the last lines of a log that are stored with a failure.
TAIL = 12


class Worker:
    """Runs the queue until no job can run any more, or until SIGTERM.

    ``descriptor``: file descriptor of the lock, which jobs inherit. ``recipes``: names of the recipes to run; default:
    all. ``folder``: folder of the recipes. ``program``: the program to which the commands of the recipes are passed.
    """

    def __init__(
        self,
        places: Places,
        descriptor: int,
        recipes: list[str] | None = None,
        threads: int = 1,
        folder: Path = RECIPES,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self.places, self.recipes, self.threads, self.folder = places, recipes, threads, folder
        self._program = program
        self.queue = read_queue(places, folder)
        self._descriptor = descriptor
        self._home = queue_folder(places.runs)
        self._failed: dict[str, dict] = {}
        self._stopped: set[str] = set()
        self._child: subprocess.Popen | None = None
        self._stop_by: float | None = None

    def work(self) -> int:
        """Runs jobs. Returns the number of jobs that failed."""
        (self._home / PID).write_text(f"{os.getpid()}\n")
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._write_state(None)
            while self._stop_by is None and (job := self._next()) is not None:
                self._run(job)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self._write_state(None, ended=time.time())
            (self._home / PID).unlink(missing_ok=True)
        if self._stop_by is not None:
            log.info("stopped")
        else:
            log.info("no job is left that can run; %d failed", len(self._failed))
        return len(self._failed)

    def _next(self) -> Job | None:
        try:  # Recipes may be edited while the worker runs.
            self.queue = read_queue(self.places, self.folder)
        except RecipeError as error:
            log.error("the edited recipes have a mistake, the old ones are used: %s", error)
        return self.queue.next_job(self.recipes, frozenset({*self._failed, *self._stopped}))

    def _run(self, job: Job) -> None:
        begun = time.time()
        path = log_file(self.places.runs, job)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.queue.output(job).parent.mkdir(parents=True, exist_ok=True)
        try:
            arguments = self.queue.command(job)
            log.info("%s: python -m training %s", job.name, " ".join(arguments))
            code = self._execute(job, arguments, path)
            if (self._stop_by is not None and code != 0) or code == STOPPED:
                log.info("%s: stopped; the next train continues it", job.name)
                self._stopped.add(job.name)
                return
            if code:
                raise ValueError(_exit_message(code))
            self._finish(job, (time.time() - begun) / 60)
        except (ValueError, OSError, NotReady) as error:
            self._fail(job, str(error), path)

    def _execute(self, job: Job, arguments: Sequence[str], path: Path) -> int:
        """Runs the command to its end. Returns its exit status. ``path``: the file for the text that it prints."""
        command = [*self._program, "--threads", str(self.threads), *arguments]
        environment = {
            **os.environ,
            "BIOBERT_RUNS": str(self.places.runs),
            "PYTHONUNBUFFERED": "1",
            "OMP_NUM_THREADS": str(self.threads),
            **({"BIOBERT_CORPORA": self.places.corpora} if self.places.corpora else {}),
        }
        printed = self.queue.output(job).with_name(f"{self.queue.output(job).name}.new")
        with (
            path.open("ab") as errors,
            (printed if job.printed else path).open("wb" if job.printed else "ab") as output,
        ):
            errors.write(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')} {' '.join(arguments)}\n".encode())
            errors.flush()
            self._child = self._start(command, environment, output, errors)
        if self._stop_by is not None:  # The signal came before the job was started.
            self._child.send_signal(signal.SIGTERM)
        self._write_state(job)
        code = self._wait(self._child)
        self._child = None
        self._write_state(None)
        if job.printed and code == 0:
            os.replace(printed, self.queue.output(job))
        return code

    def _start(
        self, command: Sequence[str], environment: Mapping[str, str], output: BinaryIO, errors: BinaryIO
    ) -> subprocess.Popen:
        return subprocess.Popen(
            command,
            cwd=MODELS,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
            pass_fds=(self._descriptor,),
        )

    def _wait(self, child: subprocess.Popen) -> int:
        while True:
            try:
                return child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                if self._stop_by is not None and time.time() > self._stop_by:
                    log.warning("the job did not end within %d s and is killed", PATIENCE)
                    child.kill()

    def _finish(self, job: Job, minutes: float) -> None:
        output = self.queue.output(job)
        if not output.exists():
            raise ValueError(f"the command did not write {output}: correct the output of the step")
        mark: dict[str, object] = {
            "command": list(job.command),
            "minutes": round(minutes, 1),
            "ended": time.time(),
        }
        step = self.queue.steps[f"{job.recipe}/{job.step}"]
        if step.figure is not None:
            mark["figure"] = round(read_figure(output, step.figure), 3)
        write_json(self.queue.mark_file(job), mark)
        log.info("%s: done after %.1f minutes", job.name, minutes)
        if step.figure is not None and self.queue.step_done(step):
            log.info("%s: the winner is %s", step.id, self.queue.winner(step).candidate)

    def _fail(self, job: Job, error: str, path: Path) -> None:
        lines = path.read_text(errors="replace").splitlines()[-TAIL:] if path.is_file() else []
        self._failed[job.name] = {"error": error, "time": time.time(), "lines": lines}
        log.error("%s failed: %s\n%s", job.name, error, "\n".join(f"    {line}" for line in lines))
        self._write_state(None)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Handles a signal: asks the running job to write its checkpoint and to end."""
        if self._stop_by is None:
            self._stop_by = time.time() + PATIENCE
        if self._child is not None and self._child.returncode is None:
            self._child.send_signal(signal.SIGTERM)

    def _write_state(self, job: Job | None, **more: object) -> None:
        running = None
        if job is not None and self._child is not None:
            running = {"job": job.name, "pid": self._child.pid, "since": time.time()}
        write_json(
            self._home / STATE,
            {
                "worker": os.getpid(),
                "recipes": self.recipes,
                "running": running,
                "failed": self._failed,
                **more,
            },
        )


def log_file(runs: Path, job: Job) -> Path:
    """Returns the log of a job: the output of all its attempts, one after the other."""
    return queue_folder(runs) / "logs" / f"{job.name.replace('/', '.')}.txt"


def _exit_message(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    return f"killed by {signal.Signals(-code).name}" + (
        " (out of memory?)" if code == -signal.SIGKILL else ""
    )


def log_to_file(runs: Path) -> None:
    """Also writes the log of the worker to ``runs/queue/log.txt``, unless standard error is that file already."""
    path = queue_folder(runs) / LOG
    path.touch()
    if not os.path.samestat(os.fstat(sys.stderr.fileno()), path.stat()):
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        logging.getLogger("training").addHandler(handler)
