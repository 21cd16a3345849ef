"""What every page has in common: one head, header, foot, base of styles, language and theme."""

import hashlib
import re
from base64 import b64encode
from html import unescape
from typing import Any

import pytest

from tests.report.audits import full_audit
from tests.report.leads import examined
from tracer.graph.result import Trace
from tracer.messages import text
from tracer.model.case import CaseInfo
from tracer.report.html.overview import render_overview
from tracer.report.html.page import SCRIPTS, render_page
from tracer.report.html.paper_page import render_paper
from tracer.report.html.policy import as_inline
from tracer.report.html.shell import FOLDER, make_shell, read_part
from tracer.report.papers import Paper, Section
from tracer.report.wording import same, say

from .test_page import read

_BANNED = (
    "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(",
    "XMLHttpRequest", "WebSocket", "import(", ".style.", "new Function",
)  # fmt: skip
CASE = CaseInfo("（2025）浙0192民初1号", "<b>案</b>")
PAPER = Paper(
    title=same("一份文书"),
    window=say("page.window_all"),
    statement=(),
    sections=(Section(same("一节"), remarks=(same("</script><script>1</script>"),)),),
    digest="ab" * 32,
)


@pytest.fixture
def pages(hangzhou: Trace) -> dict[str, str]:
    return {
        "trace": render_page([examined(hangzhou)], CASE, "zh").decode(),
        "audit": render_overview(full_audit(), CASE, "zh", {}).decode(),
        "paper": render_paper(PAPER, CASE, "zh").decode(),
    }


def test_one_base_and_one_script_for_all(pages: dict[str, str]) -> None:
    for page in pages.values():
        reader = read(page)
        (style,) = [content for tag, _, content in reader.raw if tag == "style"]
        assert style.startswith(as_inline(read_part("base.css")))
        scripts = [c for tag, a, c in reader.raw if tag == "script" and not a.get("type")]
        assert as_inline(read_part("shell.js")) in scripts


def test_the_same_header_and_foot(pages: dict[str, str]) -> None:
    for page in pages.values():
        ids = {attrs.get("id") for _, attrs in read(page).elements}
        assert {"language", "theme", "print"} <= ids
        assert text("page.foot", "zh") in unescape(page)
        assert "&lt;b&gt;案&lt;/b&gt;" in page
        assert page.count("<h1>") == 1
        assert re.search(r'@bottom-left\{content:"[^"]*tracer [0-9.]+"\}', page)
        assert 'class="still"' in page[:200], "told to be without scripts until one runs"
        assert "<noscript>" in page


def test_policy_covers_scripts_and_styles_of_all(pages: dict[str, str]) -> None:
    for page in pages.values():
        reader = read(page)
        stated = next(a["content"] or "" for _, a in reader.elements if "http-equiv" in a)
        found = [c for tag, a, c in reader.raw if not a.get("type")]
        for content in found:
            digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in unescape(stated)
        assert len(re.findall("sha256-", stated)) == len(found)


def test_the_foot_of_a_sheet_cannot_be_broken_out_of() -> None:
    shell = make_shell(
        say("page.picture"), CASE, styles=(), scripts=(), without_script=say("page.no_script"),
        foot='10687415"}body{display:none',
    )  # fmt: skip
    foot = shell.style[shell.style.rindex("@page{") :]
    assert foot.count('"') == 2
    assert foot.count("{") == foot.count("}") == 2


def test_scripts_never_write_markup_and_never_ask_for_anything() -> None:
    for name in (*SCRIPTS, "shell.js", "overview.js"):
        script = read_part(name)
        kept = script.replace("this.stage.style.height", "").replace("this.host.style.cursor", "")
        for word in _BANNED:
            assert word not in kept, (name, word)


def test_no_part_lies_about_unused() -> None:
    named = {"shell.js", "overview.js", *SCRIPTS}
    assert {file.name for file in FOLDER.glob("*.js")} == named


def test_parts_are_short_enough_to_read() -> None:
    for file in FOLDER.glob("*.js"):
        assert len(file.read_text("utf-8").splitlines()) < 400, file.name


def test_both_languages_stand_in_a_paper(pages: dict[str, Any]) -> None:
    assert '<span class="en" lang="en">all days on record</span>' in pages["paper"]


def test_what_papers_and_audits_use_stands_in_the_base() -> None:
    base = read_part("base.css")
    for rule in ("figure {", "figcaption {", ".evidence {", ".card {", ".panel > section {"):
        assert f"\n{rule}" in base, rule


def test_templates_are_compiled_once_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_paper(PAPER, CASE, "zh")
    compiled: list[str] = []
    monkeypatch.setattr("jinja2.Environment.compile", lambda *_, **__: compiled.append("again"))
    assert render_paper(PAPER, CASE, "zh") == first
    assert compiled == []
