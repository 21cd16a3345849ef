"""The page as bytes: nothing from outside, nothing that runs but what is hashed."""

import hashlib
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.report.leads import examined, leads_in
from tests.report.shapes import broad
from tracer.errors import IntegrityError
from tracer.graph.result import Trace
from tracer.messages import LANGUAGES, text
from tracer.model.case import CaseInfo
from tracer.model.diagnostic import Note
from tracer.report.findings import clauses_of, sentence
from tracer.report.html import payload, policy
from tracer.report.html.page import SCRIPTS, render_page
from tracer.report.html.policy import content_policy, network_script

Page = Callable[..., str]
SHELL_AND_OWN = ("shell.js", *SCRIPTS)


class Reader(HTMLParser):
    """Gathers elements with their attributes, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in {"script", "style"} else None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw.append((*self._open, data))
            self._open = None


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def data_of(page: str, name: str) -> Any:
    found = next(text for _, attrs, text in read(page).raw if attrs.get("id") == name)
    return json.loads(found)


@pytest.fixture(params=["hangzhou", "messy", "hostile"])
def page(request: pytest.FixtureRequest, page_of: Page) -> str:
    return page_of(request.getfixturevalue(request.param))


def test_nothing_is_loaded(page: str) -> None:
    for tag, attrs in read(page).elements:
        assert tag not in {"link", "iframe", "img", "object", "embed", "base", "form"}, tag
        assert (attrs.get("href") or "#").startswith("#"), "leads on within the page at the most"
        for name in ("src", "xlink:href", "action", "data", "poster", "srcset"):
            assert name not in attrs, (tag, name)
    own = re.sub(r"<script>/\*\*.*?</script>", "", page, count=1, flags=re.DOTALL)
    addresses = set(re.findall(r"https?://[^\s\"'<]+", own))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_policy_names_exactly_what_the_page_holds(page: str) -> None:
    reader = read(page)
    meta = next(attrs for tag, attrs in reader.elements if "http-equiv" in attrs)
    stated = unescape(meta["content"] or "")
    rules = {rule.split()[0]: rule.split()[1:] for rule in stated.split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'none'"]

    def source(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    scripts = [source(t) for tag, a, t in reader.raw if tag == "script" and not a.get("type")]
    styles = [source(t) for tag, _, t in reader.raw if tag == "style"]
    assert len(scripts) == 1 + len(SHELL_AND_OWN)
    assert rules["script-src"] == scripts
    assert rules["style-src"] == styles
    assert "unsafe" not in stated


def test_policy_comes_before_anything_it_governs(page: str) -> None:
    tags = [tag for tag, attrs in read(page).elements]
    assert tags[:4] == ["html", "head", "meta", "meta"]
    assert page.startswith("<!DOCTYPE html>")


def test_no_inline_style_and_no_handler(page: str) -> None:
    for tag, attrs in read(page).elements:
        assert "style" not in attrs, tag
        assert not [name for name in attrs if name.startswith("on")], tag


def test_line_feeds_only(page: str) -> None:
    assert "\r" not in page


def test_ids_are_unique_and_labels_point_somewhere(page_of: Page, traces: Any) -> None:
    elements = read(page_of(*traces)).elements
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in elements:
        for name in ("aria-controls", "aria-labelledby", "aria-describedby", "for"):
            if name in attrs:
                assert attrs[name] in ids


def test_data_is_json_and_complete(page_of: Page, messy: Trace) -> None:
    page = page_of(messy)
    nodes, edges = data_of(page, "page-nodes"), data_of(page, "page-edges")
    told = data_of(page, "v0-items")
    assert {node["item"] for node in nodes} <= {
        item[0] for item in (*told["items"], *told["folds"])
    }
    ids = {node["id"] for node in nodes}
    assert all(edge["from"] in ids and edge["to"] in ids for edge in edges)
    assert len({edge["id"] for edge in edges}) == len(edges)
    options = data_of(page, "page-options")
    assert options["physics"] == {"enabled": False}
    assert options["layout"] == {"improvedLayout": False}


def test_a_long_list_says_how_many_rows_follow_and_holds_them_all(
    page_of: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = broad()
    whole = read(page_of(trace)).elements
    monkeypatch.setattr(payload, "_LONG", 40)
    monkeypatch.setattr(payload, "MOST_ROWS", 25)
    page = page_of(trace)
    every, some = (
        [attrs["data-item"] for tag, attrs in elements if tag == "tr" and "data-item" in attrs]
        for elements in (whole, read(page).elements)
    )
    assert some == every[:25]
    assert [row[0] for row in data_of(page, "v0-table0")] == every
    assert f"此处先列前 25 行，共 {len(every)} 行" in page
    assert f"The first 25 of {len(every)} rows stand here" in page


def test_the_picture_is_drawn_before_what_it_does_not_ask_for(page_of: Page, messy: Trace) -> None:
    page = page_of(messy)
    drawn = page.index('id="page-nodes"'), page.rindex("new Panel(")
    assert max(drawn) < min(page.index(f'id="v0-{name}"') for name in ("items", "words"))


def test_names_cannot_leave_their_place(page_of: Page, hostile: Trace) -> None:
    page = page_of(hostile)
    reader = read(page)
    assert len([tag for tag, _ in reader.elements if tag == "script"]) == 7 + len(SHELL_AND_OWN)
    assert not [tag for tag, _ in reader.elements if tag == "img"]
    words = data_of(page, "v0-words")
    titles = (words[item[2]] for item in data_of(page, "v0-items")["items"])
    names = {title for title in titles if isinstance(title, str)}
    assert "</script><script>document.title='owned'</script>" in names
    assert "甲‹U+202E›司公技科‹U+2066›公司" in names
    assert "\u202e" not in page
    assert "49" not in re.findall(r"\{\{.{0,9}", page)


def test_the_same_bytes_every_time(case: CaseInfo, messy: Trace) -> None:
    assert render_page([examined(messy)], case, "zh") == render_page([examined(messy)], case, "zh")


def test_the_same_bytes_under_any_hash_seed() -> None:
    folder = Path(__file__).parents[1]
    root = Path(policy.__file__).parents[3]
    code = (
        f"import sys, hashlib; sys.path[:0] = [{str(root)!r}, {str(folder)!r}]\n"
        "import conftest\n"
        "from tracer.model.case import CaseInfo\n"
        "from tracer.report.html.page import SCRIPTS, render_page\n"
        "from tests.report.leads import examined\n"
        "page = render_page([examined(conftest._messy())], CaseInfo(), 'zh')\n"
        "print(hashlib.sha256(page).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "99")
    }
    assert len(said) == 1


def test_working_folder_is_left_alone(
    case: CaseInfo, hangzhou: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    render_page([examined(hangzhou)], case, "zh")
    assert list(tmp_path.iterdir()) == []


def test_opening_language(page_of: Page, hangzhou: Trace) -> None:
    zh, en = page_of(hangzhou), page_of(hangzhou, lang="en")
    assert '<html lang="zh" data-lang="zh"' in zh
    assert '<html lang="en" data-lang="en"' in en
    assert ">码号 10687415 流转链</title>" in zh
    assert ">Chain of number 10687415</title>" in en


def test_the_table_lists_every_exhibit(page_of: Page, messy: Trace) -> None:
    rows = [attrs["data-item"] for tag, attrs in read(page_of(messy)).elements
            if tag == "tr" and "data-item" in attrs]  # fmt: skip
    assert rows == [f"E{number:03d}" for number in range(1, len(rows) + 1)]


def test_page_says_what_it_was_made_from(page_of: Page, hangzhou: Trace) -> None:
    page = page_of(hangzhou)
    for allocation in hangzhou.allocations:
        assert allocation.ref.digest in page
    foot = r"@bottom-left\{content:\"10687415 · SHA-256 [0-9a-f]{16}… · tracer [0-9.]+\"\}"
    assert re.search(foot, page)
    assert "第 0 层" in page
    assert "涉诈短信民事公益诉讼案" in page


def test_no_verdict_is_passed(page_of: Page, messy: Trace, one_hop: Trace) -> None:
    for page in (page_of(messy), page_of(one_hop)):
        for word in ("违法", "违规", "未发现问题", "no findings"):
            assert word not in page


def test_a_page_without_findings_says_so(page_of: Page, one_hop: Trace) -> None:
    page = page_of(one_hop)
    assert "按现有规则，记录中未见线索。" in page
    assert "TR201" not in page
    assert 'class="findings"' not in page


def test_every_finding_is_listed_with_what_it_rests_on(page_of: Page, messy: Trace) -> None:
    page = page_of(messy)
    findings = leads_in(messy)
    assert len(findings) > 3
    elements = read(page).elements
    ids = [attrs["id"] for _, attrs in elements if attrs.get("id")]
    assert len(ids) == len(set(ids))
    plain = unescape(page)
    for number, finding in enumerate(findings, start=1):
        assert f"v0-F{number}" in ids
        for lang in LANGUAGES:
            assert sentence(finding, lang) in plain
    links = [attrs.get("href") or "" for tag, attrs in elements if tag == "a"]
    assert len(links) > len(findings)
    assert {link.removeprefix("#") for link in links} <= set(ids)
    said = plain[plain.index('class="findings"') : plain.index('class="evidence"')]
    assert text("finding_part.leads", "zh") in said
    assert text("rule.TR201.rebuttal", "zh") in said
    for clause in clauses_of("TR201"):
        assert clause.citation("zh") in said
    assert "（未经核对）" in said
    assert "主体.csv 第 3 行" in said, "a record without evidence number is named by its place"


def test_the_state_a_page_is_of_stands_above_its_answer(page_of: Page, hangzhou: Trace) -> None:
    stood = Note("as_of", {"moment": "2026-01-01", "event": 3})
    said = page_of(replace(hangzhou, notes=(*hangzhou.notes, stood)))
    assert said.count("按 2026-01-01 时的状态") == 1
    assert said.index("按 2026-01-01 时的状态") < said.index('<dl class="answer whole">')


def test_notes_are_printed(page_of: Page, hangzhou: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracer.messages import catalogue

    monkeypatch.setitem(catalogue.TEXTS, "note.of_a_test", ("提示 {what}", "note {what}"))
    noted = replace(hangzhou, notes=(Note("of_a_test", {"what": "<b>"}),))
    assert "提示 &lt;b&gt;" in page_of(noted)


def test_several_numbers_have_an_overview_and_tabs(page_of: Page, traces: Any) -> None:
    elements = read(page_of(*traces)).elements
    assert len([1 for _, attrs in elements if attrs.get("role") == "tab"]) == 3
    assert len([1 for _, attrs in elements if attrs.get("role") == "tabpanel"]) == 3
    page = page_of(*traces)
    assert "码号 10687415、10690999、1068 流转链" in page


def test_single_number_has_no_tabs(page_of: Page, hangzhou: Trace) -> None:
    page = page_of(hangzhou)
    assert not [1 for _, attrs in read(page).elements if attrs.get("role") == "tab"]
    assert "总览" not in page


def test_another_script_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "VIS_DIGEST", "0" * 64)
    with pytest.raises(IntegrityError) as error:
        network_script()
    assert "pyvis" in error.value.message("zh")
    assert error.value.exit_status == 6


def test_script_keeps_its_licence() -> None:
    assert "Apache 2.0 License" in network_script()[:1500]


def test_policy_hashes_are_of_utf8() -> None:
    expected = b64encode(hashlib.sha256("码".encode()).digest()).decode()
    assert f"style-src 'sha256-{expected}'" in content_policy([], ["码"])


def test_pyvis_is_imported_by_rendering_only() -> None:
    root = Path(policy.__file__).parents[3]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "import tracer.report.html.page\n"
        "print(sorted({'pyvis', 'IPython', 'jinja2'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
