"""Every rule, one row each, in the order in which they run.

Numbers are to be read across rows: a smaller rank displaces a larger one at the same place, a weight is a number of
votes, a confidence is how sure a rule is by its author's word. `calibrate_claims` turns the confidence of claims into
how often they are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from papergraph.errors import ConfigError
from papergraph.extract.context import Context, Recogniser, Relater
from papergraph.extract.recognise.acronym import recognise_acronym
from papergraph.extract.recognise.beside import recognise_beside
from papergraph.extract.recognise.bilingual import recognise_bilingual
from papergraph.extract.recognise.capitals import recognise_capitals
from papergraph.extract.recognise.citation_key import recognise_citation_keys
from papergraph.extract.recognise.cited import recognise_cited
from papergraph.extract.recognise.code import recognise_code
from papergraph.extract.recognise.declared import recognise_declared
from papergraph.extract.recognise.echo import recognise_echo
from papergraph.extract.recognise.exemplified import recognise_exemplified
from papergraph.extract.recognise.gazetteer import recognise_gazetteer
from papergraph.extract.recognise.hardware import recognise_hardware
from papergraph.extract.recognise.institution import recognise_institution
from papergraph.extract.recognise.introduced import recognise_introduced
from papergraph.extract.recognise.item_phrase import recognise_item_phrase
from papergraph.extract.recognise.list_head import recognise_head
from papergraph.extract.recognise.means import recognise_means
from papergraph.extract.recognise.note_title import recognise_note_title
from papergraph.extract.recognise.of_kind import recognise_of_kind
from papergraph.extract.recognise.opening_title import recognise_opening_title
from papergraph.extract.recognise.person import recognise_person
from papergraph.extract.recognise.shape import recognise_shape
from papergraph.extract.recognise.technique import recognise_technique
from papergraph.extract.recognise.title import recognise_title
from papergraph.extract.recognise.title_name import recognise_title_name
from papergraph.extract.recognise.topic import recognise_topic
from papergraph.extract.relate.aspects import relate_aspects
from papergraph.extract.relate.cited_pages import relate_cited_pages
from papergraph.extract.relate.conditions import relate_conditions
from papergraph.extract.relate.contenders import relate_contenders
from papergraph.extract.relate.credit import relate_credits
from papergraph.extract.relate.field_values import relate_fields
from papergraph.extract.relate.filing import relate_filing
from papergraph.extract.relate.introduction import relate_introductions
from papergraph.extract.relate.jotted import relate_jotted
from papergraph.extract.relate.labelled import relate_labelled
from papergraph.extract.relate.maker import relate_makers
from papergraph.extract.relate.members import relate_members
from papergraph.extract.relate.nesting import relate_nesting
from papergraph.extract.relate.opened import relate_opened
from papergraph.extract.relate.outline import relate_outlines
from papergraph.extract.relate.parts import relate_parts
from papergraph.extract.relate.prose import relate_prose
from papergraph.extract.relate.results import relate_results
from papergraph.extract.relate.scoreboard import relate_scoreboards
from papergraph.extract.relate.setting import relate_settings
from papergraph.extract.relate.sums import relate_sums
from papergraph.extract.relate.tables import relate_tables
from papergraph.extract.relate.title import relate_titles
from papergraph.extract.relate.versions import relate_versions
from papergraph.extract.rules import LAST, Kind, Role, Rule, Rules
from papergraph.extract.score.agree import agree_on_types
from papergraph.extract.score.calibration import calibrate_claims
from papergraph.extract.score.how_to import drop_how_to
from papergraph.extract.score.learned import add_learned
from papergraph.extract.score.own_name import drop_own_names
from papergraph.extract.score.standing import drop_fields, drop_in_citations, keep_standing
from papergraph.extract.score.survey import drop_of_surveys
from papergraph.model import Mention, RelationMention


def _row(
    name: str,
    kind: Kind,
    find: Callable[[Context], Iterable[Mention] | Iterable[RelationMention]],
    numbers: tuple[int, int, float],
    *roles: Role,
    **cases: float,
) -> Rule:
    """Return a rule; `numbers` are its rank, its weight and its confidence."""
    rank, weight, confidence = numbers
    found = frozenset(roles)
    pairs = tuple(cases.items())
    return Rule(name, kind, rank=rank, weight=weight, confidence=confidence, cases=pairs, roles=found, find=find)


def _mention(name: str, find: Recogniser, numbers: tuple[int, int, float], *roles: Role, **cases: float) -> Rule:
    return _row(name, "recogniser", find, numbers, *roles, **cases)


def _claim(name: str, find: Relater, confidence: float, **cases: float) -> Rule:
    return _row(name, "relater", find, (LAST, 1, confidence), **cases)


#: Papers first, then the names in their titles, then what needs neither, then what needs the names found so far.
#: The numbers of a row are its rank, its weight and its confidence; behind them stand its roles and its cases.
RECOGNISERS: tuple[Rule, ...] = (
    _mention("title-heading", recognise_title, (LAST, 1, 0.95), "heading", unlinked=0.7),
    _mention("title-link", recognise_title, (LAST, 1, 0.95), "linked"),
    _mention("link", recognise_title, (LAST, 1, 0.9), "address"),
    _mention("title-page", recognise_title, (LAST, 1, 0.75), "passing"),
    _mention("title-article", recognise_title, (LAST, 1, 0.7), "headline"),
    _mention("title-item", recognise_title, (LAST, 1, 0.6), "alone"),
    _mention("title-front-matter", recognise_title, (LAST, 1, 0.9), "note-paper", address=0.8),
    _mention("title-field", recognise_title, (LAST, 1, 0.9), "note-paper"),
    _mention("title-cited", recognise_cited, (LAST, 1, 0.85), "cited"),
    _mention("citation-key", recognise_citation_keys, (LAST, 1, 0.9), "keyed"),
    _mention("title-opening", recognise_opening_title, (LAST, 1, 0.85), "note-paper", told=0.7, file=0.7),
    _mention("title-name", recognise_title_name, (30, 4, 0.95), "own-name", "explained"),
    _mention("title-phrase", recognise_title_name, (35, 3, 0.75), "named-after", "explained"),
    _mention("gazetteer", recognise_gazetteer, (80, 1, 0.9), "listed", "plain", ambiguous=0.7, settled=0.6),
    _mention("field-institution", recognise_institution, (10, 1, 0.95), column=0.9, authors=0.85),
    _mention("credit", recognise_institution, (100, 1, 0.75), "credit"),
    _mention("list-head", recognise_head, (50, 2, 0.85), "opens-entry", "explained", news=0.8, acting=0.75, plain=0.7),
    _mention("note-title", recognise_note_title, (45, 1, 0.8), "names-note", "explained"),
    _mention("introduced", recognise_introduced, (70, 2, 0.8), "introduced", "explained"),
    _mention("declared", recognise_declared, (20, 2, 0.9), "explained", unlisted=0.8),
    _mention("hardware-quantity", recognise_hardware, (40, 1, 0.9), "described"),
    _mention("field-author", recognise_person, (20, 1, 0.9)),
    _mention("shape", recognise_shape, (120, 1, 0.55), "plain", sized=0.6),
    _mention("acronym", recognise_acronym, (90, 1, 0.85), "defined", "plain", "explained", "capitals"),
    _mention("of-kind", recognise_of_kind, (121, 1, 0.75), "plain"),
    _mention("code", recognise_code, (122, 1, 0.7), "plain"),
    _mention("item-phrase", recognise_item_phrase, (114, 1, 0.75), "technique"),
    _mention("bilingual", recognise_bilingual, (112, 1, 0.75), "technique"),
    _mention("exemplified", recognise_exemplified, (117, 1, 0.75), "plain"),
    _mention("capitals", recognise_capitals, (118, 1, 0.75), "plain", "capitals", page=0.8),
    _mention("technique", recognise_technique, (115, 1, 0.65), "technique", marked=0.75, repeated=0.6),
    _mention("means", recognise_means, (117, 1, 0.7), "technique"),
    _mention("beside", recognise_beside, (116, 1, 0.7), "plain"),
    _mention("echo", recognise_echo, (110, 1, 0.6)),
    _mention("heading-topic", recognise_topic, (LAST, 1, 0.9), "category"),
    _mention("item-topic", recognise_topic, (LAST, 1, 0.75), "category"),
    _mention("tag", recognise_topic, (LAST, 1, 0.9), "tag"),
    _mention("field-topic", recognise_topic, (LAST, 1, 0.85)),
)

#: Structure first, prose second. Of two claims alike in one sentence under one name the first stands.
RELATERS: tuple[Rule, ...] = (
    _claim("introduces-*", relate_introductions, 0.75),
    _claim("introduces-title-name", relate_introductions, 0.95),
    _claim("introduces-title-phrase", relate_introductions, 0.8),
    _claim("introduces-list-head", relate_introductions, 0.9),
    _claim("introduces-introduced", relate_introductions, 0.8),
    _claim("cited-name", relate_cited_pages, 0.8),
    _claim("cited-kind", relate_cited_pages, 0.75),
    _claim("field-institution", relate_credits, 0.95),
    _claim("title-institution", relate_credits, 0.85),
    _claim("byline", relate_credits, 0.85),
    _claim("opener", relate_credits, 0.7),
    _claim("credited", relate_credits, 0.75),
    _claim("category", relate_filing, 0.9),
    _claim("tag", relate_filing, 0.9),
    _claim("field-topic", relate_filing, 0.9),
    _claim("nested-category", relate_filing, 0.9),
    _claim("field-*", relate_fields, 0.95),
    _claim("listed-variant", relate_nesting, 0.85),
    _claim("ranking", relate_nesting, 0.85),
    _claim("chain", relate_nesting, 0.8),
    _claim("labelled", relate_labelled, 0.85),
    _claim("listed-part", relate_parts, 0.6),
    _claim("headed-part", relate_parts, 0.6),
    _claim("jotted", relate_jotted, 0.6),
    _claim("opened", relate_opened, 0.7),
    _claim("member", relate_members, 0.8),
    _claim("outline-part", relate_outlines, 0.65),
    _claim("contender", relate_contenders, 0.75),
    _claim("sum", relate_sums, 0.75),
    _claim("table", relate_tables, 0.85),
    _claim("aspect", relate_aspects, 0.8),
    _claim("results", relate_results, 0.8),
    _claim("scoreboard", relate_scoreboards, 0.8),
    _claim("experiments", relate_settings, 0.75),
    _claim("title-extends", relate_titles, 0.8, origin=0.75, variant=0.8),
    _claim("title-improvesOn", relate_titles, 0.75),
    _claim("title-outperforms", relate_titles, 0.75),
    _claim("title-uses", relate_titles, 0.8, modifier=0.65, opening=0.6, named=0.6),
    _claim("title-hardware", relate_titles, 0.85),
    _claim("variant-name", relate_versions, 0.7),
    _claim("component-name", relate_versions, 0.7),
    _claim("narrower-name", relate_versions, 0.7),
    _claim("maker", relate_makers, 0.75),
    _claim("run-on", relate_conditions, 0.7),
    _claim("trained-on", relate_conditions, 0.7),
    _claim("tried-on", relate_conditions, 0.7),
    _claim("*-*-*.*", relate_prose, 0.7),  # such as `zh-extends-3.1`; each group of patterns says how sure it is
)

#: What stands of all mentions, of which type each unknown name is, and how often claims such as these are right.
SCORERS: tuple[Rule, ...] = (
    _row("research-field", "mention scorer", drop_fields, (LAST, 1, 1.0)),
    _row("standing", "mention scorer", keep_standing, (LAST, 1, 1.0)),
    _row("cited-titles", "mention scorer", drop_in_citations, (LAST, 1, 1.0)),
    _row("agreement", "mention scorer", agree_on_types, (LAST, 1, 1.0)),
    _row("calibration", "relation scorer", calibrate_claims, (LAST, 1, 1.0)),
    _row("learned-*", "relation scorer", add_learned, (LAST, 1, 1.0)),  # it says itself how often it is right
    _row("own-names", "relation scorer", drop_own_names, (LAST, 1, 1.0)),
    _row("how-to", "relation scorer", drop_how_to, (LAST, 1, 1.0)),
    _row("surveys", "relation scorer", drop_of_surveys, (LAST, 1, 1.0)),
)

RULES = Rules((*RECOGNISERS, *RELATERS, *SCORERS))
#: The identities of our own rules: what they find needs no check.
OURS = frozenset(map(id, RULES.rows))


@cache
def rules_with(extra: tuple[Rule, ...]) -> Rules:
    """Return our rules and then those of third parties, each kind in its order.

    Recognisers of third parties run behind ours that need no other mentions, and before those that build on them.

    Raises:
        ConfigError: for a rule that has the name of one before.
    """
    taken = {(r.kind, r.name) for r in RULES.rows}
    for rule in extra:
        if (rule.kind, rule.name) in taken:
            origin = f" of {rule.origin}" if rule.origin else ""
            raise ConfigError(f"the {rule.kind} {rule.name!r}{origin} needs another name: there is one of this name")
        taken.add((rule.kind, rule.name))
    building = next(number for number, rule in enumerate(RULES.rows) if rule.find is recognise_acronym)
    own = [rule for rule in extra if rule.kind == "recogniser"]
    others = [rule for rule in extra if rule.kind != "recogniser"]
    return Rules((*RULES.rows[:building], *own, *RULES.rows[building:], *others))
