"""All settings of the GPU job: times, batches, learning rates and the fine-tunings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from .parts import BUNDLE_LIMIT, PIECE_LIMIT

#: Tokens in a step for which :attr:`Scale.learning_rate` is given. The rate grows with the square root of the tokens.
RATE_TOKENS = 32_768


@dataclass(frozen=True)
class Task:
    """One fine-tuning. ``kind``: ``tagger``, ``relations`` or ``questions``. ``epochs``: number of epochs whose batches
    are made in advance, each with its own random draws. ``share``: share of the time for fine-tunings. ``settings``:
    fields of its options. ``start``: the task whose weights it starts from; default: the encoder."""

    name: str
    kind: str
    epochs: int
    share: float
    settings: Mapping[str, object] = field(default_factory=dict)
    start: str = ""


#: The settings of the recipes with batches at least four times as large, and learning rates that are raised by the
#: square root of that. Tagger and questions freeze the word embeddings: the encoder has just learnt them from all the
#: text, and the results need to contain them only once.
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
    """Settings of a job.

    ``probe``, ``pretrain``: shares of the time for these two phases; the fine-tunings get the rest. ``batches``: batch
    sizes in tokens from which the probe chooses, smallest first. ``learning_rate``: for :data:`RATE_TOKENS` tokens a
    step. ``head_tokens``, ``head_rate``: tokens and learning rate of the phase that trains only the masked-word head.
    ``length``, ``long_length``: tokens of a short and of a long row; ``long_share``: share of the time for long rows.
    ``eval_rows``: rows of each source for the perplexity. ``compile``: whether the probe tries ``torch.compile``.
    ``most_tokens``: the main run ends after so many tokens even if time is left. ``bundle_limit``, ``piece_limit``:
    largest sizes of a part in bytes.
    """

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


#: Settings that make each kind small enough for a test run on a CPU.
_TINY_SETTINGS: Mapping[str, Mapping[str, object]] = {
    "tagger": {"max_length": 32},
    "relations": {},
    "questions": {"max_length": 60, "verdict_max_length": 60},
}


def tiny_tasks(**settings: Mapping[str, object]) -> tuple[Task, ...]:
    """The same fine-tunings with two epochs of small batches. ``settings``: further settings for each kind."""
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


#: Settings for an H100. With 65,536 tokens a step, the learning rate is 2e-4 × √2 = 2.8e-4.
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
    """Converts settings to JSON values, for the bundles."""
    return asdict(scale)


def scale_from_json(values: dict) -> Scale:
    """Converts JSON values of :func:`scale_to_json` to settings. Lists become tuples."""

    def with_tuples(value: Any) -> Any:
        return tuple(map(with_tuples, value)) if isinstance(value, list) else value

    tasks = tuple(
        Task(**{**t, "settings": {k: with_tuples(v) for k, v in t["settings"].items()}})
        for t in values["tasks"]
    )
    return Scale(**{k: with_tuples(v) for k, v in values.items() if k != "tasks"}, tasks=tasks)
