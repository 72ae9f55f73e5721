"""The case shapes. The TypeScript tokenizer is tested with the same cases."""

import pytest

from training.common.shapes import shape_of


@pytest.mark.parametrize(
    ("token", "shape"),
    [
        ("cat", 0),
        ("53", 0),
        ("-", 0),
        ("α", 0),
        ("中", 0),
        ("e2f", 0),
        ("Cat", 1),
        ("C", 1),
        ("P53", 1),
        ("Α", 1),
        ("É", 1),
        ("CAT", 2),
        ("TNFR1", 2),
        ("2AB", 2),
        ("DNA", 2),
        ("ÉA", 2),
        ("mRNA", 3),
        ("p53A", 3),
        ("BrdU", 3),
        ("5A", 3),
        ("kappaB", 3),
        ("A中", 1),
    ],
)
def test_returns_the_case_shape_of_a_word(token: str, shape: int) -> None:
    assert shape_of(token) == shape
