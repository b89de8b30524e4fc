"""What leaves the archive: pure functions from the records to the shapes of `records.shapes`.

What a shape says beyond its record comes in as an argument: the article and the sentence that a
record stands in, and of an event what the codebook says of its type.
"""

from __future__ import annotations

from .evidence import SourceRow
from .judgement import Decision, Incident, Statement
from .politics import Actor, Cause, Count, Event, Office, Party, Shift, Speaker, Tie, When, Where
from .shapes import (
    ArticleRef,
    ExportedActor,
    ExportedArticle,
    ExportedBases,
    ExportedCause,
    ExportedCount,
    ExportedDate,
    ExportedDecision,
    ExportedEvent,
    ExportedIncident,
    ExportedOffice,
    ExportedParty,
    ExportedPlace,
    ExportedSentence,
    ExportedShift,
    ExportedSource,
    ExportedSpeaker,
    ExportedStatement,
    ExportedTie,
    SentenceRef,
    Words,
)
from .text import Article, Sentence

__all__ = [
    "exported_actor",
    "exported_article",
    "exported_cause",
    "exported_decision",
    "exported_event",
    "exported_incident",
    "exported_sentence",
    "exported_shift",
    "exported_tie",
]


def exported_article(article: Article) -> ExportedArticle:
    """An article as it is exported."""
    return {
        "id": article.id,
        "user_id": article.user_id,
        "title": article.title,
        "standfirst": article.standfirst,
        "author": article.author,
        "outlet": article.outlet,
        "place": article.place,
        "published": article.published,
        "published_basis": article.published_basis,
        "url": article.url,
        "text": article.text,
        "furniture": [{"text": piece.text, "why": piece.why} for piece in article.furniture],
        "language": article.language,
        "near_copy_of": article.near_copy_of,
        "version_of": article.version_of,
        "flags": list(article.flags),
        "source": article.source,
        "other": [{"name": field.name, "value": field.value} for field in article.other],
        "bases": _bases(article),
    }


def exported_sentence(sentence: Sentence, article: Article) -> ExportedSentence:
    """A sentence of `article` as it is exported, with its parse."""
    return {
        "article": _article_ref(article),
        "index": sentence.index,
        "part": sentence.part,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "tokens": [
            {
                "start": token.start,
                "end": token.end,
                "text": token.text,
                "lemma": token.lemma,
                "upos": token.upos,
                "features": token.features,
                "head": token.head,
                "relation": token.relation,
            }
            for token in sentence.tokens
        ],
        "entities": [{"first": entity.first, "last": entity.last, "kind": entity.kind} for entity in sentence.entities],
    }


def exported_actor(actor: Actor) -> ExportedActor:
    """An actor as it is exported."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "code": actor.code,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "aliases": list(actor.aliases),
        "part_of": list(actor.part_of),
        "offices": [_office(office) for office in actor.offices],
        "from": actor.start,
        "to": actor.end,
        "gender": actor.gender,
    }


def exported_event(
    event: Event,
    article: Article | None,
    sentence: Sentence | None,
    quad: str | None,
    score: float | None,
    cameo: str | None,
) -> ExportedEvent:
    """An event as it is exported.

    `quad`, `score` and `cameo` are the codebook's for the event's type and mode; `article` and
    `sentence` are those that it stands in (None for an imported event).
    """
    exported: ExportedEvent = {
        "id": event.id,
        "article": None if article is None else _article_ref(article),
        "sentence": None if sentence is None else _sentence_ref(sentence),
        "trigger": _trigger(event),
        "type": event.type,
        "mode": event.mode,
        "quad": quad,
        "score": score,
        "contexts": list(event.contexts),
        "cameo": cameo,
        "actor": [_party(party) for party in event.actor],
        "recipient": [_party(party) for party in event.recipient],
        "status": event.status,
        "date": _date(event.when),
        "place": _place(event.where),
        "counts": [_count(count) for count in event.counts],
        "said_by": _speaker(event.said_by),
        "frame": event.frame,
        "confidence": event.confidence,
    }
    if event.source_row is not None:
        exported["source_row"] = _source(event.source_row)
    return exported


def exported_tie(tie: Tie, article: Article, sentence: Sentence) -> ExportedTie:
    """A tie as it is exported, with the sentence that it stands in."""
    return {
        "id": tie.id,
        "article": _article_ref(article),
        "sentence": _sentence_ref(sentence),
        "words": _words(tie),
        "from": _party(tie.source),
        "kind": tie.kind,
        "to": _party(tie.target),
        "polarity": tie.polarity,
        "time": tie.time,
        "pattern": tie.pattern,
    }


def exported_shift(shift: Shift, article: Article, sentence: Sentence) -> ExportedShift:
    """A shift as it is exported, with the sentence that it stands in."""
    return {
        "id": shift.id,
        "article": _article_ref(article),
        "sentence": _sentence_ref(sentence),
        "words": _words(shift),
        "who": _party(shift.who),
        "away_from": None if shift.away_from is None else _party(shift.away_from),
        "toward": None if shift.toward is None else _party(shift.toward),
        "when": _date(shift.when),
        "after": shift.after,
        "pattern": shift.pattern,
    }


def exported_cause(cause: Cause, article: Article, sentence: Sentence) -> ExportedCause:
    """A cause as it is exported, with the sentence that it stands in."""
    return {
        "id": cause.id,
        "article": _article_ref(article),
        "sentence": _sentence_ref(sentence),
        "words": _words(cause),
        "cause": cause.cause,
        "effect": cause.effect,
        "pattern": cause.pattern,
    }


def exported_incident(incident: Incident) -> ExportedIncident:
    """An incident as it is exported."""
    return {
        "id": incident.id,
        "type": incident.type,
        "events": list(incident.events),
        "agreed": [_statement(statement) for statement in incident.agreed],
        "single": [_statement(statement) for statement in incident.single],
        "disputed": [_statement(statement) for statement in incident.disputed],
        "updated": [_statement(statement) for statement in incident.updated],
    }


def exported_decision(decision: Decision) -> ExportedDecision:
    """A decision as it is exported."""
    return {
        "id": decision.id,
        "record": decision.record,
        "kind": decision.kind,
        "judgement": decision.judgement,
        "correction": decision.correction,
        "who": decision.who,
        "when": decision.when,
        "why": decision.why,
        "undone": decision.undone,
        "other": decision.other,
        "judged": decision.judged,
    }


def _bases(article: Article) -> ExportedBases:
    how = {basis.field: basis.how for basis in article.bases}
    return {
        "title": how.get("title"),
        "standfirst": how.get("standfirst"),
        "author": how.get("author"),
        "outlet": how.get("outlet"),
        "place": how.get("place"),
        "published": article.published_basis,
        "url": how.get("url"),
        "language": how.get("language"),
    }


def _article_ref(article: Article) -> ArticleRef:
    return {
        "id": article.id,
        "user_id": article.user_id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
    }


def _sentence_ref(sentence: Sentence) -> SentenceRef:
    return {
        "index": sentence.index,
        "part": sentence.part,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }


def _trigger(event: Event) -> Words | None:
    if event.trigger is None or event.trigger_start is None or event.trigger_end is None:
        return None
    return {"text": event.trigger, "start": event.trigger_start, "end": event.trigger_end}


def _words(record: Tie | Shift | Cause) -> Words:
    return {"text": record.words, "start": record.start, "end": record.end}


def _party(party: Party) -> ExportedParty:
    return {
        "text": party.text,
        "start": party.start,
        "end": party.end,
        "id": party.id,
        "name": party.name,
        "code": party.code,
        "why": party.why,
    }


def _office(office: Office) -> ExportedOffice:
    return {
        "title": office.title,
        "of": office.of,
        "from": office.start,
        "to": office.end,
        "sector": office.sector,
    }


def _date(when: When | None) -> ExportedDate | None:
    if when is None:
        return None
    return {
        "from": when.start,
        "to": when.end,
        "precision": when.precision,
        "text": when.text,
        "basis": when.basis,
    }


def _place(where: Where | None) -> ExportedPlace | None:
    if where is None:
        return None
    return {
        "text": where.text,
        "name": where.name,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "precision": where.precision,
    }


def _count(count: Count) -> ExportedCount:
    speaker = _speaker(count.said_by)
    return {"what": count.what, "low": count.low, "high": count.high, "text": count.text, "said_by": speaker}


def _speaker(speaker: Speaker | None) -> ExportedSpeaker | None:
    return None if speaker is None else {"text": speaker.text, "name": speaker.name}


def _source(row: SourceRow) -> ExportedSource:
    return {"file": row.file, "line": row.line, "id": row.id, "text": row.text}


def _statement(statement: Statement) -> ExportedStatement:
    return {
        "field": statement.field,
        "values": [
            {
                "low": value.low,
                "high": value.high,
                "text": value.text,
                "said_by": value.said_by,
                "article": value.article,
                "sentence": value.sentence,
            }
            for value in statement.values
        ],
    }
