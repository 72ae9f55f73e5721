"""Written sentences of the relation model."""

from pathlib import Path

import pytest

from training.relations.data.texts import Text, sentence_of, sentences
from training.relations.data.written import frames, names_of_part, written_texts

NAMES = {kind: [f"{kind.lower()}{n}" for n in range(60)] for kind in ("Chemical", "Gene", "Disease")}


def name(text: Text, mention: int) -> str:
    start, end = text.mentions[mention][:2]
    return text.text[start:end].lower()


def test_every_frame_ends_with_a_stop_and_has_two_slots() -> None:
    for frame in frames():
        assert frame.text.endswith("."), frame
        assert frame.text.count("{") >= 2, frame


def test_a_malformed_frame_is_named(tmp_path: Path) -> None:
    path = tmp_path / "frames.txt"
    path.write_text("## kind\n{C} inhibits {G}.\tinhibitor: C > G2\n")
    with pytest.raises(ValueError, match=r"frames\.txt:2"):
        frames(path)


def test_texts_are_drawn_again_with_the_same_result() -> None:
    assert written_texts(NAMES, "dev", size=20) == written_texts(NAMES, "dev", size=20)
    assert written_texts(NAMES, "dev", size=20) != written_texts(NAMES, "dev", seed=2, size=20)


def test_the_dev_part_has_names_of_its_own() -> None:
    own = {kind: set(names_of_part(all_names, "dev")) for kind, all_names in NAMES.items()}
    for part in ("train", "dev"):
        for text in written_texts(NAMES, part, size=50):
            drawn = {(m.type, name(text, n)) for n, m in enumerate(text.mentions)}
            assert all((each in own[kind]) == (part == "dev") for kind, each in drawn)


def test_names_of_different_sentences_are_unrelated() -> None:
    texts = [text for text in written_texts(NAMES, "train", size=200) if len(text.mentions) > 6]
    assert texts
    for text in texts:
        spans = sentences(text.text, text.mentions)
        related = [target for target in text.targets if target.labels]
        assert related or all(not target.labels for target in text.targets)
        for target in related:
            distances = {
                abs(sentence_of(spans, text.mentions[a]) - sentence_of(spans, text.mentions[b]))
                for a, b in target.pairs
            }
            # A frame of two sentences may state a relation across them.
            assert max(distances) <= 1
