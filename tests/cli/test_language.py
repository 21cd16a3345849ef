from collections.abc import Mapping

import pytest

from tracer.cli.language import choose_language


@pytest.mark.parametrize(
    ("words", "environ", "expected"),
    [
        (["--lang", "en", "load"], {}, "en"),
        (["--lang=zh", "load"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--db", "--lang", "load", "--lang", "en"], {}, "zh"),
        (["--db", "x", "--lang", "en", "load"], {"TRACER_LANG": "zh"}, "en"),
        (["--quiet", "--lang", "zh", "--lang", "en"], {}, "en"),
        (["load", "--lang", "en"], {}, "zh"),
        (["--lang"], {}, "zh"),
        (["--lang", "fr"], {"LANG": "en_GB"}, "en"),
        ([], {"TRACER_LANG": "EN", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"TRACER_LANG": "de", "LANG": "en_US"}, "en"),
        ([], {"LC_ALL": "zh_TW.Big5", "LANG": "en_US"}, "zh"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "en_US"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {}, "zh"),
    ],
)
def test_what_decides(words: list[str], environ: Mapping[str, str], expected: str) -> None:
    assert choose_language(words, environ) == expected
