"""Sizes of paper an exhibit is set on."""

from typing import Literal

__all__ = ["PaperSize"]

PaperSize = Literal["a4", "a3"]
