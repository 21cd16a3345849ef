"""Characters a font lacks: never dropped, always named."""

import pytest

from tests.report.trees import RARE
from tracer.report.diagram.shapes import Drawing, Group, Inset, Words
from tracer.report.geometry import Rect
from tracer.report.typeset.glyphs import face, known_characters, lacking, texts_of, without

BOX = Rect(0, 0, 9, 9)


def drawing_of(text: str) -> Drawing:
    inner = Inset(BOX, BOX, (Group("box", "P1", (Words(text, (0, 0), 8.0),)),))
    return Drawing(9, 9, BOX, (Words(text, (0, 0), 8.0), inner))


def test_rare_characters_of_names_are_in_the_font() -> None:
    known = known_characters(face())
    assert not [char for char in RARE if char not in known]
    assert not [char for char in "〓¤※→←·、（）［］〔〕“”×…–" if char not in known]


def test_what_the_font_lacks_is_shown_by_a_sign_and_named_word_by_word() -> None:
    known = known_characters(face())
    lacked = lacking(["𠮷田通信 与 (𠮷𠀋)", "甲，مر", "甲，𠮷田通信"], known)
    assert [(each.word, each.codes) for each in lacked] == [
        ("¤¤", "U+0645 U+0631"),
        ("〓田通信", "U+20BB7"),
        ("〓〓", "U+20BB7 U+2000B"),
    ]


def test_signs_take_the_place_of_every_character_lacking_in_insets_too() -> None:
    drawing = drawing_of("𠮷田 مر")
    lacked = lacking(texts_of([drawing]), known_characters(face()))
    assert list(texts_of([without(drawing, lacked)])) == ["〓田 ¤¤", "〓田 ¤¤"]
    assert without(drawing, ()) is drawing


@pytest.mark.parametrize("text", ["", "甲 乙", "……"])
def test_nothing_lacking_is_nothing(text: str) -> None:
    assert lacking([text], set("甲乙…")) == ()
