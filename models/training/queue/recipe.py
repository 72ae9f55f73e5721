"""Recipes: ordered lists of the steps that make a model, read from TOML files.

A file in ``recipes/`` contains one recipe; ``queue.toml`` lists the recipes in their order::

    description = "The tagger"

    [[step]]
    name = "first"
    command = ["tagger-train", "--start", "${starts.bge-small}", "--output", "${output}"]
    output = "tagger/first"        # under the folder of the runs
    resumable = true               # adds --resume if the output contains a checkpoint

    [[step]]                       # a trial: the candidate with the best dev figure wins
    name = "rate"                  # later steps use the output of the winner as ${best.rate}
    figure = { file = "run.json", key = "history.-1.*.f1", best = "highest" }

    [[step.candidate]]
    name = "slow"
    command = ["tagger-train", "--learning-rate", "1e-4", "--output", "${output}"]
    output = "tagger/rate-slow"
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

RECIPES = Path(__file__).resolve().parents[1] / "recipes"
QUEUE_FILE = "queue.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_TOP = {"description", "step"}
_JOB = {"name", "command", "output", "needs", "resumable", "printed"}
_TRIAL = {"name", "needs", "figure", "candidate"}
_CANDIDATE = _JOB - {"needs"} | {"gives"}
_FIGURE = {"file", "key", "best"}


class RecipeError(ValueError):
    """A recipe has a mistake. The message names the file and says what to change."""


@dataclass(frozen=True)
class Figure:
    """The place of a dev figure: ``file`` is a JSON file in the output of the candidate, ``key`` a path in that file.

    The parts of ``key`` are separated by dots. A part is a name, an index in a list (``-1``: the last entry), or
    ``*``, which takes the mean over all entries. ``best``: ``highest`` or ``lowest``.
    """

    file: str
    key: str
    best: str = "highest"


@dataclass(frozen=True)
class Job:
    """The command of a step or of one candidate.

    ``command``: arguments of ``python -m training``. ``output``: a file or folder under the folder of the runs.
    ``resumable``: whether ``--resume`` is added if the output contains a checkpoint. ``printed``: whether the text that
    the command prints is the output. ``gives``: the value of ``${best.STEP}`` if this candidate wins; default: its
    output.
    """

    recipe: str
    step: str
    candidate: str
    command: tuple[str, ...]
    output: str
    resumable: bool = False
    printed: bool = False
    gives: str = "${output}"

    @property
    def name(self) -> str:
        """``recipe/step`` or ``recipe/step/candidate``."""
        return "/".join(filter(None, (self.recipe, self.step, self.candidate)))


@dataclass(frozen=True)
class Step:
    """A step of a recipe: one job, or a trial with several candidates and a ``figure``.

    ``needs``: steps of other recipes (as ``recipe/step``), in addition to those that placeholders name.
    """

    recipe: str
    name: str
    jobs: tuple[Job, ...]
    needs: tuple[str, ...] = ()
    figure: Figure | None = None

    @property
    def id(self) -> str:
        """``recipe/step``."""
        return f"{self.recipe}/{self.name}"


@dataclass(frozen=True)
class Recipe:
    """All steps that make one model. ``priority``: recipes with a higher priority run first."""

    name: str
    description: str
    steps: tuple[Step, ...]
    priority: int = 0


def read_recipe(path: Path, priority: int = 0) -> Recipe:
    """Reads the recipe in ``path``. Raises :class:`RecipeError` for an unknown or missing field."""
    table = read_toml(path)
    _check_fields(table, _TOP, path.name)
    steps = tuple(_step(path, number, entry) for number, entry in enumerate(table.get("step", ()), 1))
    if not steps:
        raise RecipeError(f"{path.name}: the recipe has no step; add a [[step]] table")
    _check_unique([step.name for step in steps], f"{path.name}: two steps are named")
    return Recipe(path.stem, _required_text(table, "description", path.name), steps, priority)


def read_toml(path: Path) -> dict:
    """Reads a TOML file. Raises :class:`RecipeError` if it is missing or not valid TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecipeError(f"{path} is missing: create it, or remove its name from {QUEUE_FILE}") from None
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{path.name} is not valid TOML: {error}") from None


def _step(path: Path, number: int, entry: Mapping) -> Step:
    where = f"{path.name}, step {number}"
    name = _name(entry, where)
    where = f"{path.name}, step {name}"
    needs = tuple(entry.get("needs", ()))
    if "candidate" not in entry:
        _check_fields(entry, _JOB, where)
        return Step(path.stem, name, (_job(path.stem, name, "", entry, where),), needs)
    _check_fields(entry, _TRIAL, where)
    jobs = []
    for candidate in entry["candidate"]:
        inner = f"{where}, candidate {_name(candidate, where)}"
        _check_fields(candidate, _CANDIDATE, inner)
        jobs.append(_job(path.stem, name, candidate["name"], candidate, inner))
    _check_unique([job.candidate for job in jobs], f"{where}: two candidates are named")
    return Step(path.stem, name, tuple(jobs), needs, _figure(entry, where))


def _job(recipe: str, step: str, candidate: str, entry: Mapping, where: str) -> Job:
    command = entry.get("command")
    if not isinstance(command, list) or not command or not all(isinstance(a, str) for a in command):
        raise RecipeError(f'{where}: command must be a list of strings, such as ["check", "${{output}}"]')
    output = _required_text(entry, "output", where)
    if PurePosixPath(output).is_absolute() or ".." in PurePosixPath(output).parts or "${" in output:
        raise RecipeError(
            f"{where}: output must be a path under the folder of the runs, such as {recipe}/{step}"
        )
    return Job(
        recipe,
        step,
        candidate,
        tuple(command),
        output,
        bool(entry.get("resumable", False)),
        bool(entry.get("printed", False)),
        entry.get("gives", "${output}"),
    )


def _figure(entry: Mapping, where: str) -> Figure:
    table = entry.get("figure")
    if not isinstance(table, dict):
        raise RecipeError(f'{where}: a trial needs figure = {{ file = "run.json", key = "history.-1.*.f1" }}')
    _check_fields(table, _FIGURE, f"{where}, figure")
    figure = Figure(
        _required_text(table, "file", where),
        _required_text(table, "key", where),
        table.get("best", "highest"),
    )
    if figure.best not in ("highest", "lowest"):
        raise RecipeError(f'{where}: best must be "highest" or "lowest"')
    return figure


def _check_fields(entry: Mapping, known: set[str], where: str) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise RecipeError(f"{where}: unknown field {unknown[0]}; known fields: {', '.join(sorted(known))}")


def _required_text(entry: Mapping, field: str, where: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value:
        raise RecipeError(f"{where}: add {field}, a string")
    return value


def _name(entry: Mapping, where: str) -> str:
    name = _required_text(entry, "name", where)
    if not _NAME.fullmatch(name):
        raise RecipeError(f"{where}: name {name} may contain only lower-case letters, digits and hyphens")
    return name


def _check_unique(names: list[str], problem: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise RecipeError(f"{problem} {name}; rename one")
