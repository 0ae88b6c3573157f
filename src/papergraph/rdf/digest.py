"""One number for one set of quads, whatever their order, which can be updated when quads come and go.

Each quad, as a line of canonical N-Quads, stands for its SHA-512 as a number; a set of quads stands for the sum. The
digest finds accidents, not forgery: whoever can change the quads can change the digest beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha512

_MODULUS = 1 << 512


def digest_of(lines: Iterable[str]) -> str:
    r"""Return the digest of quads, one a line, no line twice: 128 hexadecimal digits.

    >>> digest_of(["a .\n", "b .\n"]) == digest_of(["b .\n", "a .\n"]) != digest_of(["b .\n"])
    True
    """
    return digest_of_sum(_sum(lines))


def each_once(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    r"""Yield each line the first time that it comes, with the number that it stands for.

    What came before is known by 128 bits of its number, so that millions of lines need little memory.

    >>> [line for line, number in each_once(["a .\n", "b .\n", "a .\n"])]
    ['a .\n', 'b .\n']
    """
    seen: set[int] = set()
    for line in lines:
        number = _number(line)
        if (known := number >> 384) not in seen:
            seen.add(known)
            yield line, number


def digest_of_sum(number: int) -> str:
    r"""Return the digest of quads from the sum of their numbers.

    >>> digest_of_sum(sum(number for line, number in each_once(["a .\n"]))) == digest_of(["a .\n"])
    True
    """
    return f"{number % _MODULUS:0128x}"


def updated(digest: str, removed: Iterable[str], added: Iterable[str]) -> str:
    r"""Return the digest of what is left of a set without some of its lines, and with others that it did not have.

    >>> updated(digest_of(["a .\n", "b .\n"]), ["a .\n"], ["c .\n"]) == digest_of(["b .\n", "c .\n"])
    True
    """
    return digest_of_sum(int(digest, 16) - _sum(removed) + _sum(added))


def added(digest: str, other: str) -> str:
    r"""Return the digest of two sets that share no line.

    >>> added(digest_of(["a .\n"]), digest_of(["b .\n"])) == digest_of(["a .\n", "b .\n"])
    True
    """
    return digest_of_sum(int(digest, 16) + int(other, 16))


def _sum(lines: Iterable[str]) -> int:
    return sum(map(_number, lines))


def _number(line: str) -> int:
    return int.from_bytes(sha512(line.encode("utf-8", "surrogatepass")).digest())
