"""Shares by the user's own weights, and the one line that says what is wrong with a file."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.dossier.weights import FACTORS, Weights, read_weights, share_out
from tracer.errors import UsageError


def test_a_file_of_weights() -> None:
    found = read_weights(b'[weights]\ngain = 1.5\ncare = 2\n[scores.care]\n"A" = 3\n', "w.toml")
    assert found.weights == {"gain": Decimal("1.5"), "care": Decimal(2)}
    assert found.scores == {"care": {"A": Decimal(3)}}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"[weights\n", "weights_toml"),
        (b"\xff\xfe", "weights_toml"),
        (b"", "weights_none"),
        (b"[other]\na = 1\n[weights]\ngain = 1", "weights_key"),
        (b"weights = 3", "weights_table"),
        (b"[weights]\ngain = 1\n[scores]\ncare = 3", "weights_table"),
        (b"[weights]\ngain = 0", "weights_value"),
        (b"[weights]\ngain = -1", "weights_value"),
        (b"[weights]\ngain = true", "weights_value"),
        (b"[weights]\ngain = nan", "weights_value"),
        (b"[weights]\ngain = inf", "weights_value"),
        (b'[weights]\ngain = "2"', "weights_value"),
        (b"[weights]\ngain = 0.0000001", "weights_value"),
        (b"[weights]\ncare = 1", "weights_factor"),
        (b"[weights]\ngain = 1\n[scores.gain]\nA = 1", "weights_twice"),
        (b"[weights]\ngain = 1\n[scores.care]\nA = 1", "weights_unused"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(content: bytes, key: str) -> None:
    with pytest.raises(UsageError) as error:
        read_weights(content, "w.toml")
    assert error.value.key == key
    for lang in ("zh", "en"):
        said = error.value.message(lang)
        assert "w.toml" in said
        assert "\n" not in said


def test_a_score_for_nobody_is_refused() -> None:
    weights = Weights({"care": Decimal(1)}, {"care": {"Z": Decimal(1)}})
    with pytest.raises(UsageError, match="Z"):
        share_out(weights, "w.toml", {}, ("A", "B"))


def test_the_weighted_mean_of_the_parts() -> None:
    weights = Weights(
        {"gain": Decimal(1), "care": Decimal(3), "loss": Decimal(5)}, {"care": {"A": Decimal(2)}}
    )
    values = {"gain": {"A": Decimal(1), "B": Decimal(3)}, "loss": {"A": Decimal(0)}}
    found = share_out(weights, "w.toml", values, ("A", "B"))
    assert found.shares == {
        "A": Fraction(1, 4) * Fraction(1, 4) + Fraction(3, 4),
        "B": Fraction(1, 4) * Fraction(3, 4),
    }
    assert [(f.factor, f.is_used, f.missing) for f in found.factors] == [
        ("gain", True, ()),
        ("care", True, ("B",)),
        ("loss", False, ("B",)),
    ]


def test_losing_money_is_no_negative_share() -> None:
    weights = Weights({"gain": Decimal(1)}, {})
    found = share_out(weights, "w", {"gain": {"A": Decimal(-5), "B": Decimal(5)}}, ("A", "B"))
    assert found.shares == {"A": 0, "B": 1}


amounts = st.decimals(0, 1000, places=2)


@given(
    st.dictionaries(st.sampled_from(FACTORS), st.decimals("0.01", 9, places=2), min_size=1),
    st.dictionaries(
        st.sampled_from(FACTORS), st.dictionaries(st.sampled_from("ABC"), amounts), max_size=9
    ),
)
def test_shares_make_one_or_nothing(
    weights: dict[str, Decimal], values: dict[str, dict[str, Decimal]]
) -> None:
    found = share_out(Weights(weights, {}), "w", values, tuple("ABC"))
    whole = sum(found.shares.values())
    assert whole == (1 if any(f.is_used for f in found.factors) else 0)
    assert all(share >= 0 for share in found.shares.values())
