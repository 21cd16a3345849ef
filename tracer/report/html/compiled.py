"""Templates compiled once a process: to compile them takes as long as to make a small page."""

from functools import cache
from typing import Any

__all__ = ["compiled_templates"]


@cache
def compiled_templates() -> Any:
    """Give the store of compiled templates, in memory, shared by all pages of a process."""
    from jinja2.bccache import Bucket, BytecodeCache

    held: dict[str, bytes] = {}

    class InMemory(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key in held:
                bucket.bytecode_from_string(held[bucket.key])

        def dump_bytecode(self, bucket: Bucket) -> None:
            held[bucket.key] = bucket.bytecode_to_string()

    return InMemory()
