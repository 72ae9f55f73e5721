"""Everything that is set for the machine, in one place: time, batches, rates, and the fine-tunings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from .parts import BUNDLE_LIMIT, PIECE_LIMIT

#: Tokens of a step for which :attr:`Scale.learning_rate` holds; it grows with their square root.
RATE_TOKENS = 32_768


@dataclass(frozen=True)
class Task:
    """One fine-tuning. ``kind``: ``tagger``, ``relations`` or ``questions``. ``epochs``: made in
    advance, each drawn anew. ``share``: of the time that is left for fine-tuning. ``start``: the task
    that it goes on from; by default the encoder. ``settings``: fields of its options."""

    name: str
    kind: str
    epochs: int
    share: float
    settings: Mapping[str, object] = field(default_factory=dict)
    start: str = ""


#: The recipes of the README at four times the batch and more, their rates raised by the square root.
#: The tagger and the questions leave the word embeddings alone: the encoder has just learnt them from
#: all the text, and they come back once for all three.
TASKS = (
    Task(
        "tagger",
        "tagger",
        6,
        0.36,
        {
            "batch_tokens": 8192,
            "learning_rate": 4e-4,
            "mask_tokens": 0.05,
            "freeze_words": True,
            "parts": ("train", "dev-fit"),
        },
    ),
    Task(
        "relations",
        "relations",
        6,
        0.34,
        {
            "batch_tokens": 8192,
            "learning_rate": 4e-4,
            "corpora": ("ChemProt", "DrugProt", "BC5CDR", "BC5CDR", "BioRED", "BioRED", "BioRED", "GAD"),
            "parts": ("train", "dev-fit"),
        },
    ),
    Task(
        "questions-general",
        "questions",
        2,
        0.18,
        {
            "stage": "general",
            "batch_tokens": 8192,
            "learning_rate": 4e-4,
            "max_length": 192,
            "freeze_words": True,
        },
    ),
    Task(
        "questions",
        "questions",
        4,
        0.12,
        {
            "stage": "biomedical",
            "batch_tokens": 8192,
            "learning_rate": 3e-4,
            "max_length": 384,
            "verdict_max_length": 384,
            "unanswerable": 0.35,
            "pairs": 600,
            "freeze_words": True,
        },
        start="questions-general",
    ),
)


@dataclass(frozen=True)
class Scale:
    """Settings of a run. ``probe``, ``pretrain``: shares of the time of these two phases; the rest goes
    to the fine-tunings. ``batches``: tokens of a step that the probe may choose from, smallest
    first. ``learning_rate``: at :data:`RATE_TOKENS` tokens a step. ``head_tokens``: read by the masked-word
    head alone, at ``head_rate``. ``length``, ``long_length``: tokens of a row; ``long_share`` of the
    time goes to the long ones. ``compile``: whether the probe tries ``torch.compile``. ``most_tokens``: read by
    the main run, however much time there is."""

    name: str
    probe: float
    pretrain: float
    batches: tuple[int, ...]
    learning_rate: float
    head_tokens: int
    head_rate: float
    length: int
    long_length: int
    long_share: float
    eval_rows: int
    compile: bool
    most_tokens: int
    tasks: tuple[Task, ...] = TASKS
    bundle_limit: int = BUNDLE_LIMIT
    piece_limit: int = PIECE_LIMIT


#: Settings that make each kind small enough for a rehearsal on a CPU.
_TINY_SETTINGS: Mapping[str, Mapping[str, object]] = {
    "tagger": {"max_length": 32},
    "relations": {},
    "questions": {"max_length": 60, "verdict_max_length": 60},
}


def tiny_tasks(**settings: Mapping[str, object]) -> tuple[Task, ...]:
    """The same fine-tunings with two epochs of small batches; ``settings`` by kind come on top."""
    return tuple(
        replace(
            task,
            epochs=2,
            settings={
                **task.settings,
                **_TINY_SETTINGS[task.kind],
                "batch_tokens": 256,
                **settings.get(task.kind, {}),
            },
        )
        for task in TASKS
    )


#: 65,536 tokens a step get 2e-4 × √2 = 2.8e-4.
H100 = Scale(
    "h100",
    probe=0.1,
    pretrain=0.58,
    batches=(32_768, 65_536),
    learning_rate=2e-4,
    head_tokens=8_000_000,
    head_rate=2e-3,
    length=128,
    long_length=512,
    long_share=0.2,
    eval_rows=96,
    compile=True,
    most_tokens=2_000_000_000,
)
TINY = Scale(
    "tiny",
    probe=0.1,
    pretrain=0.4,
    batches=(128, 256),
    learning_rate=3e-3,
    head_tokens=2_000,
    head_rate=2e-3,
    length=32,
    long_length=64,
    long_share=0.2,
    eval_rows=4,
    compile=False,
    most_tokens=20_000,
    tasks=tiny_tasks(),
)
SCALES: Mapping[str, Scale] = {"h100": H100, "tiny": TINY}


def scale_to_json(scale: Scale) -> dict:
    """The settings as JSON, for the bundle."""
    return asdict(scale)


def scale_from_json(values: dict) -> Scale:
    """The inverse of :func:`scale_to_json`: lists are tuples again."""

    def whole(value: Any) -> Any:
        return tuple(map(whole, value)) if isinstance(value, list) else value

    tasks = tuple(
        Task(**{**t, "settings": {k: whole(v) for k, v in t["settings"].items()}}) for t in values["tasks"]
    )
    return Scale(**{k: whole(v) for k, v in values.items() if k != "tasks"}, tasks=tasks)
