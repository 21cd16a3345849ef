"""The two READMEs: steps counted once, and pages that are in English only marked as such."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOTH = {"docs/cli.md"}
"""Pages that hold both languages."""


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_steps_are_counted_on(name: str) -> None:
    steps = re.findall(r"^\*\*(\d+)\. ", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert [int(step) for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) > 5


def test_the_chinese_readme_says_which_pages_are_in_english() -> None:
    linked = re.findall(
        r"\]\((docs/[\w-]+\.md)\)(（英文）)?", (ROOT / "README.zh.md").read_text("utf-8")
    )
    unmarked = [page for page, after in linked if not after and page not in BOTH]
    assert linked
    assert unmarked == []
