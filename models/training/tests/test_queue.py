"""The queue, with small recipes: order, trials, failures, killed processes, ``stop``, and the lock of the worker."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from training.common.folders import MODELS, read_json, write_json
from training.queue.lock import STATE, Busy, acquire, holder, queue_folder, wait_until
from training.queue.plan import NotReady, Places, read_figure, read_queue
from training.queue.recipe import RECIPES, Figure, RecipeError, read_recipe
from training.queue.status import as_table, duration, figures_of, report
from training.queue.worker import Worker

#: This program replaces ``python -m training``. It writes a file, prints, fails, or counts slowly with a checkpoint.
PROGRAM = """
import json, signal, sys, time
from pathlib import Path
_, _, what, output, *rest = sys.argv[1:]
output = Path(output)
if what == "write":
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(" ".join(rest))
elif what == "say":
    print(*rest)
elif what == "fail":
    sys.exit("the corpus is missing")
elif what == "count":
    output.mkdir(parents=True, exist_ok=True)
    checkpoint, asked = output / "checkpoint.pt", []
    signal.signal(signal.SIGTERM, lambda *_: asked.append(1))
    step = int(checkpoint.read_text()) if "--resume" in rest else 0
    (output / "begun.txt").open("a").write(f"{step}\\n")
    while step < int(rest[0]):
        time.sleep(0.02)
        step += 1
        # The checkpoint is written to another file and renamed, so that a killed job leaves a complete one.
        (output / "checkpoint.part").write_text(str(step))
        (output / "checkpoint.part").replace(checkpoint)
        if asked:
            sys.exit(75)
"""
WORKER = """
import sys
from pathlib import Path
from training.queue.lock import acquire
from training.queue.plan import Places
from training.queue.worker import Worker
runs, recipes, program = map(Path, sys.argv[1:])
Worker(Places(runs), acquire(runs), folder=recipes, program=(sys.executable, str(program))).work()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return path


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "runs", corpora="/corpora")


def write_recipes(folder: Path, **recipes: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in recipes.items():
        (folder / f"{name}.toml").write_text(f'description = "{name}"\n{text}')
    (folder / "queue.toml").write_text("".join(f'[[recipe]]\nname = "{name}"\n' for name in recipes))
    return folder


def step(name: str, *command: str, output: str = "", more: str = "") -> str:
    listed = ", ".join(f'"{argument}"' for argument in command)
    return f'[[step]]\nname = "{name}"\ncommand = [{listed}]\noutput = "{output or name}"\n{more}\n'


def candidate(name: str, value: float) -> str:
    found = json.dumps(json.dumps({"history": [{"epoch": 1, "A": {"f1": value}, "B": {"f1": value + 2}}]}))
    return (
        f'[[step.candidate]]\nname = "{name}"\noutput = "trial-{name}"\n'
        f'command = ["write", "${{output}}", {found}]\n'
    )


TRIAL = (
    '[[step]]\nname = "trial"\nfigure = { file = "run.json", key = "history.-1.*.f1" }\n'
    + candidate("small", 70.5)
    + candidate("large", 80.5)
)


def work(places: Places, recipes: Path, program: Path) -> int:
    descriptor = acquire(places.runs)
    try:
        return Worker(places, descriptor, folder=recipes, program=(sys.executable, str(program))).work()
    finally:
        os.close(descriptor)


@pytest.fixture
def started(places: Places, program: Path, tmp_path: Path) -> Iterator:
    """Starts a worker in a separate process and ends it after the test."""
    workers: list[subprocess.Popen] = []

    def start(recipes: Path) -> subprocess.Popen:
        command = [sys.executable, "-c", WORKER, *map(str, (places.runs, recipes, program))]
        workers.append(subprocess.Popen(command, cwd=MODELS))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def running_job(places: Places) -> int:
    """Waits until a job has counted some steps. Returns its process number."""
    assert wait_until(lambda: (places.runs / "long" / "checkpoint.pt").is_file(), 60)
    assert wait_until(lambda: bool((read_json(places.runs / "queue" / STATE) or {}).get("running")), 60)
    return read_json(places.runs / "queue" / STATE)["running"]["pid"]


def test_runs_each_step_once_and_in_order(places: Places, program: Path, tmp_path: Path) -> None:
    recipes = write_recipes(
        tmp_path / "recipes",
        tagger=step("first", "write", "${output}", "${starts.small}")
        + step("second", "write", "${output}", "${steps.first.output}", "${corpora}"),
        starts=step("small", "write", "${output}", "start") + step("unused", "write", "${output}"),
    )
    assert work(places, recipes, program) == 0
    assert (places.runs / "first").read_text() == str(places.runs / "small")
    assert (places.runs / "second").read_text() == f"{places.runs / 'first'} /corpora"
    written = (places.runs / "first").stat().st_mtime_ns
    assert work(places, recipes, program) == 0
    assert (places.runs / "first").stat().st_mtime_ns == written
    (places.runs / "first").unlink()
    assert read_queue(places, recipes).next_job().name == "tagger/first"


def test_a_recipe_includes_the_steps_that_it_needs(places: Places, tmp_path: Path) -> None:
    queue = read_queue(
        places,
        write_recipes(
            tmp_path / "recipes",
            starts=step("small", "write", "${output}") + step("large", "write", "${output}"),
            tagger=step("first", "write", "${output}", "${starts.small}"),
            other=step("alone", "x"),
        ),
    )
    assert [s.id for s in queue.closure(["tagger"])] == ["starts/small", "tagger/first"]


def test_a_higher_priority_overrides_the_order_in_the_file(places: Places, tmp_path: Path) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=step("one", "x"), b=step("two", "x"))
    (recipes / "queue.toml").write_text('[[recipe]]\nname = "a"\n[[recipe]]\nname = "b"\npriority = 1\n')
    assert [recipe.name for recipe in read_queue(places, recipes).recipes] == ["b", "a"]


def test_a_failed_step_stops_only_its_own_recipe(places: Places, program: Path, tmp_path: Path) -> None:
    recipes = write_recipes(
        tmp_path / "recipes",
        broken=step("bad", "fail", "-") + step("after", "write", "${output}"),
        sound=step("good", "write", "${output}", "fine"),
    )
    assert work(places, recipes, program) == 1
    assert (places.runs / "good").is_file() and not (places.runs / "after").exists()
    found = report(read_queue(places, recipes))
    states = {row["job"]: row["state"] for row in found["jobs"]}
    assert states == {"broken/bad": "failed", "broken/after": "waiting", "sound/good": "done"}
    assert "broken/bad failed: exit status 1\n" in as_table(found)
    assert "    the corpus is missing" in as_table(found)
    assert found["next"] == "broken/bad"
    (recipes / "broken.toml").write_text('description = "mended"\n' + step("bad", "write", "${output}"))
    assert work(places, recipes, program) == 0


def test_a_step_fails_if_its_command_writes_no_output(places: Places, program: Path, tmp_path: Path) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=step("lost", "write", "${runs}/elsewhere"))
    assert work(places, recipes, program) == 1
    assert "correct the output of the step" in as_table(report(read_queue(places, recipes)))


def test_stores_the_printed_text_as_the_output(places: Places, program: Path, tmp_path: Path) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=step("said", "say", "-", "F1 80", more="printed = true"))
    assert work(places, recipes, program) == 0
    assert (places.runs / "said").read_text() == "F1 80\n"


def test_later_steps_use_the_best_candidate(places: Places, program: Path, tmp_path: Path) -> None:
    recipes = write_recipes(
        tmp_path / "recipes", a=TRIAL + step("next", "write", "${output}", "${best.trial}")
    )
    queue = read_queue(places, recipes)
    with pytest.raises(NotReady):
        queue.command(queue.steps["a/next"].jobs[0])
    assert work(places, recipes, program) == 0
    assert (places.runs / "next").read_text() == str(places.runs / "trial-large")
    rows = {row["step"]: row for row in report(queue)["jobs"]}
    assert (rows["trial/small"]["figure"], rows["trial/large"]["figure"]) == (71.5, 81.5)
    assert rows["trial/large"]["won"] and not rows["trial/small"]["won"]
    assert "done, winner" in as_table(report(queue))


def test_the_lowest_figure_wins_and_gives_its_own_value(
    places: Places, program: Path, tmp_path: Path
) -> None:
    trial = TRIAL.replace('f1" }', 'f1", best = "lowest" }').replace(
        'name = "small"\n', 'name = "small"\ngives = "minilm"\n'
    )
    recipes = write_recipes(
        tmp_path / "recipes", a=trial + step("next", "write", "${output}", "${best.trial}")
    )
    assert work(places, recipes, program) == 0
    assert (places.runs / "next").read_text() == "minilm"


def test_a_candidate_without_its_figure_fails(places: Places, program: Path, tmp_path: Path) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=TRIAL.replace("*.f1", "*.recall"))
    assert work(places, recipes, program) == 2
    assert "has no number at history.-1.*.recall" in as_table(report(read_queue(places, recipes)))


def test_a_star_in_a_key_takes_the_mean_over_all_entries(tmp_path: Path) -> None:
    write_json(tmp_path / "probes.json", {"entities": {"1": {"A": 60, "B": 70}, "2": {"A": 80}}})
    assert read_figure(tmp_path, Figure("probes.json", "entities.*.*")) == 70
    assert read_figure(tmp_path, Figure("probes.json", "entities.1.B")) == 70


def test_a_killed_step_resumes_from_its_checkpoint(
    places: Places, program: Path, tmp_path: Path, started
) -> None:
    recipes = write_recipes(
        tmp_path / "recipes", a=step("long", "count", "${output}", "400", more="resumable = true")
    )
    worker = started(recipes)
    os.kill(running_job(places), signal.SIGKILL)
    worker.wait(timeout=60)
    found = report(read_queue(places, recipes))
    assert found["jobs"][0]["state"] == "failed" and "killed by SIGKILL" in found["jobs"][0]["error"]
    reached = int((places.runs / "long" / "checkpoint.pt").read_text())
    (recipes / "a.toml").write_text((recipes / "a.toml").read_text().replace("400", str(reached + 5)))
    assert work(places, recipes, program) == 0
    assert (places.runs / "long" / "begun.txt").read_text().split() == ["0", str(reached)]


def test_no_worker_starts_while_the_job_of_a_killed_worker_runs(
    places: Places, program: Path, tmp_path: Path, started
) -> None:
    recipes = write_recipes(
        tmp_path / "recipes", a=step("long", "count", "${output}", "4000", more="resumable = true")
    )
    worker = started(recipes)
    job = running_job(places)
    worker.kill()
    worker.wait()
    with pytest.raises(Busy):
        acquire(places.runs)
    assert holder(places.runs) == job
    assert train("stop", places, recipes).returncode == 0
    assert holder(places.runs) is None
    assert read_queue(places, recipes).command(read_queue(places, recipes).next_job())[-1] == "--resume"


def test_stop_waits_until_the_job_has_written_its_checkpoint(
    places: Places, program: Path, tmp_path: Path, started
) -> None:
    recipes = write_recipes(
        tmp_path / "recipes",
        a=step("long", "count", "${output}", "4000", more="resumable = true")
        + step("after", "write", "${output}"),
    )
    worker = started(recipes)
    running_job(places)
    busy = train("train", places, recipes)
    assert busy.returncode == 0 and f"already running (process {worker.pid})" in busy.stdout
    shown = json.loads(train("status", places, recipes, "--json").stdout)
    assert shown["worker"] == worker.pid and shown["jobs"][0]["state"] == "running"
    assert shown["next"] == "a/after"
    assert "stopped after" in train("stop", places, recipes).stdout
    assert worker.wait(timeout=30) == 0
    found = report(read_queue(places, recipes))
    assert found["worker"] is None and [row["state"] for row in found["jobs"]] == ["waiting", "waiting"]
    assert found["next"] == "a/long"
    assert "not running" in train("stop", places, recipes).stdout


def test_train_reports_a_worker_that_fails_beside_the_number_of_a_killed_one(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=step("done", "write", "${output}"))
    home = places.runs / "queue"
    home.mkdir(parents=True)
    (home / "pid").write_text("1\n")
    # A worker cannot start with a core that the machine does not have.
    begun = train("train", places, recipes, "--core", "9999")
    assert begun.returncode == 1 and "has ended with status" in begun.stderr


def train(command: str, places: Places, recipes: Path, *more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "training",
            command,
            "--runs",
            str(places.runs),
            "--recipes",
            str(recipes),
            *more,
        ],
        cwd=MODELS,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_stale_process_number_does_not_block_a_worker(
    places: Places, program: Path, tmp_path: Path
) -> None:
    home = queue_folder(places.runs)
    (home / "pid").write_text("1\n")
    write_json(home / STATE, {"running": {"job": "a/one", "pid": 1, "since": 0}, "failed": {}})
    recipes = write_recipes(tmp_path / "recipes", a=step("one", "write", "${output}"))
    assert holder(places.runs) is None
    assert report(read_queue(places, recipes))["jobs"][0]["state"] == "waiting"
    assert work(places, recipes, program) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            step("one", "x", "${nowhere}"),
            r"a/one: unknown placeholder \$\{nowhere\}; known placeholders: \$\{output\}",
        ),
        (
            step("one", "x", "${steps.two.output}") + step("two", "x"),
            "a/one refers to a/two, which comes later",
        ),
        (
            step("one", "x", more="outptu = 1"),
            "a.toml, step one: unknown field outptu; known fields: candidate|command",
        ),
        (step("one", "x", more='needs = ["b"]'), "a/one needs b, which does not exist; write recipe/step"),
        (step("one", "x") + step("one", "x", output="two"), "two steps are named one; rename one"),
        (step("one", "x") + step("two", "x", output="one"), "a/two and a/one have the same output"),
        (step("one", "x", output="/one"), "output must be a path under the folder of the runs"),
        (step("One", "x"), "may contain only lower-case letters"),
        ('[[step]]\nname = "one"\noutput = "one"\n', "command must be a list of strings"),
        (TRIAL.replace("figure", "#"), "a trial needs figure"),
        ("", "has no step"),
        ("[[step", "is not valid TOML"),
    ],
)
def test_explains_how_to_correct_a_mistake_in_a_recipe(
    places: Places, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(RecipeError, match=message):
        read_queue(places, write_recipes(tmp_path / "recipes", a=text))


def test_refuses_recipes_that_need_each_other(places: Places, tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="needs itself"):
        read_queue(
            places,
            write_recipes(
                tmp_path / "recipes", a=step("one", "x", "${b.two}"), b=step("two", "x", "${a.one}")
            ),
        )


def test_names_the_environment_variable_that_is_missing(tmp_path: Path) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=step("one", "x", "${wheel}"))
    queue = read_queue(Places(tmp_path), recipes)
    with pytest.raises(RecipeError, match="set the environment variable BIOBERT_WHEEL"):
        queue.command(queue.next_job())


def test_status_shows_the_progress_of_a_run(places: Places, tmp_path: Path) -> None:
    recipes = write_recipes(tmp_path / "recipes", a=step("one", "x"))
    write_json(
        places.runs / "one" / "progress.json",
        {
            "step": 120,
            "total": 600,
            "minutes": 12.5,
            "minutesLeft": 130.0,
            "tokensPerSecond": 602.4,
            "dev": {"epoch": 1, "step": 100, "BC2GM": {"precision": 1.0, "f1": 81.25}},
        },
    )
    lines = as_table(report(read_queue(places, recipes))).splitlines()
    assert lines[1].split() == ["a", "one", "stopped", "120/600", "602", "12.5", "BC2GM", "81.25"]
    assert lines[-1] == "next: a/one"
    assert duration(130) == "2 h 10" and duration(45) == "45 min"
    assert figures_of({"abstracts": 7.123456}) == "abstracts 7.123"


def test_the_queue_needs_no_pytorch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOBERT_RUNS", str(tmp_path))
    code = (
        "import sys; from training.__main__ import main\n"
        "try: main([{}])\nexcept SystemExit: pass\n"
        "assert not {{'torch', 'numpy', 'onnx', 'transformers'}} & set(sys.modules)"
    )
    for arguments in ("'--help'", "'status'", "'train', '--help'"):
        subprocess.run(
            [sys.executable, "-c", code.format(arguments)], cwd=MODELS, check=True, capture_output=True
        )


def test_the_command_line_accepts_every_command_of_the_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOBERT_CORPORA", "/corpora")
    from training.__main__ import parser

    queue = read_queue(Places(Path("/runs"), corpora="/corpora", wheel="/wheel"))
    listed = {recipe.name for recipe in queue.recipes}
    assert listed == {path.stem for path in RECIPES.glob("*.toml")} - {"queue"}
    command_line = parser()
    for queue_step in queue.steps.values():
        for job in queue_step.jobs:
            args = command_line.parse_args(queue.command(job, assumed=True))
            assert not job.resumable or hasattr(args, "resume"), job.name
            texts = " ".join(job.command)
            assert job.printed or "${output}" in texts or "${runs}" in texts, job.name


@pytest.mark.parametrize("recipe", sorted({p.stem for p in RECIPES.glob("*.toml")} - {"queue"}))
def test_every_recipe_has_a_description(recipe: str) -> None:
    assert len(read_recipe(RECIPES / f"{recipe}.toml").description) > 10


def test_the_background_queue_runs_a_recipe_to_its_release(
    start: Path, corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOBERT_CORPORA", str(corpora))
    tune = [
        "tagger-train",
        "--start",
        str(start),
        "--output",
        "${output}",
        "--corpora",
        "NCBI-disease",
        "BC5CDR",
        "BC2GM",
        "--epochs",
        "2",
        "--batch-tokens",
        "64",
        "--max-length",
        "32",
        "--eval-epochs",
        "1",
    ]
    recipes = write_recipes(
        tmp_path / "recipes",
        tagger=step("tune", *tune, more="resumable = true")
        + step(
            "release",
            "tagger-export",
            "${steps.tune.output}",
            "--precision",
            "int8-reduced",
            "--output",
            "${output}",
        )
        + step("check", "check", "${steps.release.output}", more="printed = true"),
    )
    places = Places(tmp_path / "runs", corpora=str(corpora))
    begun = train("train", places, recipes)
    assert begun.returncode == 0, begun.stderr
    assert begun.stdout.startswith("started: process ")
    assert wait_until(lambda: holder(places.runs) is None, 900)
    found = report(read_queue(places, recipes))
    log = (places.runs / "queue" / "log.txt").read_text()
    assert [row["state"] for row in found["jobs"]] == ["done"] * 3, log
    assert (places.runs / "check").read_text() == "release: all files match the manifest\n"
    progress = found["jobs"][0]["progress"]
    assert progress["step"] == progress["total"] and progress["share"] == 1.0
    assert progress["tokensPerSecond"] > 0 and progress["loss"] > 0
    assert any("f1" in value for value in progress["dev"].values() if isinstance(value, dict))
    assert progress["arithmetic"] == {"attention": "sdpa", "precision": "float32", "tokens_per_second": {}}
    assert read_json(places.runs / "tune" / "run.json")["arithmetic"] == progress["arithmetic"]
