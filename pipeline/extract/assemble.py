"""From the mentions of the rules to the records of one article.

The order is the order of need: units, dates and places stand alone; posts need units; persons need
posts; quotations need persons; events need everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pipeline import __version__
from pipeline.extract.document import Document
from pipeline.extract.ner.base import NerBackend, Span
from pipeline.extract.ner.merge import MORE_THAN, merge
from pipeline.extract.people import PersonMention
from pipeline.extract.rules import dates as date_rules
from pipeline.extract.rules import personnel as personnel_rules
from pipeline.extract.rules.bystanders import Offices, find_bystanders
from pipeline.extract.rules.coref import Entity, find_entities
from pipeline.extract.rules.event_types import score_event_types
from pipeline.extract.rules.events import find_events
from pipeline.extract.rules.handovers import find_handovers
from pipeline.extract.rules.officers import Officer, find_officers
from pipeline.extract.rules.operations import find_operations, main_operation
from pipeline.extract.rules.orgs import find_orgs
from pipeline.extract.rules.persons import find_persons
from pipeline.extract.rules.places import find_places
from pipeline.extract.rules.positions import find_positions
from pipeline.extract.rules.posts import UnitOfPost
from pipeline.extract.rules.primary import choose_primary, unit_records
from pipeline.extract.rules.quotes import find_quotes
from pipeline.extract.rules.ranks import find_ranks
from pipeline.extract.rules.referents import person_mentions
from pipeline.extract.rules.scene import scene
from pipeline.extract.rules.speakers import attribute
from pipeline.extract.rules.surroundings import PersonSpan
from pipeline.extract.rules.times import find_times
from pipeline.extract.rules.units import find_units
from pipeline.extract.spans import SpanSet
from pipeline.extract.words import words
from pipeline.ids import digest
from pipeline.records import Article, Extraction, OfficerRecord, QuoteRecord

RULES = f"rilis {__version__} (rules)"
RULES_AND = f"rilis {__version__} (rules and"
_BATCH = 64


def extract_many(articles: Iterable[Article], ner: NerBackend | None = None) -> Iterator[Extraction]:
    """Find everything in each article, in order; memory does not grow with their number.

    ``ner`` is a loaded model (``pipeline.extract.ner.load_backend``) that sees a batch at a time, or ``None``
    for rules alone.
    """
    if ner is None:
        for article in articles:
            yield extract(article)
        return
    waiting = iter(articles)
    while batch := list(islice(waiting, _BATCH)):
        spans = ner.find([article.text for article in batch])
        for article, proposed in zip(batch, spans, strict=True):
            yield extract(article, proposed, f"{RULES_AND} {ner.name})")


def extract(article: Article, proposed: Sequence[Span] = (), extractor: str = RULES) -> Extraction:
    """Find everything in one article; ``proposed`` are the spans that a model sees in its text."""
    doc = Document(article)
    units = find_units(doc)
    primary = choose_primary(doc, units)
    dates = date_rules.find_dates(doc)
    personnel = personnel_rules.find_personnel(doc, units)
    places = find_places(doc, units)
    ranks = find_ranks(doc)
    posts, units = find_positions(doc, units)
    heads = any(post.canonical.lower() in words("positions")["of_any_body"] for post in posts)
    named = [(unit.start, unit.end) for unit in units] + [(post.start, post.end) for post in posts]
    bodies = find_orgs(doc, named) if heads else []
    names = [(s.start, s.end) for s in proposed if s.label == "PER" and s.score > MORE_THAN]
    people = find_persons(doc, ranks, posts, units, bodies, names)

    entities = find_entities(doc, people, [*named, *((place.start, place.end) for place in places)])
    resolve = UnitOfPost(doc, units, (primary.unit_id, primary.unit, primary.level))
    handovers = find_handovers(doc, people, posts, units)
    officers = find_officers(doc, entities, resolve, handovers, posts)
    ids = officer_ids(article, officers)
    referents = person_mentions(doc, entities, officers, ids, posts, bodies)
    quotes = attribute(doc, find_quotes(doc), referents)
    operations = find_operations(doc)
    kinds = score_event_types(doc)
    where = scene(doc, units, places, primary, kinds[0])
    events = find_events(doc, dates, where, main_operation(doc, operations, dates), primary.unit_id, kinds)

    spans = SpanSet(doc)
    spans.add("UNIT", ((u.start, u.end, u.confidence, u.rule) for u in units if u.form == "name"))
    spans.add("POS", ((p.start, p.end, p.confidence, p.rule) for p in posts))
    spans.add("RANK", ((r.start, r.end, r.confidence, r.rule) for r in ranks))
    spans.add("DATE", ((d.start, d.end, d.confidence, d.rule) for d in dates))
    spans.add("TIME", ((t.start, t.end, t.confidence, t.rule) for t in find_times(doc, dates)))
    spans.add("NUM", ((n.start, n.end, n.confidence, n.rule) for n in personnel))
    spans.add("OP", ((o.start, o.end, o.confidence, o.rule) for o in operations if o.is_span))
    spans.add("PER", _names(entities, officers))
    spans.add("DEG", _degrees(people))
    orgs = [(o.start, o.end, o.confidence, o.rule) for o in find_orgs(doc, spans.taken())]
    seen = [*((s.start, s.end) for s in spans.named("PER")), *names]
    offices = Offices([(p.start, p.end) for p in posts], [(start, end) for start, end, *_ in orgs])
    others = find_bystanders(doc, spans.taken(), [(p.start, p.end) for p in places], offices, seen)
    spans.add("PER", ((b.start, b.end, b.confidence, b.rule) for b in others))
    spans.add("DEG", ((run.start, run.end, 0.9, "degrees") for b in others for run in b.degrees))
    spans.add("ORG", orgs)
    spans.add("LOC", ((p.start, p.end, p.confidence, p.rule) for p in places))

    return Extraction(
        article=article,
        extractor=extractor,
        primary_unit_id=primary.unit_id,
        primary_unit=primary.unit,
        polda_id=primary.polda_id,
        polda=primary.polda,
        units=unit_records(doc, units, primary),
        officers=_officer_records(doc, officers, ids, quotes, referents),
        dates=date_rules.to_records(doc, dates),
        personnel=personnel_rules.to_records(doc, personnel),
        events=events,
        quotes=quotes,
        mentions=merge(spans.mentions(), proposed, doc.text) if proposed else spans.mentions(),
    )


def officer_ids(article: Article, officers: Iterable[Officer]) -> dict[int, str]:
    """Entity number to id: the same name, force and unit give the same id, in whichever article.

    Without a unit a name says too little, so the id is the article's own; so it is for a namesake within
    one article.
    """
    ids: dict[int, str] = {}
    for officer in officers:
        name = officer.name.casefold()
        key = digest(officer.force, name, officer.unit_id or article.article_id)
        if key in ids.values():
            key = digest(
                article.article_id, officer.force, name, officer.rank_abbr or "", str(officer.entity.number)
            )
        ids[officer.entity.number] = key
    return ids


def _names(entities: list[Entity], officers: list[Officer]) -> Iterator[tuple[int, int, float, str]]:
    known = {officer.entity.number: officer for officer in officers}
    for entity in entities:
        introduced = {(span.name.start, span.name.end): span for span in entity.spans}
        for start, end in entity.mentions:
            span = introduced.get((start, end))
            if span is not None:
                yield start, end, span.confidence, span.rule
            else:
                yield start, end, 0.9 if entity.number in known else 0.7, "short-mention"


def _degrees(people: list[PersonSpan]) -> Iterator[tuple[int, int, float, str]]:
    for person in people:
        for run in (person.name.titles, person.name.degrees):
            if run is not None:
                yield run.start, run.end, 0.95, "degrees"


def _officer_records(
    doc: Document,
    officers: list[Officer],
    ids: dict[int, str],
    quotes: list[QuoteRecord],
    referents: list[PersonMention],
) -> list[OfficerRecord]:
    speakers = {quote.officer_id for quote in quotes}
    records = []
    for officer in officers:
        name, number = officer.entity.name, officer.entity.number
        rank = officer.rank.rank if officer.rank else None
        records.append(
            OfficerRecord(
                officer_id=ids[number],
                name=officer.name,
                rank=rank.abbr if rank else None,
                rank_name=rank.rank.full_name if rank else None,
                rank_order=rank.rank.order if rank else None,
                force=officer.force,
                degrees=officer.degrees,
                position=officer.position,
                is_acting=officer.is_acting,
                unit_id=officer.unit_id,
                unit=officer.unit,
                previous_position=officer.previous_position,
                previous_unit=officer.previous_unit,
                is_speaker=ids[number] in speakers,
                n_mentions=len(officer.entity.mentions),
                surface=doc.text[name.start : name.end],
                start=name.start,
                end=name.end,
                confidence=officer.confidence,
                rule=officer.rule,
            )
        )
    return sorted(records, key=lambda record: (record.start, record.officer_id))
