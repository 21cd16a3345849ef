import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.messages import LANGUAGES, Language
from tracer.usecases import forms
from tracer.usecases.forms import FOR_PDF, FOR_PNG, FORMS, Form, form_of


@pytest.mark.parametrize("ending", FORMS)
def test_a_file_is_known_by_how_its_name_ends(ending: str) -> None:
    assert form_of(Path("out") / f"106.87{ending}", 1) is FORMS[ending]
    assert form_of(Path(f"A{ending.upper()}"), 1) is FORMS[ending]


def test_the_longest_ending_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    longer = Form(FORMS[".json"].write)
    monkeypatch.setattr(forms, "FORMS", {".json": FORMS[".json"], ".of.json": longer})
    assert form_of(Path("a.of.json"), 1) is longer
    assert form_of(Path("a.off.json"), 1) is FORMS[".json"]


@pytest.mark.parametrize("name", ["a.docx", "html", "a", "a.html.bak"])
def test_other_names_are_refused_and_the_endings_listed(name: str) -> None:
    with pytest.raises(UsageError) as refused:
        form_of(Path(name), 1)
    assert refused.value.key == "render_format"
    assert all(ending in refused.value.message("zh") for ending in FORMS)


def test_a_format_that_takes_one_number_says_so() -> None:
    with pytest.raises(UsageError) as refused:
        form_of(Path("a.json"), 2)
    assert refused.value.key == "render_one"
    assert form_of(Path("a.html"), 2) is FORMS[".html"]


@pytest.mark.parametrize("ending", [".pdf", ".png"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_extra_is_told_in_one_line_before_anything_is_traced(
    ending: str, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "find_spec", {}.get)
    with pytest.raises(UsageError) as refused:
        form_of(Path(f"out/图{ending}"), 1)
    said = refused.value.message(lang)
    assert "\n" not in said
    assert "pip install '.[exhibits]'" in said
    assert f"out/图{ending}" in said
    assert form_of(Path("a.svg"), 1) is FORMS[".svg"], "needs nothing"


def test_what_the_extra_brings_is_what_is_asked_for() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert len(extras["exhibits"]) == 3
    assert set(extras["exhibits"]) <= set(extras["test"])
    for module in {*FOR_PDF, *FOR_PNG}:
        assert find_spec(module) is not None
