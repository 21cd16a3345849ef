"""Sentences of findings whose values need words of their own."""

from tracer.model.finding import Finding, Value
from tracer.report.findings import sentence


def related(**values: tuple[str, ...]) -> Finding:
    ends: dict[str, Value] = {"upstream": "甲", "downstream": "乙", "declared": ()}
    return Finding("TR501", ("乙", "甲"), sentence="TR501", values={**ends, **values})


def test_what_is_shared_is_told_with_its_column() -> None:
    found = related(phone=("029-0000003",), representative=("孙三", "李四"))
    assert sentence(found, "zh").endswith("相同：法定代表人 孙三、李四；电话 029-0000003。")
    assert sentence(found, "en").endswith(
        "parties table: legal representative 孙三, 李四; phone 029-0000003."
    )


def test_handsets_stay_masked_where_they_are_shared() -> None:
    found = related(phone=("13800010002",), address=("某路1号 139 0001 0003",))
    for told in (sentence(found, "zh"), sentence(found, "en")):
        assert "138****0002" in told
        assert "139****0003" in told
        assert "0001" not in told


def test_a_check_that_was_not_passed_is_told_with_its_day() -> None:
    for code in ("TR401", "TR402", "TR403"):
        for variant, later in ((".failed", ""), (".later.failed", "2023-07-12")):
            ends: dict[str, Value] = {"upstream": "甲", "downstream": "乙", "later": later}
            values: dict[str, Value] = {**ends, "failed": ("", "2023-06-20")}
            found = Finding(code, ("乙", "甲"), sentence=code + variant, values=values)
            told = sentence(found, "zh")
            assert told.endswith("；另有不通过的记录（日期：未载明、2023-06-20）。")
            assert later in told
            assert sentence(found, "en").endswith(
                "On record as not passed: not stated, 2023-06-20."
            )
