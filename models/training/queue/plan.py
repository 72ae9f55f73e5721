"""The queue of all recipes: replaces placeholders, and finds finished jobs, winning candidates and the next job.

A job is done if its output exists and, beside it, ``OUTPUT.done.json``, which the worker writes after the
command has succeeded. To run a job again, delete one of the two.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from ..common.folders import MODELS, read_json, runs_folder
from .recipe import QUEUE_FILE, RECIPES, Figure, Job, Recipe, RecipeError, Step, read_recipe, read_toml

CHECKPOINT = "checkpoint.pt"
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_KNOWN = (
    "${output}, ${runs}, ${models}, ${corpora}, ${wheel}, ${steps.NAME.output}, ${best.TRIAL}, ${RECIPE.STEP}"
)


class NotReady(Exception):
    """A placeholder names a step that is not done yet."""


@dataclass(frozen=True)
class Places:
    """Values of placeholders: folders, and the wheel of published encoders."""

    runs: Path
    models: Path = MODELS
    corpora: str | None = None
    wheel: str | None = None

    @classmethod
    def of_environment(cls, runs: Path | None = None) -> "Places":
        """Reads BIOBERT_RUNS (unless ``runs`` is given), BIOBERT_CORPORA and BIOBERT_WHEEL."""
        corpora, wheel = (os.environ.get(f"BIOBERT_{name}") for name in ("CORPORA", "WHEEL"))
        return cls(
            (runs or runs_folder()).resolve(),
            MODELS,
            corpora and os.path.abspath(corpora),
            wheel and os.path.abspath(wheel),
        )


class Queue:
    """All recipes in the order in which they are run, and their state under ``places.runs``."""

    def __init__(self, recipes: list[Recipe], places: Places) -> None:
        self.recipes = sorted(recipes, key=lambda recipe: -recipe.priority)
        self.places = places
        self.steps = {step.id: step for recipe in self.recipes for step in recipe.steps}
        self._check()

    def closure(self, names: list[str] | None) -> list[Step]:
        """Returns the steps of these recipes (None: all recipes), and the steps of other recipes that they need."""
        wanted: set[str] = set()
        pending = [step.id for r in self.recipes if names is None or r.name in names for step in r.steps]
        while pending:
            step = self.steps[pending.pop()]
            if step.id not in wanted:
                wanted.add(step.id)
                pending += [*self.references(step), *(earlier.id for earlier in self._before(step))]
        return [step for step in self.steps.values() if step.id in wanted]

    def next_job(self, names: list[str] | None = None, skip: frozenset[str] = frozenset()) -> Job | None:
        """Returns the first job that can run now, or None. Skips the jobs whose names are in ``skip``."""
        for step in self.closure(names):
            if self.waits_for(step) is None:
                for job in step.jobs:
                    if not self.is_done(job) and job.name not in skip:
                        return job
        return None

    def waits_for(self, step: Step) -> str | None:
        """Returns a step that must be done before this one, or None if this one can run."""
        needed = [*(earlier.id for earlier in self._before(step)), *self.references(step)]
        return next((name for name in needed if not self.step_done(self.steps[name])), None)

    def step_done(self, step: Step) -> bool:
        """Whether each job of the step is done."""
        return all(map(self.is_done, step.jobs))

    def is_done(self, job: Job) -> bool:
        """Whether the job's command has succeeded and its output is still there."""
        return self.output(job).exists() and self.mark_of(job) is not None

    def output(self, job: Job) -> Path:
        """Returns the absolute path of the job's output."""
        return self.places.runs / job.output

    def mark_file(self, job: Job) -> Path:
        """Returns the file that records that the job is done."""
        return self.output(job).with_name(f"{self.output(job).name}.done.json")

    def mark_of(self, job: Job) -> dict | None:
        """Returns the record of a finished job: command, minutes, figure of a candidate."""
        return read_json(self.mark_file(job))

    def winner(self, step: Step) -> Job:
        """Returns the first candidate with the best figure. Raises :class:`NotReady`."""
        marks = [self.mark_of(job) or {} for job in step.jobs]
        if step.figure is None or not self.step_done(step) or any("figure" not in mark for mark in marks):
            raise NotReady(step.id)
        sign = 1 if step.figure.best == "highest" else -1
        return max(zip(step.jobs, marks, strict=True), key=lambda pair: sign * pair[1]["figure"])[0]

    def command(self, job: Job, assumed: bool = False) -> list[str]:
        """Returns the arguments of ``python -m training`` for a job, with placeholders replaced.

        ``assumed``: use the first candidate of each trial as the winner and keep the placeholders of unset environment
        variables. Without it, :class:`NotReady` is raised for an undecided trial and :class:`RecipeError` for an unset
        variable.
        """
        arguments = [self.resolve(argument, job, assumed) for argument in job.command]
        if job.resumable and (self.output(job) / CHECKPOINT).is_file():
            arguments.append("--resume")
        return arguments

    def resolve(self, text: str, job: Job, assumed: bool = False) -> str:
        """Returns ``text`` with its placeholders replaced by their values for ``job``."""
        return _PLACEHOLDER.sub(lambda match: self._value(match[1], job, assumed), text)

    def references(self, step: Step) -> list[str]:
        """Returns the ids of the steps that this one names in ``needs`` and in placeholders."""
        texts = [text for job in step.jobs for text in (*job.command, job.gives)]
        named = [
            self._step_named(match, step.recipe) for text in texts for match in _PLACEHOLDER.findall(text)
        ]
        return list(dict.fromkeys([*step.needs, *(s.id for s in named if s and s.id != step.id)]))

    def _before(self, step: Step) -> list[Step]:
        recipe = next(r for r in self.recipes if r.name == step.recipe)
        return list(recipe.steps[: recipe.steps.index(step)])

    def _step_named(self, placeholder: str, recipe: str) -> Step | None:
        parts = placeholder.split(".")
        if (parts[0] == "steps" and parts[2:] == ["output"]) or (parts[0] == "best" and len(parts) == 2):
            return self.steps.get(f"{recipe}/{parts[1]}")
        return self.steps.get("/".join(parts)) if len(parts) == 2 else None

    def _value(self, placeholder: str, job: Job, assumed: bool) -> str:
        if placeholder == "output":
            return str(self.output(job))
        if placeholder in ("runs", "models", "corpora", "wheel"):
            value = getattr(self.places, placeholder)
            if value is None and not assumed:
                raise RecipeError(
                    f"{job.name} uses ${{{placeholder}}}: set the environment variable "
                    f"BIOBERT_{placeholder.upper()}"
                )
            return f"${{{placeholder}}}" if value is None else str(value)
        step = self._step_named(placeholder, job.recipe)
        if step is None:
            raise RecipeError(
                f"{job.name}: unknown placeholder ${{{placeholder}}}; known placeholders: {_KNOWN}"
            )
        if step.figure is None:
            return str(self.output(step.jobs[0]))
        winner = step.jobs[0] if assumed else self.winner(step)
        return self.resolve(winner.gives, winner, assumed)

    def _check(self) -> None:
        """Raises :class:`RecipeError` for the first mistake across recipes."""
        outputs: dict[str, str] = {}
        for step in self.steps.values():
            for job in step.jobs:
                if outputs.setdefault(job.output, job.name) != job.name:
                    raise RecipeError(
                        f"{job.name} and {outputs[job.output]} have the same output {job.output}; change one"
                    )
                self.command(job, assumed=True)
                self.resolve(job.gives, job, assumed=True)
            for needed in step.needs:
                if needed not in self.steps:
                    raise RecipeError(f"{step.id} needs {needed}, which does not exist; write recipe/step")
        for step in self.steps.values():
            self._check_order(step)

    def _check_order(self, step: Step) -> None:
        before, seen, pending = {s.id for s in self._before(step)}, set(), [*self.references(step)]
        for name in pending:
            if self.steps[name].recipe == step.recipe and name not in before:
                raise RecipeError(f"{step.id} refers to {name}, which comes later; move {name} before it")
        while pending:
            name = pending.pop()
            if name == step.id:
                raise RecipeError(f"{step.id} needs itself through a step of another recipe")
            if name not in seen:
                seen.add(name)
                pending += [
                    *self.references(self.steps[name]),
                    *(s.id for s in self._before(self.steps[name])),
                ]


def read_queue(places: Places, folder: Path = RECIPES) -> Queue:
    """Reads the recipes that ``queue.toml`` lists. Raises :class:`RecipeError`, which says what to change."""
    entries = read_toml(folder / QUEUE_FILE).get("recipe", [])
    recipes = []
    for entry in entries:
        unknown = set(entry) - {"name", "priority"}
        if unknown or "name" not in entry:
            raise RecipeError(
                f"{QUEUE_FILE}: a [[recipe]] has a name and a priority"
                + (f", not {sorted(unknown)[0]}" if unknown else "")
            )
        recipes.append(read_recipe(folder / f"{entry['name']}.toml", entry.get("priority", 0)))
    return Queue(recipes, places)


def read_figure(output: Path, figure: Figure) -> float:
    """Reads the dev figure of a candidate. Raises ``ValueError`` if the file or the key is missing."""
    path = output / figure.file if output.is_dir() else output
    table = read_json(path)
    numbers = (
        []
        if table is None
        else [
            v
            for v in _values(table, figure.key.split("."))
            if isinstance(v, (int, float)) and not isinstance(v, bool)
        ]
    )
    if not numbers:
        raise ValueError(f"{path} has no number at {figure.key}: correct the figure of the trial")
    return mean(numbers)


def _values(value: object, key: list[str]) -> Iterator[object]:
    """Yields every value at ``key``, in which ``*`` stands for each entry."""
    if not key:
        yield value
    elif isinstance(value, list) and key[0].lstrip("-").isdigit():
        if -len(value) <= int(key[0]) < len(value):
            yield from _values(value[int(key[0])], key[1:])
    elif key[0] == "*" and isinstance(value, (list, dict)):
        for entry in value if isinstance(value, list) else value.values():
            yield from _values(entry, key[1:])
    elif isinstance(value, dict) and key[0] in value:
        yield from _values(value[key[0]], key[1:])
