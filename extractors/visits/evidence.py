"""Which sentence shows the visit, and which spans support its fields?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.records import Evidence
from extractors.text import Span
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.events import Trip
from extractors.visits.scene import Scene

LONGEST, SHORTEST = 400, 10
_TALKS = frozenset({"meet", "discuss", "received", "receive", "call_on", "visit_him", "visit_back", "session"})
_BREAK = re.compile(r"[;:]\s|,\s")


def visit_evidence(scene: Scene, trip: Trip) -> tuple[Evidence, ...]:
    """The sentence that best shows the visit: one with its label, its visitor and its place, rather of the body.

    Behind it the next best that shows the other half, the journey where the first tells of talks, the talks where it
    tells of a journey: papers often announce a meeting and say further down that the guest is on a visit.
    """
    first: tuple[Claim, Evidence] | None = None
    for claim in sorted(trip.claims, key=lambda c: (-_shows(scene, c), c.sentence)):
        if first and not _adds(claim, first[0]):
            continue
        span = _bounded(scene, scene.sentences[claim.sentence], claim.cue)
        found = evidence_of(scene, span, "visit", f"cue:{claim.label}")
        if found and first:
            return first[1], found
        first = first or ((claim, found) if found else None)
    return (first[1],) if first else ()


def _adds(claim: Claim, first: Claim) -> bool:
    """Whether a claim of another sentence of the body shows the other half of the visit than the first."""
    is_apart = claim.sentence != first.sentence and not (claim.in_headline or claim.is_inferred)
    return is_apart and (claim.label in _TALKS) != (first.label in _TALKS)


def evidence_of(scene: Scene, span: Span, field: str, rule: str) -> Evidence | None:
    """A span of the scene as evidence with offsets of body or headline; None where it is too short or too long."""
    if not SHORTEST <= span.end - span.start <= LONGEST:
        return None
    text = scene.text[span.start : span.end]
    if scene.in_headline(span.start):
        return Evidence(text, span.start, span.end, field, "headline", rule)
    return Evidence(text, span.start - scene.shift, span.end - scene.shift, field, "body", rule)


def supporting(scene: Scene, span: Span, field: str, rule: str) -> Evidence | None:
    """As `evidence_of`, with the sentence around a span that is too short to show anything by itself."""
    if span.end - span.start < SHORTEST:
        span = _bounded(scene, scene.sentences[scene.sentence_number(span.start)], span)
    return evidence_of(scene, span, field, rule)


def _shows(scene: Scene, claim: Claim) -> float:
    label = (
        3
        if claim.label in LABELLED
        else 2.5
        if claim.label in ("arrive", "go", "received", "receive")
        else 1.5
        if claim.label != "meet"
        else 1
    )
    printed = scene.sentences[claim.sentence]
    named = claim.visitor is not None and any(printed.start <= m.start < printed.end for m in claim.visitor.mentions)
    host = claim.host is not None and any(printed.start <= m.start < printed.end for m in claim.host.mentions)
    return label + 2 * named + 1.5 * bool(claim.places) + 0.5 * host - 4 * claim.in_headline - 0.02 * claim.sentence


def _bounded(scene: Scene, span: Span, cue: Span) -> Span:
    """The sentence, or so many of its clauses around the cue as the longest span allows."""
    if span.end - span.start <= LONGEST:
        return span
    breaks: Sequence[int] = [
        span.start,
        *(m.end() for m in _BREAK.finditer(scene.text, span.start, span.end)),
        span.end,
    ]
    start = min(
        (b for b in breaks if b <= cue.start and cue.end - b <= LONGEST), default=max(span.start, cue.start - 100)
    )
    end = max((b for b in breaks if b > cue.start and b - start <= LONGEST), default=min(span.end, start + LONGEST))
    while end > start and scene.text[end - 1] in " ,;:":
        end -= 1
    return Span(start, end)
