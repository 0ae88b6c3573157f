"""One number for one set of quads, whatever their order, which can be updated when quads come and go.

Each quad, as a line of canonical N-Quads, stands for its SHA-512 as a number; a set of quads stands for the sum. The
digest finds accidents, not forgery: whoever can change the quads can change the digest beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha512

_MODULUS = 1 << 512


def digest_of(lines: Iterable[str]) -> str:
    r"""Return the digest of quads, one a line, no line twice: 128 hexadecimal digits.

    >>> digest_of(["a .\n", "b .\n"]) == digest_of(["b .\n", "a .\n"]) != digest_of(["b .\n"])
    True
    """
    return _written(_sum(lines))


def updated(digest: str, removed: Iterable[str], added: Iterable[str]) -> str:
    r"""Return the digest of what is left of a set without some of its lines, and with others that it did not have.

    >>> updated(digest_of(["a .\n", "b .\n"]), ["a .\n"], ["c .\n"]) == digest_of(["b .\n", "c .\n"])
    True
    """
    return _written(int(digest, 16) - _sum(removed) + _sum(added))


def added(digest: str, other: str) -> str:
    r"""Return the digest of two sets that share no line.

    >>> added(digest_of(["a .\n"]), digest_of(["b .\n"])) == digest_of(["a .\n", "b .\n"])
    True
    """
    return _written(int(digest, 16) + int(other, 16))


def _sum(lines: Iterable[str]) -> int:
    return sum(int.from_bytes(sha512(line.encode("utf-8", "surrogatepass")).digest()) for line in lines)


def _written(number: int) -> str:
    return f"{number % _MODULUS:0128x}"
