"""Every test the threat notes name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"tests/[\w/]+(?:\.py)?", (ROOT / "docs" / "security.md").read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(set(NAMED)))
def test_a_test_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()
