"""From a URL to the paper that it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

_NEW_ARXIV = re.compile(r"(?<!\d)(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?!\d)")
_OLD_ARXIV = re.compile(r"\b([a-z-]{1,20})(?:\.[A-Z]{2})?/(\d{7})(?:v\d+)?\b")
WRITTEN_ARXIV = re.compile(r"\barxiv\s*+[:：]\s*+(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?!\d)", re.IGNORECASE)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"'<>，。；、（）【】]+)")
_TRAILING = "。，、；：！？）】」』》>)].,;:!?'\"*"
_ARXIV_HOSTS = ("arxiv.org", "alphaxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "xxx.lanl.gov", "scirate.com")
_ARXIV_SUBDOMAINS = tuple(f".{host}" for host in _ARXIV_HOSTS)
_ARXIV_MIRRORS = ("huggingface.co/papers/", "hf.co/papers/", "hf-mirror.com/papers/", "papers.cool/arxiv/")
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
        url = without_marks(url.strip().strip("<>"), _TRAILING)
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
    if _is_arxiv(host, path):
        return _arxiv(path)
    for suffix, reader in _READERS:
        if host == suffix or host.endswith("." + suffix):
            return reader(path, parts.query)
    return ""


def find_arxiv(text: str) -> str:
    """Return the first identifier written as `arXiv:ID` in `text`, or the empty string.

    >>> find_arxiv("see arXiv: 2306.14048v2 [cs.LG]")
    'arXiv:2306.14048'
    """
    match = WRITTEN_ARXIV.search(text)
    return f"arXiv:{match[1]}" if match else ""


def is_code(url: str) -> bool:
    """Tell whether `url` leads to code or weights rather than to a paper.

    >>> is_code("https://github.com/FMInference/H2O"), is_code("https://huggingface.co/papers/2306.14048")
    (True, False)
    """
    return not identify(url) and any(f"//{host}/" in url or f".{host}/" in url for host in _CODE_HOSTS)


def _is_arxiv(host: str, path: str) -> bool:
    if host in _ARXIV_HOSTS or host.endswith(_ARXIV_SUBDOMAINS):
        return True
    return f"{host}{path}".startswith(_ARXIV_MIRRORS) or (host == "semanticscholar.org" and path.startswith("/arxiv/"))


def _arxiv(path: str) -> str:
    if match := _NEW_ARXIV.search(path):
        return f"arXiv:{match[1]}"
    match = _OLD_ARXIV.search(path)
    return f"arXiv:{match[1]}/{match[2]}" if match else ""


def _doi(path: str, query: str) -> str:
    match = _DOI.search(unquote(path)) or _DOI.search(unquote(query))
    if not match:
        return ""
    doi = match[1].rstrip(_TRAILING).casefold()
    inner = re.fullmatch(r"10\.48550/arxiv\.(\d{4}\.\d{4,5})(?:v\d+)?", doi)
    return f"arXiv:{inner[1]}" if inner else doi.removesuffix(".pdf")


def _openreview(_: str, query: str) -> str:
    values = parse_qs(query).get("id", [""])
    return f"OpenReview:{values[0]}" if re.fullmatch(r"[\w-]{6,}", values[0]) else ""


def _acl(path: str, _: str) -> str:
    match = re.search(r"/([A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)", path)
    return f"ACL:{match[1]}" if match else ""


def _neurips(path: str, _: str) -> str:
    match = re.search(r"/paper(?:_files/paper)?/(\d{4})/(?:hash|file)/([0-9a-f]{32})", path)
    return f"NeurIPS:{match[1]}/{match[2]}" if match else ""


def _pmlr(path: str, _: str) -> str:
    match = re.search(r"/(v\d+/[a-z][\w-]*\d{2}[a-z]*)(?:\.html|/|\.pdf|$)", path)
    return f"PMLR:{match[1]}" if match else ""


def _cvf(path: str, _: str) -> str:
    match = re.search(r"/([^/]+_paper)\.(?:html|pdf)$", path)
    return f"CVF:{match[1]}" if match else ""


def _semantic_scholar(path: str, _: str) -> str:
    match = re.search(r"([0-9a-f]{40})$", path)
    return f"S2:{match[1]}" if match else ""


def _ieee(path: str, query: str) -> str:
    match = re.search(r"/document/(\d+)", path) or re.search(r"arnumber=(\d+)", query)
    return f"IEEE:{match[1]}" if match else ""


def _nature(path: str, _: str) -> str:
    match = re.search(r"/articles/([\w.-]+)", path)
    return f"10.1038/{match[1].casefold().removesuffix('.pdf')}" if match else ""


def _usenix(path: str, _: str) -> str:
    match = re.search(r"/conference/([a-z]+\d{2})/presentation/([\w-]+)", path)
    return f"USENIX:{match[1]}/{match[2]}" if match else ""


_READERS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("openreview.net", _openreview),
    ("aclanthology.org", _acl),
    ("aclweb.org", _acl),
    ("proceedings.neurips.cc", _neurips),
    ("papers.nips.cc", _neurips),
    ("papers.neurips.cc", _neurips),
    ("proceedings.mlsys.org", _neurips),
    ("proceedings.mlr.press", _pmlr),
    ("openaccess.thecvf.com", _cvf),
    ("semanticscholar.org", _semantic_scholar),
    ("ieeexplore.ieee.org", _ieee),
    ("nature.com", _nature),
    ("usenix.org", _usenix),
    ("doi.org", _doi),
    ("dl.acm.org", _doi),
    ("link.springer.com", _doi),
    ("onlinelibrary.wiley.com", _doi),
    ("sciencedirect.com", _doi),
)
