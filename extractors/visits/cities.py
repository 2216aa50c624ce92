"""In which towns of the host state does the visitor stay, as printed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.text import Span, fold
from extractors.visits.events import Trip
from extractors.visits.lexicon import load_lexicon
from extractors.visits.names import names_in
from extractors.visits.phrases import words_of
from extractors.visits.places import Place
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.whereabouts import case_of_place
from extractors.visits.world import load_world

_OPENING, _WORDS = 2, 5
_WORD = re.compile(r"\w+")
_SEAT, _SHORT = re.compile("pala"), 12
"""A palace is called after its quarter: "le palais de Carthage"."""
_SEEN = re.compile(r"\b(?:visit|recorr|percorr|parcour|inspect|inaugur|toured)[^,;.]*$")
"""A site that is visited, in the four languages that write it so."""
_REACH = 40
_SAINT = re.compile(r"(?:sao|santo|santa|boa) \w+\Z")
"""Towns and islands of two words."""
_ABOUT = frozenset({"in", "to"})


def cities_of(scene: Scene, trip: Trip, about: Sequence[Span]) -> tuple[str, ...]:
    """Towns of the host state where the trip's constructions or the sentences about it place somebody, each once."""
    told = (*_places_about(scene, trip, about), *_written_at(scene, trip), *_done_at(scene, about))
    found = [p for p in (*(p for c in trip.claims for p in c.places), *told) if not _is_post(scene, p)]
    towns = [
        p for p in sorted(found, key=lambda p: p.start) if _is_town(scene, p) and country_of(p) == trip.host_country
    ]
    spans = [*(Span(t.start, t.end) for t in towns), *_unlisted(scene, trip, about)]
    names: dict[str, str] = {}
    for start, end in sorted(spans):
        folded = scene.folded[start:end]
        names.setdefault(folded, scene.text[start:end])
    whole = [name for name in names if not any(name != n and f" {name} " in f" {n} " for n in names)]
    return tuple(names[name] for name in whole)


def _unlisted(scene: Scene, trip: Trip, about: Sequence[Span]) -> Iterator[Span]:
    """Small towns that no gazetteer knows: a name that is no person's behind words of arriving and being at a place."""
    words, reach = words_of(scene.lexicon.language), _reach(scene.lexicon.language)
    if words is None or reach is None:
        return
    told = {c.sentence for c in trip.claims} | {scene.sentence_number(s.start + scene.shift) for s in about}
    shift, people = scene.shift, _people(trip)
    for number in sorted(told & scene.cue_sentences):
        start, end = scene.sentences[number]
        if scene.in_headline(start) or any(_is_abroad(scene, p, trip) for p in scene.places if start <= p.start < end):
            continue
        for name in names_in(scene.document, words, Span(start - shift, end - shift), least=1):
            found = Span(name.start + shift, name.end + shift)
            folded = scene.folded[found.start : found.end]
            is_short = " " not in folded or _SAINT.match(folded) is not None
            is_town = not scene.has_place_over(found.start, found.end) and is_short and folded not in people
            if is_town and reach.search(scene.folded, max(start, found.start - _REACH), found.start):
                yield _without_airport(scene, found)


def _without_airport(scene: Scene, name: Span) -> Span:
    """ "Conakry-Gbessia" is an airport's name; the town is its first part, where that is one."""
    first = scene.text[name.start : name.end].split("-")[0]
    is_town = len(first) > 1 and load_world().city(first) is not None
    return Span(name.start, name.start + len(first)) if is_town else name


def _people(trip: Trip) -> set[str]:
    """The words of the names of visitor and hosts, folded."""
    return {word for a in (trip.visitor, *trip.hosts) if a and a.name for word in fold(a.name).split()}


def _is_abroad(scene: Scene, place: Place, trip: Trip) -> bool:
    """A site in another state than the host: the towns beside it may lie there."""
    return case_of_place(scene, place) in _ABOUT and country_of(place) not in (None, trip.host_country)


@cache
def _reach(language: str) -> re.Pattern[str] | None:
    told = load_lexicon(language)
    words = told.table["words"].get("town_reach", ()) if told else ()
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})[ ']?\Z") if words else None


def _written_at(scene: Scene, trip: Trip) -> list[Place]:
    """The town of the dateline, for a visit with which the article opens."""
    dateline = dateline_place(scene)
    opens = not trip.is_earlier and trip.first <= scene.sentence_number(scene.shift) + _OPENING
    return [dateline] if dateline and opens else []


def _done_at(scene: Scene, about: Sequence[Span]) -> Iterator[Place]:
    """ "Fait à Conakry, le 20 février 2025", the last line of a communiqué."""
    done = scene.lexicon.done_at
    if done is None:
        return
    for span in about:
        if done.match(scene.folded, span.start + scene.shift):
            inside = (p for p in scene.places if span.start <= p.start - scene.shift < span.end)
            yield from [p for p in inside if case_of_place(scene, p) == "in"][:1]


def _places_about(scene: Scene, trip: Trip, about: Sequence[Span]) -> Iterator[Place]:
    """Towns that stand as sites in sentences in which something of a visit is told, or what the visitor does."""
    numbers = {scene.sentence_number(span.start + scene.shift) for span in about}
    acts = {scene.sentence_number(m.start) for m in trip.visitor.mentions} if trip.visitor else set()
    numbers &= scene.cue_sentences | acts
    for place in scene.places:
        is_near = place.kind != "demonym" and scene.sentence_number(place.start) in numbers
        if is_near and (case_of_place(scene, place) in (*_ABOUT, "from") or _holds_site(scene, place)):
            yield place


def _holds_site(scene: Scene, place: Place) -> bool:
    """ "reçu au palais Mohammed V de Conakry", "le port d'Owendo": the town of a site at which one is."""
    if place.kind != "city" or case_of_place(scene, place) != "of":
        return False
    words = list(_WORD.finditer(scene.folded, max(0, place.start - _REACH), place.start))[-_WORDS:]
    site = next((w.start() for w in words if w[0] in scene.lexicon.things), None)
    if site is None or (_SEAT.match(scene.folded, site) and words[-1].start() - site < _SHORT):
        return False
    case = scene.lexicon.place_case.search(scene.folded, max(0, site - _REACH), site)
    return _SEEN.search(scene.folded[max(0, site - _REACH) : site]) is not None or (
        case is not None and case.lastgroup in _ABOUT
    )


def _is_post(scene: Scene, place: Place) -> bool:
    """ "l'ambassade d'Allemagne à Tunis": where an embassy is, nobody has come."""
    return scene.lexicon.posts.search(scene.folded, max(0, place.start - _REACH), place.start) is not None


def _is_town(scene: Scene, place: Place) -> bool:
    """A city, or a state that shares its name with one where the preposition is a town's ("à Djibouti")."""
    if place.kind == "city":
        return True
    if place.kind != "country" or load_world().city(place.text) != country_of(place):
        return False
    if place == dateline_place(scene):
        return True
    return scene.lexicon.town_case.search(scene.folded, max(0, place.start - 12), place.start) is not None
