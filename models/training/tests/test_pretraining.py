"""Pre-training on tiny text: cleaning, adopted words, packing, complete and resumed runs, and the release."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertForMaskedLM, BertModel

from tiny import abstract, write_pretraining_text
from training.checks.probes import comparison
from training.common import sources
from training.common.dedup import TestText
from training.common.encoder import Encoder
from training.common.sources import Cleaner, Source, is_held_out
from training.common.start import load_encoder
from training.pretraining import train as run
from training.pretraining.data import packing, vocabulary
from training.pretraining.data.blocks import Blocks
from training.pretraining.data.masking import mask_words
from training.pretraining.data.packing import PackedTokens, pack, read_packed
from training.pretraining.export import TOLERANCE, export_encoder, graph_difference, release
from training.pretraining.figures import plot_probes
from training.pretraining.options import PretrainOptions
from training.pretraining.train import Pretraining, curve

TINY = (Source("abstracts", "none", 2.0), Source("articles", "none", 1.0, full_text=True))
SENTENCE = "Aspirin treats fever in patients with breast cancer and the p53 gene . "


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (sources, packing, vocabulary, run):
        if hasattr(module, "SOURCES"):
            monkeypatch.setattr(module, "SOURCES", TINY)
    monkeypatch.setattr("training.pretraining.data.blocks.SOURCES", TINY)
    write_pretraining_text(tmp_path, TINY)
    return tmp_path


def test_drops_abstracts_and_paragraphs_of_articles_with_test_text() -> None:
    secret = "the secret sentence of a test set that nobody may ever read"
    cleaner = Cleaner(TestText([secret]))
    paragraphs = [SENTENCE * 4, f"And then {secret}.", abstract(7)]
    assert cleaner.clean(paragraphs, full_text=False) is None
    kept = cleaner.clean(paragraphs, full_text=True)
    assert kept is not None and "secret" not in kept and "Finding 217" in kept
    assert cleaner.counts["paragraphs with test text"] == 2


def test_drops_near_duplicates_numbers_and_links() -> None:
    cleaner = Cleaner(TestText([]))
    assert cleaner.clean([abstract(1)], full_text=False)
    assert cleaner.clean([abstract(1) + " One more sentence ."], full_text=False) is None
    assert cleaner.clean([abstract(2)], full_text=False)
    assert cleaner.clean(["12 3.4 5.6 (7) " * 30, "https://example.org/a"], full_text=True) is None
    assert cleaner.counts["near-duplicates"] == 1
    assert cleaner.counts["paragraphs without prose"] == 2


def test_masks_whole_words_and_keeps_all_others() -> None:
    rng = np.random.default_rng(0)
    ids = np.arange(2000).reshape(20, 100) + 5000
    starts = np.tile([1, 0], (20, 50))
    masked, chosen = mask_words(ids, starts, 4, 8000, rng)
    assert np.array_equal(chosen[:, ::2], chosen[:, 1::2])
    assert 0.1 < chosen.mean() < 0.2
    assert np.array_equal(masked[~chosen], ids[~chosen])
    assert 0.7 < (masked[chosen] == 4).mean() < 0.9


def test_draws_blocks_by_the_weights_of_their_sources(start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.pretraining.data.blocks.SOURCES", TINY)
    encoder = Encoder(start)
    packed = {
        source.name: PackedTokens(np.full(1000, 5 + i, np.uint16), np.full(1000, 4, np.uint8))
        for i, source in enumerate(TINY)
    }
    blocks = Blocks(packed, 12, 300, 1, encoder.special, encoder.vocabulary_size)
    assert np.bincount(blocks.order[:, 0]).tolist() == [200, 100]
    first, again = blocks.batch(0, 4), blocks.batch(0, 4)
    assert torch.equal(first.input_ids, again.input_ids)
    assert (first.input_ids[:, 0] == encoder.special.cls).all()
    assert not first.is_target[:, [0, -1]].any()


def test_an_adopted_word_begins_as_the_mean_of_its_tokens(
    start: Path, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "KEPT_UNUSED", 0)
    encoder = Encoder(start)
    words = vocabulary.count_words(text)
    assert words["aspirin"] > 1000
    chosen = vocabulary.choose(encoder, {**words, "Caffeine": 400, "brca12": 900, "cafe": 500})
    # "cafe" has the tokens caf ##e; "caffeine" is unknown, so it has one token; words with digits are not adopted.
    assert [adoption.word for adoption in chosen] == ["cafe"]
    out = tmp_path / "adopted"
    vocabulary.write(start, out, chosen)
    fresh = Encoder(out)
    assert len(fresh.word("Cafe")[0][0]) == 1
    assert chosen[0].former not in fresh.vocabulary()
    old = BertModel.from_pretrained(start).embeddings.word_embeddings.weight
    new = BertModel.from_pretrained(out).embeddings.word_embeddings.weight
    torch.testing.assert_close(new[chosen[0].index], old[list(chosen[0].tokens)].mean(0))
    assert (out / "vocab.txt").read_text().split("\n")[chosen[0].index] == "cafe"


def options(**changes: object) -> PretrainOptions:
    return PretrainOptions(
        **{
            "tokens": 4000,
            "length": 16,
            "long_length": 32,
            "batch_tokens": 128,
            "eval_rows": 8,
            "learning_rate": 1e-2,
            **changes,
        }
    )


def test_a_resumed_run_gives_the_weights_of_an_uninterrupted_one(
    start: Path, text: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "packed"
    pack(text, start, packed)
    counts = json.loads((packed / "pack.json").read_text())["pieces"]
    assert counts["abstracts"]["train"] > 2000
    whole = Pretraining(packed, start, tmp_path / "whole", options())
    whole.run()
    half = Pretraining(packed, start, tmp_path / "half", options())
    step = half.train_step

    def stopping(done: float) -> float:
        if half.step == 10:
            half.save()
            raise KeyboardInterrupt
        return step(done)

    half.train_step = stopping  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        half.run()
    resumed = Pretraining(packed, start, tmp_path / "half", options())
    assert resumed.restore() and resumed.step == 10
    resumed.run()
    assert resumed.step == whole.step
    for name, value in whole.model.state_dict().items():
        torch.testing.assert_close(resumed.model.state_dict()[name], value)
    rows = list(curve(tmp_path / "whole"))
    assert rows[-1]["perplexity"]["abstracts"] < rows[0]["perplexity"]["abstracts"]


def test_a_run_of_the_head_freezes_the_encoder_and_can_be_continued(
    start: Path, text: Path, tmp_path: Path
) -> None:
    packed, head = tmp_path / "packed", tmp_path / "head"
    pack(text, start, packed)
    before = Pretraining(packed, start, head, options(freeze_encoder=1))
    counts = np.bincount(
        read_packed(packed, "train")["abstracts"].ids,
        minlength=len(before.model.cls.predictions.decoder.bias),
    )
    bias = before.model.cls.predictions.decoder.bias.detach().numpy().copy()
    assert bias.argmax() == counts.argmax()
    body = {name: value.clone() for name, value in before.model.bert.state_dict().items()}
    before.run()
    for name, value in before.model.bert.state_dict().items():
        torch.testing.assert_close(value, body[name], rtol=0, atol=0)
    assert not np.allclose(bias, before.model.cls.predictions.decoder.bias.detach().numpy())
    after = Pretraining(packed, head, tmp_path / "run", options())
    torch.testing.assert_close(after.model.cls.state_dict(), before.model.cls.state_dict())
    assert after.model.bert.embeddings.word_embeddings.weight.requires_grad


def test_a_release_has_half_precision_and_its_graph_equals_pytorch(
    start: Path, text: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "packed"
    pack(text, start, packed)
    Pretraining(packed, start, tmp_path / "run", options(tokens=1000)).run()
    folder = tmp_path / "encoder"
    release(tmp_path / "run", folder)
    assert BertForMaskedLM.from_pretrained(folder, dtype="auto").dtype == torch.float16
    assert load_encoder(folder, 0.0).config.type_vocab_size == 4
    export_encoder(folder, tmp_path / "encoder.onnx")
    texts = ["Aspirin treats fever .", "BRCA1 gene"]
    assert graph_difference(folder, tmp_path / "encoder.onnx", texts) < TOLERANCE


def test_reading_names_the_command_that_packs(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="training encoder-pack"):
        read_packed(tmp_path, "train")


def test_holds_out_a_small_share_of_the_documents() -> None:
    share = np.mean([is_held_out(abstract(n)) for n in range(2000)])
    assert 0.01 < share < 0.035


def test_compares_the_probes_of_several_encoders(tmp_path: Path) -> None:
    for name, shift in (("before", 0), ("after", 5)):
        (tmp_path / name).mkdir()
        found = {"entities": {"1": {"A": 60 + shift}, "2": {"A": 62 + shift}}, "relations": {"1": {"B": 50}}}
        (tmp_path / name / "probes.json").write_text(json.dumps(found))
    folders = [tmp_path / "before", tmp_path / "after"]
    assert "| entities: A | 61.00 ± 1.41 | 66.00 ± 1.41 |" in comparison(folders)
    plot_probes(folders, tmp_path / "claim.svg")
    svg = (tmp_path / "claim.svg").read_text()
    assert svg.startswith("<?xml") and len(svg) > 5000
