"""From a URL to the paper that it names."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from papergraph.ontology.identifiers import ARXIV, ARXIV_NUMBER, TRAILING, identifier_at

WRITTEN_ARXIV = re.compile(rf"\barxiv\s*+[:：]\s*+({ARXIV_NUMBER})(?:v\d+)?(?!\d)", re.IGNORECASE)
#: Redirectors that lead to redirectors are followed so often, addresses looked into up to this length.
_MOST_REDIRECTIONS = 8
_LONGEST_URL = 4_000
_REDIRECTORS = {"link.zhihu.com": "target", "www.google.com": "q", "link.jianshu.com": "t", "l.facebook.com": "u"}
#: Hosts that hold code, weights and pages about papers, not papers.
_CODE_HOSTS = ("github.com", "gitlab.com", "huggingface.co", "hf.co", "gitee.com", "modelscope.cn", "bitbucket.org")


def clean_url(url: str) -> str:
    """Return `url` without the punctuation that prose leaves at its end, redirectors followed lexically.

    An address of more than 4,000 characters, such as a picture written out, is left as it is.

    >>> clean_url("https://link.zhihu.com/?target=https%3A//arxiv.org/abs/2306.14048）。")
    'https://arxiv.org/abs/2306.14048'
    """
    return url if len(url) > _LONGEST_URL else _clean(url)


@lru_cache(maxsize=4096)
def _clean(url: str) -> str:
    for _ in range(_MOST_REDIRECTIONS):
        url = without_marks(url.strip().strip("<>"), TRAILING)
        target = _target(url)
        if not target.startswith("http"):
            break
        url = target
    return url


def without_marks(url: str, marks: str) -> str:
    """Return `url` without the `marks` at its end; a parenthesis stays if it closes one of the URL's own.

    >>> without_marks("https://a.b/c_(d)).", ".)")
    'https://a.b/c_(d)'
    """
    end, unopened = len(url), url.count(")") - url.count("(")
    while end and url[end - 1] in marks:
        if url[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return url[:end]


def _target(url: str) -> str:
    """Return where a redirector leads, or the empty string."""
    try:
        parts = urlsplit(url)
        parameter = _REDIRECTORS[parts.netloc]
        return parse_qs(parts.query).get(parameter, [""])[0]
    except (KeyError, ValueError):
        return ""


def identify(url: str) -> str:
    """Return the identifier of the paper that `url` names, or the empty string.

    `arXiv:2306.14048` (never with a version), a bare lower-case DOI, or another scheme with its id, such as
    `OpenReview:wHBfxhZu1u`. Nothing is ever fetched. Of a long text only the first 4,000 characters are looked at.

    >>> identify("http://arxiv.org/pdf/2306.14048v3.pdf"), identify("https://openreview.net/forum?id=wHBfxhZu1u")
    ('arXiv:2306.14048', 'OpenReview:wHBfxhZu1u')
    """
    return _identify(url[:_LONGEST_URL])


@lru_cache(maxsize=4096)
def _identify(url: str) -> str:
    url = _clean(url)
    if written := find_arxiv(url):
        return written
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return ""
    host, path = parts.netloc.casefold().removeprefix("www."), unquote(parts.path)
    return identifier_at(host, path, unquote(parts.query))


def find_arxiv(text: str) -> str:
    """Return the first identifier written as `arXiv:ID` in `text`, or the empty string.

    >>> find_arxiv("see arXiv: 2306.14048v2 [cs.LG]")
    'arXiv:2306.14048'
    """
    match = WRITTEN_ARXIV.search(text)
    return ARXIV.identifier(match[1]) if match else ""


def is_code(url: str) -> bool:
    """Tell whether `url` leads to code or weights rather than to a paper.

    >>> is_code("https://github.com/FMInference/H2O"), is_code("https://huggingface.co/papers/2306.14048")
    (True, False)
    """
    return not identify(url) and any(f"//{host}/" in url or f".{host}/" in url for host in _CODE_HOSTS)
