"""What may run in a page: pinned, hashed, and nothing else."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from tracer.errors import IntegrityError

__all__ = ["VIS_DIGEST", "content_policy", "network_script"]

VIS_DIGEST: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""SHA-256 of the vis-network 9.1.2 that pyvis 0.3.2 carries."""

_VIS_PATH: Final = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")


def network_script() -> str:
    """Read vis-network from pyvis' package data.

    Raises
    ------
    IntegrityError
        If it is not the very file this version was made with.
    """
    file = files("pyvis").joinpath(*_VIS_PATH)
    content = file.read_bytes() if file.is_file() else b""
    found = hashlib.sha256(content).hexdigest()
    if found != VIS_DIGEST:
        raise IntegrityError("page_script", path=str(file), found=found, expected=VIS_DIGEST)
    return as_inline(content.decode())


def as_inline(content: str) -> str:
    """Bring a script or style to the form in which it is hashed and written.

    Line feeds only, as an HTML parser reads it, and nothing that could end its element.
    """
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    assert "</script" not in text.lower()
    assert "</style" not in text.lower()
    return text


def content_policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Write the Content-Security-Policy: these scripts and styles, no request of any kind.

    Examples
    --------
    >>> content_policy(["1"], [])[:66]
    "default-src 'none'; script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOq"
    """
    rules = (
        "default-src 'none'",
        " ".join(["script-src", *map(_source, scripts)]),
        " ".join(["style-src", *map(_source, styles)]),
        "img-src data: blob:",
        "font-src data:",
        "connect-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _source(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{b64encode(digest).decode()}'"
