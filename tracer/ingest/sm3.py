"""SM3 (GB/T 32905-2016) in plain Python, for builds whose OpenSSL leaves it out."""

import struct

__all__ = ["SM3"]

_BLOCK = 64
_WORD = 0xFFFFFFFF
_IV = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
    0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
_EARLY_ROUNDS, _ROUNDS = 16, 64


class SM3:
    """An SM3 hash in progress, used like those of `hashlib`.

    Examples
    --------
    >>> SM3(b"abc").hexdigest()
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    """

    def __init__(self, data: bytes = b"") -> None:
        self._state: tuple[int, ...] = _IV
        self._rest = b""
        self._size = 0
        self.update(data)

    def update(self, data: bytes, /) -> None:
        """Hash more bytes."""
        self._size += len(data)
        pending = self._rest + data
        whole = len(pending) - len(pending) % _BLOCK
        for start in range(0, whole, _BLOCK):
            self._state = _compress(self._state, pending[start : start + _BLOCK])
        self._rest = pending[whole:]

    def hexdigest(self) -> str:
        """Give the digest of the bytes so far as 64 hex digits."""
        padding = b"\x80" + b"\0" * ((55 - self._size) % _BLOCK)
        tail = self._rest + padding + struct.pack(">Q", self._size * 8)
        state = self._state
        for start in range(0, len(tail), _BLOCK):
            state = _compress(state, tail[start : start + _BLOCK])
        return "".join(f"{word:08x}" for word in state)


def _rotate(word: int, places: int) -> int:
    places %= 32
    return ((word << places) | (word >> (32 - places))) & _WORD


def _expand(block: bytes) -> list[int]:
    words = list(struct.unpack(">16I", block))
    for j in range(_EARLY_ROUNDS, _ROUNDS + 4):
        mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed ^= _rotate(mixed, 15) ^ _rotate(mixed, 23)
        words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    return words


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(_ROUNDS):
        early = j < _EARLY_ROUNDS
        constant = 0x79CC4519 if early else 0x7A879D8A
        turned = _rotate(a, 12)
        first = _rotate((turned + e + _rotate(constant, j)) & _WORD, 7)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & _WORD & g)
        left = (ff + d + (first ^ turned) + (words[j] ^ words[j + 4])) & _WORD
        right = (gg + h + first + words[j]) & _WORD
        a, b, c, d = left, a, _rotate(b, 9), c
        e, f, g, h = right ^ _rotate(right, 9) ^ _rotate(right, 17), e, _rotate(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))
