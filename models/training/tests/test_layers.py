"""The allowed imports: ``common`` imports no task, and no two folders import each other."""

import ast
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
#: Each folder may import itself, its folder of data, and these folders. The root may import all of them.
ALLOWED = {
    "common": set(),
    "queue": {"common"},
    "tagger": {"common"},
    "relations": {"common"},
    "questions": {"common", "relations"},  # questions are made from annotated relations
    "stances": {"common", "questions"},  # the stance model ships with the question model
    "reading": {"common", "questions", "stances"},
    "embeddings": {"common", "questions"},
    "pretraining": {"common"},
    "checks": {"common", "tagger", "relations", "questions", "pretraining"},
    "gpu": {"common", "tagger", "relations", "questions", "pretraining"},
}


def imports_of(package: Path) -> dict[str, set[str]]:
    """Returns the modules that each module imports, as dotted names below the package."""
    found: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if "tests" in parts or len(parts) == 1:
            continue
        found[".".join(parts)] = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
            for name in _targets(node, parts, package)
        }
    return found


def _targets(node: ast.ImportFrom, parts: tuple[str, ...], package: Path) -> list[str]:
    module = (node.module or "").split(".") if node.module else []
    if node.level:
        base = [*parts[: len(parts) - node.level], *module]
    elif module[:1] == ["training"]:
        base = module[1:]
    else:
        return []
    if package.joinpath(*base).with_suffix(".py").is_file():
        return [".".join(base)]
    return [".".join([*base, alias.name]) for alias in node.names]


def folder(module: str) -> str:
    """Returns the folder of a module: ``tagger.data`` for ``tagger.data.corpora``."""
    return module.rpartition(".")[0]


def violations(imports: Mapping[str, set[str]]) -> list[str]:
    """Returns forbidden imports, and pairs of folders that import each other, also through other folders."""
    found = []
    edges: dict[str, set[str]] = {}
    for module, targets in imports.items():
        top = module.split(".")[0]
        for target in targets:
            other = target.split(".")[0]
            if other != top and other not in ALLOWED.get(top, set()):
                found.append(f"{module} imports {target}")
            if folder(module) != folder(target):
                edges.setdefault(folder(module), set()).add(folder(target))
    reached = {name: _reachable(name, edges) for name in edges}
    found += [
        f"{one} and {two} import each other"
        for one in edges
        for two in reached[one]
        if one < two and one in reached.get(two, set())
    ]
    return found


def _reachable(name: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    pending = [name]
    while pending:
        for following in edges.get(pending.pop(), set()) - seen:
            seen.add(following)
            pending.append(following)
    return seen


def test_the_package_has_only_allowed_imports() -> None:
    imports = imports_of(PACKAGE)
    assert len(imports) > 80 and imports["tagger.train"] >= {"common.loop", "tagger.data.corpora"}
    assert violations(imports) == []


def test_the_rules_name_every_folder() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(ALLOWED)


def test_finds_forbidden_and_circular_imports(tmp_path: Path) -> None:
    files = {
        "common/words.py": "from ..tagger.model import Tagger\n",
        "tagger/model.py": "def late():\n    from ..common import words\n    from .data.corpora import CORPORA\n",
        "tagger/data/corpora.py": "from training.tagger.model import Tagger\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert sorted(violations(imports_of(tmp_path))) == [
        "common and tagger import each other",
        "common and tagger.data import each other",
        "common.words imports tagger.model",
        "tagger and tagger.data import each other",
    ]
