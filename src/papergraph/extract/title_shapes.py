"""What titles of papers look like, and what stands before their colon."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape

from papergraph.extract.shapes import is_name_shaped
from papergraph.extract.word_lists import is_generic, word_pattern, word_set
from papergraph.text.folding import is_chinese

_TITLE_WORDS = re.compile(
    r"\b(?:for|of|with|via|in|on|to|from|using|by|towards?|through|beyond|is|are|can|as|and|the|an?|learning|models?|"
    r"language|networks?|survey|efficient|training|inference|generation|understanding|based)\b",
    re.IGNORECASE,
)
_SENTENCE_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|shows?|showed|keeps?|uses?|used|achieves?|requires?|needs?|does|do|did|"
    r"should|would|could|may|might|will|cannot|we|they|it|you|i|this|these|that|which)\b",
    re.IGNORECASE,
)
#: Between the names of a list.
_LISTED = re.compile(r",\s*|\s+and\s+|\s*[、/]\s*")
_SECTION_NUMBER = re.compile(r"\d+(?:\.\d+)+\.?\s|\d+\s+(?=[A-Z])")
_AT_COLON = re.compile(r"(:|\s[–—]\s)")
_REPORT = re.compile(r"[A-Z][\w.+-]*(?: [\w.+-]+){0,3} (?:Technical|Tech) Report")
_GERUND = re.compile(r"[A-Z][a-z]+ing\b")
_ORDINAL = re.compile(r"[\divx]+[a-z]?[.)]?|[a-z]")
_PRONOUN = re.compile(r"\b(?:we|they|it|i|my|our)\b", re.IGNORECASE)
_BEFORE_TITLE = re.compile(r"^(?:(?:\\?\[)?\d{4}\.\d{4,5}(?:v\d+)?\\?\]|\d{4}\.\d{4,5}(?:v\d+)?(?=\s))\s*")
_WORD = re.compile(r"[\w-]+")
#: The full stop behind a title; not the dots of an ellipsis or of `et al.`
_FULL_STOP = re.compile(r"(?<=[a-z)]{4})(?<!\bal)\.$")
#: Before a colon, this only says that something is presented: `A novel approach: ...`.
_PRESENTS = re.compile(
    r"(?:(?:introduc|propos|present|develop)(?:ing|ed|es|s)\s)?(?:an?|the|our|one)\s(?:[\w-]+\s){0,2}"
    r"(?:approach|method|framework|technique|solution|model|system|algorithm|contribution|dataset|benchmark|idea)",
    re.IGNORECASE,
)
#: Who wrote a work, and when: `Quill et al. (2019)`, `Quill & Marsh, 2020`.
_CITATION = re.compile(
    r"[A-Z][\w'’-]{1,30}(?:\s(?:and|&)\s[A-Z][\w'’-]{1,30})?"
    r"(?:\s?(?:et al\.?|等人?)(?:[\s,，]{1,3}[(（\[]?(?:(?:19|20)\d\d[a-z]?)[)）\]]?)?"
    r"|\s?[,，]\s?(?:19|20)\d\d[a-z]?)"
)
_FEWEST_LETTERS_ZH = 8
#: Words of what stands before a title and a bar.
_LONGEST_LABEL = 4
#: Words of a title behind its colon, of one without, and of one in capitals.
_FEWEST_BEHIND, _FEWEST_STRONG, _FEWEST_CAPITAL = 3, 5, 4
#: First words of the heading of somebody's own review.
_REVIEWS = frozenset({"literature", "review", "overview", "summary", "notes", "list", "papers"})
#: What joins the words of a title, and hardly those of a heading.
_JOINS = re.compile(
    r"\b(?:for|of|with|via|by|from|through|towards?|to|as|using|is|are|without|beyond|without)\b", re.IGNORECASE
)
#: Characters that no title exceeds, whatever stands around it.
LONGEST_TITLE = 600
#: In brackets after a title: the work's own short name, one word with a capital in it.
SHORT_NAME = r"(?-i:[A-Z][A-Za-z]*[A-Z0-9][\w+-]*|[A-Z]{2,8})"


@lru_cache(maxsize=16_384)
def is_short_name(name: str) -> bool:
    """Tell whether `name` may be what a title puts before its colon: at most four words, one of them capitalised.

    >>> is_short_name("Jamba"), is_short_name("LLM in a flash"), is_short_name("Section 3")
    (True, True, False)
    """
    words = name.split()
    return (
        0 < len(words) <= 4
        and len(name) <= 40
        and not is_generic(name)
        and name.casefold() not in word_set("generic", "method") | word_set("generic", "model")
        and any(c.isupper() or c.isdigit() for c in name)
        and not name.endswith("?")
        and " et al" not in name
        and not is_section_head(name)
    )


@lru_cache(maxsize=16_384)
def is_section_head(name: str) -> bool:
    """Tell whether what stands before a colon only counts the parts of a text: `Stage 2`, `Lecture 7`, `Figure 3a`.

    >>> is_section_head("Stage 2"), is_section_head("Stage")
    (True, True)
    """
    words = name.casefold().split()
    counted = len(words) == 1 or (len(words) == 2 and bool(_ORDINAL.fullmatch(words[1])))
    return bool(words) and words[0] in word_set("titles", "sections") and counted


#: Where makers of a work are: `Zorb Lab: Department of Stripes, Quagga University`.
_MAKERS = re.compile(r"(?:^|[:：])\s*(?:Department|School|Faculty|Institute|College)\s+(?:of|for)\s[^,，]+[,，]")


@lru_cache(maxsize=16_384)
def is_title(text: str) -> bool:
    """Tell whether `text`, which a link or a field marks as a work's, may be its title.

    >>> is_title("Efficient Streaming Language Models with Attention Sinks"), is_title("paper"), is_title("这里是链接")
    (True, False, False)
    """
    if len(text) > LONGEST_TITLE:
        return is_chinese(text)
    text = text.strip().strip("*").rstrip(".")
    if is_chinese(text):
        return len(text) >= _FEWEST_LETTERS_ZH
    words = text.split()
    if not 2 <= len(words) <= 32 or len(text) > 260 or _MAKERS.search(text):
        return False
    if ":" in text and is_short_name(text.split(":")[0]) and len(words) >= 4:
        return True
    return len(words) >= 4 or (len(words) >= 3 and bool(_TITLE_WORDS.search(text)))


@lru_cache(maxsize=16_384)
def is_advice(title: str) -> bool:
    """Tell whether a title begins as that of somebody's own text: `How to ...`, `Lessons from ...`.

    >>> is_advice("How to Feed a Zebra"), is_advice("Zorb: How to Feed a Zebra")
    (True, False)
    """
    words = [word.strip(":：") for word in title.casefold().split()[:4]]
    return not word_set("titles", "advice").isdisjoint(" ".join(words[:count]) for count in range(1, 5))


def is_chinese_title(title: str) -> bool:
    """Tell whether a Chinese heading is as long as a title, and not a topic in two languages.

    >>> is_chinese_title("面向超长斑马的稀疏注意力"), is_chinese_title("切块 / chunking 的多种不同方法")
    (True, False)
    """
    return is_chinese(title) and len(title) >= _FEWEST_LETTERS_ZH and " / " not in title


def is_citation(text: str) -> bool:
    """Tell whether `text` only gives who wrote a work, and when.

    >>> [
    ...     is_citation(t)
    ...     for t in ("Quill et al., 2023", "Quill 等人 (2019)", "ZebraLab, 2024", "Zorb (2024)", "Mamba 2")
    ... ]
    [True, True, True, False, False]
    """
    return _CITATION.fullmatch(text.strip(" *_[]")) is not None


def names_collection(text: str) -> bool:
    """Tell whether a title ends as that of notes on many works does, or begins so: `Papers on Zebras`.

    >>> names_collection("Machine Learning Papers Notes (CNN)"), names_collection("Attention Is All You Need")
    (True, False)
    """
    words = text.split("(", maxsplit=1)[0].split()
    opens = len(words) > 2 and words[1].casefold() in {"on", "about"}
    return bool(words) and (words[0] if opens else words[-1]).casefold() in word_set("titles", "collections")


@lru_cache(maxsize=16_384)
def is_survey(title: str) -> bool:
    """Tell whether a title is that of a survey, whose authors go through other people's works.

    >>> is_survey("Recent Trends in Zebra Tracking"), is_survey("Zorb: Tracking Zebras"), is_survey("Tree of Reviews")
    (True, False, False)
    >>> is_survey("Efficient Transformers: A Survey"), is_survey("大语言模型推理综述")
    (True, True)
    """
    words = _WORD.findall(title.casefold())
    told = word_set("titles", "surveys")
    edges = words[:1] == ["recent"] or any(word in told for word in (*words[:3], *words[-3:]))
    return edges or _surveys().search(title) is not None


@cache
def _surveys() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{word_pattern('titles', 'surveys_en')})\b|{word_pattern('titles', 'surveys_zh')}", re.IGNORECASE
    )


def is_one_word(title: str) -> bool:
    """Tell whether what is given for a title is a single word, which is too little of one; Chinese has no blanks.

    >>> is_one_word("DPO"), is_one_word("A Title")
    (True, False)
    """
    return len(title.split()) < 2 and not is_chinese(title)


@lru_cache(maxsize=16_384)
def is_clear_title(text: str) -> bool:
    """Tell whether `text` is the title of a work by its form alone, with no link or field that says so; English only.

    >>> is_clear_title("Vineppo: Unlocking rl potential for llm reasoning through refined credit assignment")
    True
    >>> [is_clear_title(t) for t in ("Stage 3: Intermediate Fine-tuning", "Data augmentation: CutMix and Mosaic")]
    [False, False]
    """
    if len(text) > LONGEST_TITLE:
        return False
    text = text.strip().strip("*")
    words = text.split()
    if _REPORT.fullmatch(text):
        return True
    if is_chinese(text) or not 4 <= len(words) <= 32 or len(text) > 260 or not is_title(text):
        return False
    if words[0].casefold() in word_set("titles", "deeds") or (words[0].islower() and words[0].endswith("ed")):
        return False
    if _SECTION_NUMBER.match(text) or re.search(r"[=^<>|→]", text) or is_enumeration(text):
        return False
    head, colon, rest = _AT_COLON.split(text, maxsplit=1) if _AT_COLON.search(text) else (text, "", "")
    if colon and (is_section_head(head) or _PRESENTS.fullmatch(head.strip())):
        return False
    if colon and is_short_name(head):
        return _is_subtitle(rest.strip())
    if text.endswith(".") or re.search(r"[/（）]|\s[-–—+]\s", text) or names_collection(text):
        return False
    capitals = sum(w[0].isupper() for w in words)
    if len(words) < 5 or capitals < 0.6 * len(words) or _PRONOUN.search(text):
        return False
    longer = [w for w in words if len(w) > 3]
    titled = len(words) >= 6 and sum(w[0].isupper() for w in longer) >= 0.9 * len(longer)
    return titled or not _SENTENCE_VERBS.search(text)


@lru_cache(maxsize=16_384)
def is_strong_title(text: str) -> bool:
    """Tell whether `text` has the form of a title where what stands around it speaks for one: `Zorb: Finding Zebras`.

    >>> is_strong_title("Finding zebras with a striped transformer"), is_strong_title("Efficient Machine Learning")
    (True, False)
    """
    words = text.split()
    if is_chinese(text) or not is_title(text) or names_collection(text) or words[0].casefold() in _REVIEWS:
        return False
    head, colon, rest = _AT_COLON.split(text, maxsplit=1) if _AT_COLON.search(text) else (text, "", "")
    if colon:
        return is_short_name(head.strip()) and len(rest.split()) >= _FEWEST_BEHIND
    opens = words[0].casefold() in word_set("titles", "openers")
    joined = len(words) >= _FEWEST_STRONG - opens and bool(_JOINS.search(text))
    return joined or is_clear_title(text) or (text.isupper() and len(words) >= _FEWEST_CAPITAL)


def clean_title(text: str) -> str:
    """Return a title without what pages and notes put around it: an identifier, a year, a site, the end of a file name.

    >>> clean_title("[2310.06452] Understanding the Effects of RLHF, 2023"), clean_title("Deep Learning | Nature")
    ('Understanding the Effects of RLHF', 'Deep Learning')
    """
    text = _behind_label(_BEFORE_TITLE.sub("", unescape(text) if "&" in text else text))
    if "://" not in text:
        text = text.removesuffix(".pdf")
    while len(text) <= LONGEST_TITLE:
        shorter = _after_title().sub("", text).rstrip()
        if shorter == text or len(shorter) < 8:
            return text[:-1] if _FULL_STOP.search(text) else text
        text = shorter
    return text


def _behind_label(text: str) -> str:
    """Return a title without what a list calls its work before a bar: `GPT-3 paper | Language Models are ...`."""
    label, bar, title = text.rpartition("|") if "|" in text else text.rpartition("｜")
    return title.strip() if bar and len(label.split()) <= _LONGEST_LABEL and is_title(title) else text


@cache
def _after_title() -> re.Pattern[str]:
    sites = word_pattern("titles", "sites")
    return re.compile(
        rf"\s*(?:[|｜]|\s[-–—]|\\?_)\s*(?:{sites})$|[,，.]\s*(?:19|20)\d\d\.?$|\s*[(（]{SHORT_NAME}[)）]$"
        r"|\s*[(（](?:(?-i:[A-Z])[\w&-]{1,12}[ ,'’]{0,2})?(?:(?:19|20)\d\d|(?<=['’])\d\d)[)）]$",
        re.IGNORECASE,
    )


def _is_subtitle(rest: str) -> bool:
    """Tell whether what follows the colon of a name is the rest of a title: in title case, or `Improving ...`."""
    words = rest.rstrip(".").split()
    capitals = sum(w[0].isupper() for w in words if len(w) > 3)
    longer = sum(len(w) > 3 for w in words)
    spoken = _SENTENCE_VERBS.search(rest) and (longer < 4 or capitals < longer)
    if len(words) < 3 or not rest[0].isupper() or spoken:
        return False
    titled = len(words) >= 4 and capitals >= 0.6 * longer and not rest.endswith(".")
    return titled or bool(_GERUND.match(rest) and len(words) >= 5)


def is_sentence(text: str) -> bool:
    """Tell whether `text` is prose rather than a title: two sentences, or one with a verb and few capitals.

    >>> is_sentence("It isn't cheap. PaLM is large"), is_sentence("Attention is all you need")
    (True, False)
    """
    words = text.split()
    few = sum(w[0].isupper() for w in words) < 0.3 * len(words)
    return bool(re.search(r"[.!?]\s+[A-Z]", text)) or (len(words) > 8 and few and bool(_SENTENCE_VERBS.search(text)))


def is_enumeration(text: str) -> bool:
    """Tell whether `text` lists names rather than being a title: several commas, and hardly a plain word.

    >>> is_enumeration("WDL, DeepFM, DCN, DCN-V2 and AFN"), is_enumeration("Get, Set, Go: A Survey of Planning")
    (True, False)
    """
    parts = _LISTED.split(text)
    if len(parts) < 3:
        return False
    short = sum(len(p.split()) <= 2 for p in parts)
    named = any(is_name_shaped(p.strip()) for p in parts)
    organisations = sum(
        any(w.casefold() in word_set("generic", "organisation_words") for w in p.split()) for p in parts
    )
    return (short >= 0.8 * len(parts) and named) or organisations >= 0.5 * len(parts)
