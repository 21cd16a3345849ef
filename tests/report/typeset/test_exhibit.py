"""Exhibits as files: read back by other people's programs."""

import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.report.leads import leads_in
from tests.report.trees import RARE, broad_tree
from tracer.errors import UsageError
from tracer.graph.result import Trace
from tracer.messages import Language
from tracer.model.case import CaseInfo
from tracer.model.diagnostic import Note
from tracer.model.mark import Comment, Correction, Marks
from tracer.model.period import Period
from tracer.report.diagram.shapes import Drawing, words_of
from tracer.report.geometry import Rect
from tracer.report.projection import build_views
from tracer.report.rendering import Rendering
from tracer.report.typeset import answer_pages, png
from tracer.report.typeset.answer_pages import answer_parts
from tracer.report.typeset.exhibit import answer_pdf, answer_png, answer_svg
from tracer.report.typeset.flow import flow
from tracer.rules.examined import ExaminedTrace
from tracer.usecases.forms import FOR_PDF, FOR_PNG

NS = "{http://www.w3.org/2000/svg}"
WRITERS = (answer_pdf, answer_svg)
LACKING = "𠮷田通信有限公司"
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs poppler's pdftotext"
)


def rendering(
    *traces: Trace, lang: Language = "zh", case: CaseInfo | None = None, **more: Any
) -> Rendering:
    examined = [ExaminedTrace(trace, leads_in(trace)) for trace in traces]
    return Rendering(examined, case or CaseInfo("（2025）浙0192民初1号", "测试案"), lang, **more)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return told.stdout.decode()


def words(wanted: Rendering) -> list[list[str]]:
    """What is set on each page, before it is painted."""
    pages = [page for part in answer_parts(wanted) for page in flow(part)]
    return [[word.text for word in words_of(page)] for page in pages]


@pytest.fixture(scope="module")
def tree() -> Trace:
    return broad_tree(14)


@pytest.fixture(scope="module")
def tree_pdf(tree: Trace) -> bytes:
    return answer_pdf(rendering(tree))


def marked(trace: Trace) -> Trace:
    """A trace with a party decided on, a value put right and a note; as the answer once stood."""
    (view,) = build_views(rendering(trace).traces, CaseInfo())
    record = view.items("hop")[0].lines[0].place.record
    correction = Correction(
        13, "", "李", "误读", "valid_to", "有效期至", "2028-12-31", "2023-12-31"
    )
    first, *others = trace.parties
    renamed = first.party._replace(spellings=("旧写法公司", first.name), decided=(8, 9))
    marks = Marks(
        corrections={record: (correction,)},
        parties={first.name: (Comment(18, "", "张", "已到案"),)},
        hops={("甲", "乙"): (Comment(16, "", "张", "已核对", "confirmed"),)},
        findings={("TR301", ("甲", "乙")): (Comment(17, "", "张", "已调取"),)},
    )
    return replace(
        trace,
        parties=(first._replace(party=renamed), *others),
        evidence=replace(trace.evidence, marks=marks),
        notes=(*trace.notes, Note("as_of", {"moment": "2026-01-01", "event": "19"})),
    )


def test_what_people_decided_and_put_right_is_told_as_theirs(tree: Trace) -> None:
    wanted = rendering(marked(tree))
    first, *others = ("".join(page) for page in words(wanted))
    assert first.index("按 2026-01-01 时的状态") < first.index("码号持有人")
    assert "经人工认定的主体 1 家，经人工更正的值 1 处" in first
    rest = "".join((first, *others))
    assert rest.count("时的状态") == 1
    for said in (
        "认定、更正和说明",
        "旧写法公司（记录第 8、9 条）",
        "材料写作“2028-12-31”，更正为“2023-12-31”",
        "已到案（张；记录第 18 条）",
        "〔确 C·确定〕已核对",
        "TR301 甲、乙",
    ):
        assert said in rest
    (record,) = wanted.traces[0].trace.evidence.marks.corrections
    assert re.search(rf"E\d{{3}} ?{re.escape(record[:20])}", rest), "the exhibit is named"
    assert "经人工更正的值 1 处" in answer_svg(wanted).decode()


def test_where_nobody_decided_nothing_is_said_of_it(tree: Trace) -> None:
    told = "".join(word for page in words(rendering(tree)) for word in page)
    assert "认定、更正和说明" not in told


@needs_poppler
def test_every_party_is_found_in_the_pdf_with_rare_characters_too(
    tree: Trace, tree_pdf: bytes, tmp_path: Path
) -> None:
    said = text_of(tree_pdf, tmp_path)
    assert sum(1 for party in tree.parties if set(party.name) & set(RARE)) == 3
    assert [party.name for party in tree.parties if party.name not in said] == []
    count = len(re.findall(r"第 \d+ 页，共 \d+ 页", said))
    assert f"第 {count} 页，共 {count} 页" in said
    for number in range(1, 4):
        assert f"E{number:03d}" in said
    assert "F1" in said
    assert "线索不是认定" in said
    digest = re.search(r"SHA-256 ([0-9a-f]{64})", said)
    assert digest is not None
    assert said.count(digest[1]) >= count, "on every page"


def test_the_pdf_embeds_a_part_of_one_font_and_no_date_of_today(tree_pdf: bytes) -> None:
    assert tree_pdf.startswith(b"%PDF-")
    assert len(tree_pdf) < 400_000
    assert len(re.findall(rb"/FontFile3 ", tree_pdf)) == 1
    names = set(re.findall(rb"/BaseFont /([A-Z]{6}\+[\w-]+)", tree_pdf))
    assert len(names) == 1
    assert b"/CreationDate (D:20000101000000Z)" in tree_pdf
    assert b"/ModDate" not in tree_pdf
    assert b"/Outlines" in tree_pdf


@needs_poppler
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_font_lacks_is_named_on_a_page_of_the_pdf(
    new_trace: Any, lang: Language, tmp_path: Path
) -> None:
    trace = new_trace().allocate("甲公司").contract("HT-1", "甲公司", LACKING).build()
    said = text_of(answer_pdf(rendering(trace, lang=lang)), tmp_path)
    assert "〓田通信有限公司" in said
    assert "U+20BB7" in said
    assert LACKING not in said


def test_leads_stand_with_clauses_and_rebuttal_and_evidence_with_its_rows(hangzhou: Trace) -> None:
    wanted = rendering(hangzhou)
    said = "".join(text for page in words(wanted) for text in page)
    assert "可以推翻的材料" in said
    assert "依据" in said
    for contract in {row.contract_no for hop in hangzhou.hops for row in hop.contracts}:
        assert contract in said
    digests = {row.ref.digest for hop in hangzhou.hops for row in hop.contracts}
    for digest in digests:
        assert digest in said, "in full, in the list of files"
        assert f"{digest[:16]}…" in said, "in short, beside the row"


def test_no_text_is_below_eight_points(tree: Trace) -> None:
    def smallest(shapes: Any, scale: float) -> float:
        sizes = [scale * 99]
        for shape in shapes:
            if hasattr(shape, "size"):
                sizes.append(shape.size * scale)
            elif hasattr(shape, "shapes"):
                inner = getattr(shape, "scale", 1.0)
                sizes.append(smallest(shape.shapes, scale * inner))
        return min(sizes)

    for part in answer_parts(rendering(tree)):
        for page in flow(part):
            assert smallest(page, 1.0) >= 7.99


def test_a_large_tree_has_sheets_an_index_and_fewer_on_larger_paper(tree: Trace) -> None:
    pages = words(rendering(tree))
    first = next(number for number, page in enumerate(pages) if "主体索引" in page)
    index = [text for page in pages[first : first + 2] for text in page]
    for party in tree.parties:
        place = index[index.index(party.name) + 2]
        number = int(place.partition("-")[0])
        sheet = next(page for page in pages if any(f"第 {number} 张，" in text for text in page))
        assert party.name in "".join(sheet)
    exhibits = index[index.index("证据索引") :]
    assert re.fullmatch(r"\d+-[A-Z]\d+", exhibits[exhibits.index("E002") + 1])
    large = words(rendering(tree, paper="a3"))
    assert len(large) < len(pages)


def test_more_parties_than_anyone_would_draw_are_folded_with_their_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer_pages, "_MOST_DRAWN", 100)
    many = broad_tree(500)
    said = "".join(text for page in words(rendering(many)) for text in page)
    assert "叠框：未逐一绘出的部分" in said


def test_several_numbers_come_one_after_the_other_with_an_overview_first(
    hangzhou: Trace, one_hop: Trace
) -> None:
    pages = words(rendering(hangzhou, one_hop))
    assert "总览：2 个码号" in pages[0]
    assert [text for page in pages for text in page if re.fullmatch(r"图\d .*", text)] == [
        f"图1 码号 {hangzhou.number} 流转图 · 全部日期",
        f"图2 码号 {one_hop.number} 流转图 · 全部日期",
    ]


def test_the_window_stands_on_the_first_page(new_trace: Any) -> None:
    builder = new_trace(window=Period(date(2023, 7, 1), date(2023, 7, 31)))
    trace = builder.allocate("甲公司").contract("HT-1", "甲公司", "乙公司").build()
    assert "2023-07-01 至 2023-07-31" in words(rendering(trace))[0]


def test_gaps_and_what_is_not_counted_are_listed(messy: Trace) -> None:
    said = "".join(text for page in words(rendering(messy)) for text in page)
    assert "断档与未见分配" in said
    for gap in messy.gaps:
        assert gap.party in said
    assert "未写明号段的合同" in said


def test_svg_is_well_formed_and_needs_nothing(hangzhou: Trace) -> None:
    svg = answer_svg(rendering(hangzhou)).decode()
    root = ET.fromstring(svg)
    said = "".join(element.text or "" for element in root.iter(f"{NS}text"))
    for party in hangzhou.parties:
        assert party.name in said
    for told in ("输入摘要 SHA-256", "层：", "由 tracer", "合同（实线）", "路由记录（虚线）"):
        assert told in said
    assert "href" not in svg
    assert "url(" not in svg


def test_svg_needs_nothing_of_the_extra(one_hop: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in {*FOR_PDF, *FOR_PNG}:
        monkeypatch.setitem(sys.modules, module, None)
    assert answer_svg(rendering(one_hop)).startswith(b"<svg ")
    with pytest.raises(ImportError):
        answer_pdf(rendering(one_hop))


def test_png_is_of_300_dots_an_inch(one_hop: Trace) -> None:
    painted = answer_png(rendering(one_hop))
    assert painted == answer_png(rendering(one_hop))
    width, height = struct.unpack(">II", painted[16:24])
    assert width > 2000
    assert height > 1500
    assert painted[37:41] == b"pHYs"
    assert struct.unpack(">IIB", painted[41:50]) == (11811, 11811, 1)


def test_a_png_nobody_could_open_is_refused() -> None:
    huge = Drawing(9000.0, 9000.0, Rect(0, 0, 9000, 9000), ())
    with pytest.raises(UsageError) as refused:
        png.paint_png(huge, Path("none"), "t")
    assert refused.value.key == "png_too_large"
    assert "37,500" in refused.value.message("en")


def test_the_same_bytes_under_any_hash_seed_zone_and_locale(tmp_path: Path) -> None:
    program = (
        "from hashlib import sha256\n"
        "from tests.report.trees import broad_tree\n"
        "from tests.report.typeset.test_exhibit import WRITERS, rendering\n"
        "for write in WRITERS:\n"
        "    print(sha256(write(rendering(broad_tree(3, circles=True)))).hexdigest())\n"
    )
    root = Path(__file__).parents[3]
    other = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=root,
        env={"PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "C", "PYTHONUTF8": "1",
             "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    wanted = rendering(broad_tree(3, circles=True))
    mine = [sha256(write(wanted)).hexdigest() for write in WRITERS]
    assert other.stdout.decode().split() == mine
