"""The overview page as bytes: offline, hashed, escaped, complete."""

import hashlib
import json
import re
from base64 import b64encode

import pytest

from tests.report.audits import full_audit, make_audit, make_code
from tracer.messages import LANGUAGES, Language
from tracer.model.case import CaseInfo
from tracer.report.html.overview import render_overview
from tracer.report.html.overview_content import AT_FIRST, gather
from tracer.rules.audited import Audit, PartyLine

from .conftest import HOSTILE_NAMES
from .test_page import read

CASE = CaseInfo()


def page_of(audit: Audit, lang: Language = "zh", **links: str) -> str:
    return render_overview(audit, CASE, lang, {f"{k[1:]}": v for k, v in links.items()}).decode()


def hostile_audit() -> Audit:
    return make_audit(
        make_code(
            "10687415", *HOSTILE_NAMES, senders=HOSTILE_NAMES, authorities=HOSTILE_NAMES,
            regions=HOSTILE_NAMES, findings={"TR201": 1},
        ),
        finding_count=1,
        parties=tuple(PartyLine(name, 1, 0, 1, 0, 0, {"TR201": 1}) for name in HOSTILE_NAMES),
    )  # fmt: skip


@pytest.mark.parametrize("audit", [full_audit(), hostile_audit(), make_audit()])
def test_nothing_runs_or_is_fetched_but_what_is_hashed(audit: Audit) -> None:
    reader = read(page_of(audit))
    policies = [a["content"] for t, a in reader.elements if a.get("http-equiv")]
    assert len(policies) == 1
    policy = policies[0] or ""
    for needed in ("default-src 'none'", "connect-src 'none'", "base-uri 'none'"):
        assert needed in policy
    allowed = set(re.findall(r"'sha256-[^']+'", policy))
    found = {
        f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
        for tag, attributes, content in reader.raw
        if attributes.get("type") != "application/json"
    }
    assert found == allowed
    for tag, attributes in reader.elements:
        assert not {"src", "style"} & attributes.keys()
        assert not any(name.startswith("on") for name in attributes)
        assert tag not in {"img", "iframe", "object", "embed", "form", "link", "base"}


def test_a_row_for_each_code_and_data_for_each_row() -> None:
    audit = full_audit()
    page = page_of(audit)
    data = json.loads(re.findall(r'id="page-data">(.*?)</script>', page, re.DOTALL)[0])
    body = page[page.index('id="codes"') : page.index("</table>", page.index('id="codes"'))]
    codes = re.findall(r"<tr[^>]*><td>(?:<span[^>]*>)?(\d+)", body)
    assert codes == [each.code for each in audit.codes]
    assert len(data["rows"]) == len(codes)
    assert data["rows"][0][:8] == [4, 3, 2, 6525, 2, 170_000_000_000, 2, "1068"]
    assert data["rows"][0][9] == ["opened_for_another", "unlet"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_say_what_was_and_was_not_compared(lang: Language) -> None:
    cards = {card.asks.get(lang): card for card in gather(full_audit(), {}).cards}
    asked = {"zh": "三方核对有不一致", "en": "Registers disagree"}[lang]
    assert cards[asked].says.en == "2"
    assert "2" in cards[asked].adds.get(lang)
    assert cards[{"zh": "线索", "en": "Findings"}[lang]].says.zh == "3"
    deepest = cards[{"zh": "最深层数", "en": "Deepest chain"}[lang]]
    assert (deepest.says.zh, "10687415" in deepest.adds.get(lang)) == ("4", True)


def test_bars_are_in_proportion_and_never_vanish() -> None:
    codes = [make_code(f"1069{n:04d}", depth=n, findings={"TR201": n}) for n in (0, 1, 50, 100)]
    rows = {row.code.zh: row for row in gather(make_audit(*codes), {}).rows}
    assert [rows[f"1069{n:04d}"].depth_bar for n in (0, 1, 50, 100)] == [0, 1, 10, 20]
    assert [rows[f"1069{n:04d}"].finding_bar for n in (0, 1, 50, 100)] == [0, 1, 10, 20]


def test_rows_beyond_the_first_wait_on_the_screen_but_are_there() -> None:
    page = page_of(make_audit(*(make_code(f"1069{n:04d}") for n in range(AT_FIRST + 5))))
    assert page.count('<tr class="later">') == 5
    assert "html:not(.still) .later { display: none; }" in page, "hidden by the script alone"


def test_links_only_where_there_is_a_page() -> None:
    page = page_of(full_audit(), _10687415="pages/10687415.html")
    assert re.findall(r'<a href="([^"]*)"', page) == ["pages/10687415.html"]


def test_what_was_asked_is_said() -> None:
    assert "广东某公司" in page_of(full_audit()).partition("</header>")[0]
    assert "筛选条件" not in page_of(make_audit()).partition("</header>")[0]


@pytest.mark.parametrize("word", ["违法", "非法", "犯罪", "illegal", "unlawful", "guilty"])
def test_neutral(word: str) -> None:
    assert word not in page_of(full_audit()).lower()


def test_same_bytes() -> None:
    assert page_of(full_audit()) == page_of(full_audit())
