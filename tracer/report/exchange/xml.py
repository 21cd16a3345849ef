"""XML documents with equal bytes for equal trees."""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

__all__ = ["add", "element", "write_xml", "written"]

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def element(tag: str, attributes: Mapping[str, str] | None = None) -> Element:
    """Make the root of a document; names keep the prefixes they are given."""
    return Element(tag, dict(attributes or {}))


def add(
    parent: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> Element:
    """Put an element under another, after those that are there."""
    made = SubElement(parent, tag, dict(attributes or {}))
    made.text = text
    return made


def written(value: str | int | bool | float) -> str:
    """Write a value as XML Schema does.

    Examples
    --------
    >>> written(True), written(7), written(-0.0)
    ('true', '7', '0.0')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value + 0.0) if isinstance(value, float) else str(value)


def write_xml(root: Element) -> bytes:
    """Write a document, indented, in UTF-8."""
    indent(root, " ")
    return f"{_DECLARATION}\n{tostring(root, encoding='unicode')}\n".encode()
