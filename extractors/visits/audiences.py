"""A day of audiences: who receives is told once, and each sentence behind it opens with another guest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import Claim
from extractors.visits.language_files import language_table
from extractors.visits.phrases import NEVER, Pattern, compile_phrases, words_of
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.trips import LEDE, Reading, Trip
from extractors.visits.whereabouts import first_town

_REACH = 12
"""So many sentences may tell of one day's guests."""
_FIRST = 80
"""So near to the head of his sentence a guest is named."""
_HOSTS = frozenset(
    {"head_of_state", "head_of_government", "royal", "foreign_minister", "minister", "speaker_of_parliament"}
)


def callers(scene: Scene, cast: Cast, claims: Sequence[Claim], trips: Sequence[Trip]) -> Iterator[Reading]:
    """The guests of "a day of audiences" of whose reception no sentence of their own tells."""
    opening = next((c for c in claims if _receives_many(scene, c)), None)
    host = _alone(opening) if opening else None
    state = (host.serves or country_of(dateline_place(scene)) or country_of(first_town(scene))) if host else None
    if opening is None or host is None or state is None:
        return
    told = {id(t.visitor) for t in trips}
    found: list[Reading] = []
    guests = {id(t.visitor) for t in trips if any(host in (c.host, c.visitor) for c in t.claims)}
    for mention in cast.mentions:
        number = scene.sentence_number(mention.start)
        guest = cast.actor(mention)
        if not opening.sentence < number <= opening.sentence + _REACH or guest is None or guest is host:
            continue
        if mention.case != "subject" or mention.start - scene.sentences[number].start >= _FIRST:
            continue
        if not guest.office or guest.is_vague or guest.serves == state or id(guest) in told:
            continue
        guests.add(id(guest))
        told.add(id(guest))
        if guest.named and guest.serves and not guest.is_barred:
            claim = Claim("received", Span(mention.start, mention.end), number, guest, host)
            found.append(Reading(claim, guest, host, guest.serves, state))
    yield from found if len(guests) > 1 else ()


def _receives_many(scene: Scene, claim: Claim) -> bool:
    """Whether somebody is said to receive, and the sentence says that it was many."""
    host = _alone(claim)
    if host is None or host.office not in _HOSTS or host.is_barred or claim.tense is not None or claim.sentence > LEDE:
        return False
    span = scene.sentences[claim.sentence]
    return _of_many(scene.lexicon.language).search(scene.folded, span.start, span.end) is not None


def _alone(claim: Claim) -> Actor | None:
    """Who receives, where the claim itself names no guest."""
    one, other = (claim.host, claim.visitor) if claim.label == "receive" else (claim.visitor, claim.host)
    return one if claim.label in ("receive", "meet") and (other is None or other.is_vague) else None


@cache
def _of_many(language: str) -> Pattern:
    words, phrases = words_of(language), language_table(language, "words").get("audiences", ())
    return compile_phrases(phrases, words) if words and phrases else NEVER
