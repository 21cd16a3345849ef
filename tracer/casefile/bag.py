"""The BagIt folder of a package: payload, manifests by SHA-256 and SHA-512, SM3 sums beside them.

What is written depends on the payload and on what is said of it alone: the library's own list of
the other files is in the order of the file system, so it is written anew, sorted.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tracer.casefile.contents import PAYLOAD
from tracer.ingest.digests import digest_file

__all__ = ["MANIFESTS", "SM3_SUMS", "TAG_MANIFESTS", "make_bag", "package_digest"]

ALGORITHMS: Final = ("sha256", "sha512")
MANIFESTS: Final = {name: f"manifest-{name}.txt" for name in ALGORITHMS}
TAG_MANIFESTS: Final = {name: f"tagmanifest-{name}.txt" for name in ALGORITHMS}
SM3_SUMS: Final = "sm3sum.txt"
"""Digest and path of every payload file, as `manifest-*.txt` has them; BagIt gives SM3 no name."""


def make_bag(folder: Path, said: Mapping[str, str]) -> str:
    """Turn a folder into a BagIt package: what is in it becomes the payload.

    Parameters
    ----------
    folder : pathlib.Path
        Holds the payload, and nothing else.
    said : Mapping of str to str
        For `bag-info.txt`; `Bagging-Date` among them, or today's would be.

    Returns
    -------
    str
        The digest that stands for the whole package (`package_digest`).
    """
    import bagit

    logging.getLogger("bagit").addHandler(logging.NullHandler())
    assert "Bagging-Date" in said
    bagit.make_bag(str(folder.resolve()), dict(said), processes=1, checksums=list(ALGORITHMS))
    sums = (
        f"{digest_file(file).sm3} {file.relative_to(folder).as_posix()}\n"
        for file in _files(folder / PAYLOAD)
    )
    (folder / SM3_SUMS).write_bytes("".join(sums).encode())
    tags = [file for file in sorted(folder.iterdir()) if file.is_file()]
    for name, manifest in TAG_MANIFESTS.items():
        lines = (
            f"{hashlib.new(name, file.read_bytes()).hexdigest()} {file.name}\n"
            for file in tags
            if file.name not in TAG_MANIFESTS.values()
        )
        (folder / manifest).write_bytes("".join(lines).encode())
    return package_digest(folder)


def package_digest(folder: Path) -> str:
    """Give the digest that stands for a whole package.

    The SHA-256 of `tagmanifest-sha256.txt`: it names the digest of the manifest, which names
    those of all files.
    """
    manifest = folder / TAG_MANIFESTS["sha256"]
    return hashlib.sha256(manifest.read_bytes()).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Walk a folder in the order in which `bagit` lists files: a folder's own before those below.

    Any order would do; this one lets the three lists be read side by side.
    """
    here = sorted(folder.iterdir(), key=lambda each: each.name)
    yield from (each for each in here if each.is_file())
    for each in here:
        if each.is_dir():
            yield from _files(each)
