"""Pages of papers: one file, nothing from elsewhere, no markup from the records."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.dossier.written import CHAIN, DIAMOND, code_of, factors_in
from tracer.dossier.links import Links, find_joinings, find_links
from tracer.graph.trace import build_trace
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.party import Party
from tracer.model.partyfile import PartyFile, RegisterEntry
from tracer.model.period import ALL_DAYS
from tracer.model.source import RecordRef
from tracer.report.diagram.linkmap import draw_links
from tracer.report.factor_paper import factor_paper
from tracer.report.html.page import render_page
from tracer.report.html.paper_page import render_paper, whole_tokens
from tracer.report.links_paper import links_paper
from tracer.report.linkscene import link_scene
from tracer.rules.examined import ExaminedTrace

HOSTILE = "<img src=x onerror=alert(1) x="
INFO = CaseInfo("1", "<b>案</b>")


def page(written: str = CHAIN, lang: Language = "zh") -> str:
    return render_paper(factor_paper(factors_in(written)), INFO, lang).decode()


def map_of(*names: str, codes: tuple[str, ...] = (CHAIN,)) -> Links:
    opened = tuple(code_of(each) for each in codes)
    joinings, cut = find_joinings(opened, frozenset(names), 100)
    files = {}
    for row, name in enumerate(names, start=2):
        ref = RecordRef("parties", "ab" * 32, "p.csv", 0, None, row, row)
        files[name] = PartyFile(name, entries=(RegisterEntry(ref, name, name, address="某路3号"),))
    return find_links(opened, tuple(map(Party, names)), files, ALL_DAYS, joinings, cut)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_file_that_asks_for_nothing(lang: Language) -> None:
    html = page(lang=lang)
    assert f'<html lang="{lang}" data-lang="{lang}"' in html
    assert not re.search(r"(?:src|href)=", html)
    assert not re.search(r"\sstyle=|\son\w+=", html)
    assert "<b>案</b>" not in html
    assert "不是法律结论" in html
    assert "no legal conclusion" in html


def test_the_policy_allows_its_own_script_and_style_only() -> None:
    html = page()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    for tag in ("script", "style"):
        [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in rules


def test_names_are_text_and_never_markup() -> None:
    hostile = CHAIN.replace("乙", "@").replace("甲>@", f'"甲>{HOSTILE}"')
    hostile = hostile.replace("@>丙", f'"{HOSTILE}>丙"').replace("@", f'"{HOSTILE}"')
    html = page(hostile)
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)" in html
    links = map_of("甲", "丙", codes=(hostile,))
    assert "<img" not in draw_links(links).svg.zh


@pytest.mark.browser
def test_quiet_in_a_browser_and_in_two_languages(browser: Any, tmp_path: Path) -> None:
    links = map_of("甲", "丙")
    file = tmp_path / "links.html"
    file.write_bytes(render_paper(links_paper(links, (draw_links(links),)), INFO, "zh"))
    browser.get(file.as_uri())
    shown = "return [...document.querySelectorAll('svg')].map((s) => s.getBoundingClientRect().width > 0)"  # noqa: E501
    assert browser.execute_script(shown) == [True, False]
    browser.execute_script("document.getElementById('language').click()")
    assert browser.execute_script(shown) == [False, True]
    assert browser.title.startswith("Links between")
    browser.execute_script("document.getElementById('theme').click()")
    assert browser.get_log("browser") == []


def test_equal_papers_have_equal_bytes() -> None:
    assert page() == page()


def test_the_map_has_a_box_a_party_a_hop_and_a_tie() -> None:
    links = map_of("甲", "丙")
    scene = link_scene(links)
    words = {box.id: " ".join(line.text for line in box.lines["zh"]) for box in scene.boxes}
    assert words == {
        "P1": "甲 持有人",
        "P2": "丙",
        "P3": "乙",
        "H1": "10687415：107 条",
        "H2": "10687415：97 条",
        "T1": "同一地址 某路3号",
    }
    looks = {box.id: box.looks for box in scene.boxes}
    assert (looks["P1"], looks["P2"], looks["P3"]) == (("asked", "holder"), ("asked",), ())
    assert [band.layer for band in scene.bands] == [0, 1, 2]
    assert {(m.tail, m.head) for m in scene.marks} == {
        ("P1", "H2"), ("H2", "P3"), ("P3", "H1"), ("H1", "P2"), ("P1", "T1"), ("P2", "T1"),
    }  # fmt: skip


def test_boxes_of_the_map_never_overlap() -> None:
    other = DIAMOND.replace("10687415", "10684500")
    scene = link_scene(map_of("甲", "乙", "丙", "丁", codes=(CHAIN, other)))
    rects = [box.rect for box in scene.boxes]
    for number, one in enumerate(rects):
        for two in rects[number + 1 :]:
            apart = (
                one.x + one.width <= two.x
                or two.x + two.width <= one.x
                or one.y + one.height <= two.y
                or two.y + two.height <= one.y
            )
            assert apart, (one, two)
    assert all(r.x >= 0 and r.x + r.width <= scene.width for r in rects)
    assert all(r.y >= 0 and r.y + r.height <= scene.height for r in rects)


def test_layers_that_differ_by_code_stand_in_the_boxes() -> None:
    other = DIAMOND.replace("10687415", "10684500").replace("丁", "己")
    shifted = other.replace("甲", "丁").replace("乙", "甲").replace("丁", "乙")
    scene = link_scene(map_of("甲", "乙", codes=(CHAIN, shifted)))
    assert scene.bands == ()
    words = [line.text for box in scene.boxes for line in box.lines["zh"]]
    assert any("10684500：0" in text and "10687415：1" in text for text in words)


def test_the_map_in_a_page_of_links() -> None:
    links = map_of("甲", "丙")
    html = render_paper(links_paper(links, (draw_links(links),)), INFO, "zh").decode()
    assert html.count("<svg") == 2
    assert "【甲】 → 乙 → 【丙】" in html


def test_the_price_ladder_on_the_page_of_a_trace() -> None:
    silent = CHAIN.replace(', price: "0.03"', "").replace(', price: "0.04"', "")
    pages = [
        render_page(
            [ExaminedTrace(build_trace(code_of(each).found.evidence, ALL_DAYS), ())], INFO, "zh"
        ).decode()
        for each in (CHAIN, silent)
    ]
    [ladder] = re.findall(r'<section class="ladder" data-part>(.*?)</section>', pages[0], re.DOTALL)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", ladder, re.DOTALL)
    assert [cells[at] for at in (0, 1, 4, 5, 6, 7)] == ["0", "甲", "0.03", "0.03", "97", "2.91"]
    assert [cells[at] for at in (10, 11, 14, 15, 16, 17)] == [
        "1", "乙", "0.04", "0.01", "107", "1.07",
    ]  # fmt: skip
    assert 'class="ladder"' not in pages[1]


def test_no_line_breaks_a_number_a_day_or_a_word() -> None:
    html = page()
    assert '<span class="token">10687415</span>' in html
    assert '<td class="token">2023-07-05</td>' in html
    style = html[: html.index("</style>")]
    assert ".token { white-space: nowrap; }" in style
    cells = style.rindex(".listing th, .listing td { overflow-wrap: break-word; }")
    assert cells > style.index("overflow-wrap: anywhere")
    assert str(whole_tokens("自 2020-01-01 至 长期")) == (
        '自 <span class="token">2020-01-01</span> 至 长期'
    )
    assert str(whole_tokens("customer contract")) == "customer contract"
    assert "<span" not in str(whole_tokens("ab" * 32 + "1"))
