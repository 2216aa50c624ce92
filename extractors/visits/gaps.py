"""What does a sentence leave open that the article as a whole tells: where a meeting was, whom a visit went to?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.language_files import language_table
from extractors.visits.messages import find_message
from extractors.visits.scene import GATHERINGS, Scene, country_of, dateline_place
from extractors.visits.trips import LEDE, Reading, Trip, meeting
from extractors.visits.whereabouts import case_of_place, first_town

_AHEAD = 30
_BOTH, _DIRECT = 2, 24
_NEWS = 6
_ACTING = frozenset({"subject", "with", "by", "to"})
"""As whom somebody takes part; "a message from X" is not his visit."""
_RECEPTIONS = frozenset({"received", "receive", "meet"})
_COMES = frozenset({"received", "receive", "arrive"})
_PRESENCE = frozenset(
    {"in_visit", "arrive", "visiting", "received", "receive", "visit_by", "visit_of", "stay", "return"}
)


def told_by_the_whole(scene: Scene, cast: Cast, claims: Sequence[Claim], trips: Sequence[Trip]) -> Iterator[Reading]:
    """What a sentence leaves open and the article as a whole tells: where a meeting was, whom a visit went to."""
    dateline = country_of(dateline_place(scene))
    site: str | None = None
    gathered, apart = _gathered_at(scene), set(_met_apart(scene, claims))
    is_gathering = _is_written_at_gathering(scene)
    for claim in claims:
        if claim.places:
            is_site = claim.label == "session" or (claim.label == "meet" and claim.visitor is not None)
            site = country_of(claim.places[0]) if is_site else site
            is_news = claim.sentence <= LEDE and claim.sentence not in scene.multilateral_sentences
            if claim.label == "session" and claim.tense != "earlier" and is_news:
                yield from _attended(cast, claim, trips, claims)
            continue
        if claim.label == "meet" and (_is_at_gathering(claim, gathered, scene) or _pair_of(claim) in apart):
            continue
        if claim.label in ("meet", "session") and claim.tense != "earlier":
            known = _shared_trip(claim, trips)
            sites: tuple[str | None, ...] = (
                _handed_to(scene, claim),
                site,
                dateline,
                _only_site(claim, claims),
                _site_of(scene),
            )
            if is_gathering and dateline not in {a.country for a in (claim.visitor, claim.host) if a}:
                sites, known = sites[:2], None  # neither is at home where the article was written
            tried = (known.host_country,) if known else () if _is_elsewhere(scene, claim, claims, dateline) else sites
            yield from next((found for found in (meeting(claim, place) for place in tried) if found), [])
        elif claim.label in _PRESENCE and not _is_told(claim, trips) and _is_weighty(claim):
            if _is_of_a_host(claim, trips):
                continue
            yield from _opened(scene, cast, claim, claims, dateline)
    yield from _from_abroad(claims, trips)


def _gathered_at(scene: Scene) -> set[str | None]:
    """The states in which the article's gatherings are held."""
    told = (p for p in scene.places if scene.sentence_number(p.start) in scene.multilateral_sentences)
    return {country_of(p) for p in told if case_of_place(scene, p) == "in"} - {None}


def _is_at_gathering(claim: Claim, gathered: set[str | None], scene: Scene) -> bool:
    """ "The summit in Rio … On its margins X met Y": in a third state nobody visits the other."""
    pair = {a.country for a in (claim.visitor, claim.host) if a}
    return claim.sentence in scene.multilateral_sentences and bool(gathered) and gathered.isdisjoint(pair)


def _is_written_at_gathering(scene: Scene) -> bool:
    """Whether an article comes from New York or Geneva, or from anywhere and opens with a gathering."""
    place = dateline_place(scene)
    is_seat = place is not None and not place.is_capital and country_of(place) in GATHERINGS
    return is_seat or (place is not None and scene.opens_with_gathering)


def _met_apart(scene: Scene, claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """ "X met in Geneva his colleague of Azerbaijan, Y": the two of whom the first talk told, or one at a gathering,
    was in a third state."""
    talks = [c for c in claims if c.label == "meet"]
    first = {_pair_of(c): c for c in reversed(talks)}
    for claim in (*first.values(), *(c for c in talks if c.sentence in scene.multilateral_sentences)):
        pair = {a.country for a in (claim.visitor, claim.host) if a and a.named} - {None}
        is_gathered = claim.sentence in scene.multilateral_sentences
        sites = (p for p in claim.places if is_gathered or p.start - claim.cue.end < _DIRECT)
        states = {country_of(p) for p in sites} - {None}
        if len(pair) == _BOTH and states and states.isdisjoint(pair):
            yield _pair_of(claim)


def _pair_of(claim: Claim) -> tuple[int, int]:
    return (min(id(claim.visitor), id(claim.host)), max(id(claim.visitor), id(claim.host)))


def _from_abroad(claims: Sequence[Claim], trips: Sequence[Trip]) -> Iterator[Reading]:
    """Whose state nobody prints, and whom "le vice-président gambien" receives at Banjul, came from abroad."""
    for claim in claims:
        guest, host = claim.visitor, claim.host
        if claim.label == "meet" and guest and host and guest.serves:
            guest, host = host, guest
        if guest is None or host is None or claim.label not in _RECEPTIONS or _is_told(claim, trips):
            continue
        if guest.country or guest.is_barred or guest.is_vague or not guest.office or host.serves is None:
            continue
        own = [c for c in claims if c.visitor is guest and host.serves in map(country_of, c.places)]
        if own and not host.is_barred:
            yield Reading(replace(own[0], is_inferred=False), guest, host, None, host.serves)
            return


def _only_site(claim: Claim, claims: Sequence[Claim]) -> str | None:
    """The one of the two states in which anything else of the article happens."""
    pair = {a.country for a in (claim.visitor, claim.host) if a}
    sites = {country_of(p) for c in claims if c.tense != "earlier" for p in c.places} & pair
    return next(iter(sites)) if len(sites) == 1 else None


def _is_elsewhere(scene: Scene, claim: Claim, claims: Sequence[Claim], dateline: str | None) -> bool:
    """Whether one of the two who meet is told to have gone to one state only, which is neither's: they met there.

    So it is where the article opens with a gathering; without one, where he had gone before they met and the article
    was not written at home, or says "in margin of the visit"."""
    span, pair = scene.sentences[claim.sentence], {a.country for a in (claim.visitor, claim.host) if a}
    is_gathered = not scene.multilateral_sentences.isdisjoint({0, scene.sentence_number(scene.shift)})
    is_on_visit = scene.lexicon.visit_noun.search(scene.folded, span.start, claim.cue.start) is not None
    if dateline in pair and not (is_gathered or is_on_visit):
        return False
    for actor in (claim.visitor, claim.host):
        own = [c for c in claims if c.visitor is actor and c.is_travel and c.label != "return" and c.tense != "earlier"]
        if not is_gathered:
            own = [c for c in own if c.tense != "future" and c.sentence <= claim.sentence]
        goals = {country_of(p) for c in own for p in c.places} - {None}
        if actor and len(goals) == 1 and goals.isdisjoint(pair):
            return True
    return False


def _handed_to(scene: Scene, claim: Claim) -> str | None:
    """ "a remis au président centrafricain un pli du président X": its bearer has come to whom it is for."""
    giver, taker = claim.visitor, claim.host
    words = language_table(scene.lexicon.language, "words").get("handing", ())
    is_handing = any(word in scene.folded[claim.cue.start : claim.cue.end] for word in words)
    if not is_handing or giver is None or taker is None or giver.is_barred:
        return None
    span = scene.sentences[claim.sentence]
    is_bearer = giver.bears_message or find_message(scene.document, [span], giver.named)
    is_given = any(m.case == "to" for m in taker.mentions if span.start <= m.start < span.end)
    return taker.serves if is_bearer and is_given else None


def visits_back(scene: Scene, trips: Sequence[Trip]) -> Iterator[Trip]:
    """The host of the article's one visit has taken up the guest's invitation: a visit the other way is to come."""
    current = [t for t in trips if not t.is_earlier]
    if len(current) != 1 or not current[0].hosts or all(c.tense == "future" for c in current[0].claims):
        return
    trip, host = current[0], current[0].hosts[0]
    for taken in scene.lexicon.accepted.finditer(scene.folded, scene.sentences[trip.first].end):
        number = scene.sentence_number(taken.start())
        near = scene.sentences[max(0, number - 2)].start, scene.sentences[number].end
        if scene.lexicon.invitation.search(scene.folded, *near) and not host.is_barred:
            claim = Claim("invites", Span(taken.start(), taken.end()), number, host, trip.visitor, tense="future")
            yield Trip(trip.host_country, trip.visitor_country, host, [claim], [a for a in (trip.visitor,) if a])
            return


def _attended(cast: Cast, claim: Claim, trips: Sequence[Trip], claims: Sequence[Claim]) -> Iterator[Reading]:
    """A joint commission's session brings the first official of the other state to the place where it meets."""
    site = country_of(claim.places[0])
    if site is None or any(site in (t.host_country, t.visitor_country) for t in trips):
        return
    guests = [a for a in cast.actors if a.country not in (None, site) and not (a.is_guess or a.is_barred or a.is_vague)]
    guest = min(guests, key=lambda a: (a.named is None, a.start), default=None)
    talks = {country_of(c.places[0]) for c in claims if c.label == "meet" and c.places and c.sentence <= LEDE}
    if guest and not talks - {site, guest.country}:
        home = [a for a in cast.actors if a.country == site and a.office and not (a.is_barred or a.is_vague)]
        host = min(home, key=lambda a: (a.office != guest.office, a.named is None, a.start), default=None)
        yield Reading(claim, guest, host, guest.country, site)


def _shared_trip(claim: Claim, trips: Sequence[Trip]) -> Trip | None:
    """The trip on which the two who meet are visitor and host, whichever is named first."""
    pair = {a.country for a in (claim.visitor, claim.host) if a}
    both = (t for t in trips if {t.visitor_country, t.host_country} == pair)
    return min(both, key=lambda t: t.is_earlier, default=None)


def speaks_of_both(scene: Scene) -> bool:
    """Whether an article says more than once what is said of two sides."""
    return len(list(islice(scene.lexicon.both.finditer(scene.folded), _BOTH))) == _BOTH


def two_sided(scene: Scene, cast: Cast, calls: set[int]) -> Iterator[Trip]:
    """An article all about two states' officials, though no sentence says who came: whoever is not at the place did,
    unless a telephone call (`calls`: the sentences that tell one) is where he is told of first."""
    if not speaks_of_both(scene):
        return
    sides: dict[str, list[Actor]] = {}
    for actor in sorted(cast.actors, key=lambda a: (a.named is None, a.start)):
        if scene.sentence_number(actor.start) in calls:
            continue
        acts = any(m.case in _ACTING for m in actor.mentions)
        if acts and actor.country and not actor.is_barred and not actor.is_vague and not actor.is_guess:
            sides.setdefault(actor.country, []).append(actor)
    site = country_of(dateline_place(scene)) or _site_of(scene)
    if len(sides) != 2 or site not in sides:
        return
    visitor = next(people[0] for state, people in sides.items() if state != site)
    number = scene.sentence_number(visitor.start)
    if max(number, scene.sentence_number(sides[site][0].start)) > _NEWS:
        return  # who is named far below the news is not its matter
    claim = Claim("meet", Span(visitor.start, visitor.end), number, visitor, sides[site][0])
    yield Trip(visitor.country, site, visitor, [claim], [sides[site][0]])


def without_goal(scene: Scene, claims: Sequence[Claim]) -> Iterator[Trip]:
    """A visit with a printed label whose visitor is told and whose goal is not."""
    labels = {scene.sentence_number(h.start) for h in scene.kind_hits}
    labelled = [
        c for c in claims if c.label in LABELLED and c.sentence in labels and not any(map(country_of, c.places))
    ]
    is_back = any(c.label == "return" for c in claims)
    told = [c.visitor for c in claims if c.visitor and not c.visitor.is_barred]
    known = [a for a in told if a.serves or (is_back and a.country and not a.is_guess)]
    abroad = {c for p in scene.places for c in p.countries} - {a.country for a in known}
    abroad |= {m.country for a in known for m in a.mentions if m.office == "delegation" and m.country}
    is_back = is_back and bool(known) and _site_of(scene) != known[0].country
    is_anothers = bool(labelled) and labelled[0].visitor is not None and labelled[0].visitor not in known
    if labelled and known and not is_anothers and (abroad or is_back) and len({a.country for a in known}) == 1:
        yield Trip(known[0].country, None, known[0], [replace(labelled[0], visitor=known[0])])


def received_here(scene: Scene, claims: Sequence[Claim]) -> Iterator[Trip]:
    """ "Le président de la République a reçu le ministre sénégalais": a paper at home doesn't say where that is. So too
    whoever is on a visit and talks with an official whose state is not told."""
    visiting = {id(c.visitor): c for c in reversed(claims) if c.label in LABELLED and not c.places}
    for claim in claims:
        guest, host = claim.visitor, claim.host
        if claim.label == "meet" and guest and guest.serves is None:
            guest, host = host, guest
        is_told = claim.label in ("received", "receive") or (claim.label == "meet" and id(guest) in visiting)
        if (
            not is_told
            or claim.tense == "earlier"
            or claim.sentence > LEDE
            or claim.sentence in scene.multilateral_sentences
        ):
            continue
        if guest is None or not guest.serves or not guest.office or guest.is_barred or guest.is_vague:
            continue
        if host and host.office and host.country is None and not (host.is_barred or host.is_plural or claim.places):
            own = [visiting[id(guest)]] if id(guest) in visiting else []
            yield Trip(guest.serves, None, guest, [*own, replace(claim, visitor=guest, host=host)], [host])
            return


def _site_of(scene: Scene) -> str | None:
    """The state of the first town in which the article says that something happens."""
    return country_of(first_town(scene))


def _is_weighty(claim: Claim) -> bool:
    """An arrival "au pouvoir" far down the text is none at a place."""
    return claim.label in LABELLED or claim.label == "return" or claim.sentence <= LEDE + 1


def _is_of_a_host(claim: Claim, trips: Sequence[Trip]) -> bool:
    """ "left for Kigali at the invitation of President X … The President is expected back home": not the host."""
    return claim.label == "return" and any(claim.visitor in t.hosts for t in trips)


def _is_told(claim: Claim, trips: Sequence[Trip]) -> bool:
    return any(claim in t.claims or t.visitor is claim.visitor for t in trips)


def _goes_on_in(claim: Claim, claims: Sequence[Claim], home: str) -> str | None:
    """ "X jets in on Thursday. She will hold talks in Nairobi": where the next sentence tells that the same official
    meets somebody."""
    own = [c for c in claims if c.visitor is claim.visitor and c.sentence == claim.sentence + 1]
    states = {country_of(p) for c in own for p in c.places} - {None, home}
    return next(iter(states)) if len(states) == 1 else None


def _opened(scene: Scene, cast: Cast, claim: Claim, claims: Sequence[Claim], dateline: str | None) -> Iterator[Reading]:
    """A visitor of whose goal the sentence says nothing is with his only counterpart, else where the article was
    written, else in the one other state of which it speaks."""
    visitor = claim.visitor
    if visitor is None or visitor.country is None or visitor.is_barred or visitor.is_vague or claim.is_inferred:
        return
    if visitor.is_guess or _goes_to_a_thing(scene, claim) or _is_through_province(scene, claim):
        return
    if claim.host and claim.host.serves == visitor.serves is not None:  # "the minister is received by his own premier"
        return
    home = visitor.country
    calls = scene.sentences_against("phone")
    met = (m for a in cast.actors for m in a.mentions if scene.sentence_number(m.start) not in calls)
    peers = {m.country for m in met if m.is_counterpart and m.country} - {home}
    onward = _goes_on_in(claim, claims, home)
    goal = next(iter(peers)) if len(peers) == 1 else dateline if dateline != home else None
    goal = onward or goal
    is_news = claim.label in LABELLED and claim.sentence <= LEDE
    is_at_home = dateline == home and visitor.serves is None and not is_news
    is_at_home = is_at_home or (claim.label == "return" and bool(scene.multilateral_sentences))
    other = None if is_at_home else _other_state(scene, home)
    goal = goal or (None if other and _is_away(other, claim, claims) else other)
    if goal and not _is_met_at_gathering(scene, cast, claim, claims, goal, dateline):
        yield Reading(claim, visitor, claim.host, home, goal)


def _is_away(state: str, claim: Claim, claims: Sequence[Claim]) -> bool:
    """ "a reçu un ministre éthiopien et un envoyé somalien": whether a state's own official is a guest these days."""
    guests = (c.visitor for c in claims if c.label in _COMES and c.tense == claim.tense and c.visitor)
    return claim.tense != "earlier" and any(a.named and a.serves == state and a is not claim.visitor for a in guests)


def _is_met_at_gathering(
    scene: Scene, cast: Cast, claim: Claim, claims: Sequence[Claim], goal: str, dateline: str | None
) -> bool:
    """ "In margin of the summit in Addis Ababa X met his Tunisian peer. He goes home on Monday": a talk between guests
    of a gathering gives a journey no goal, nor does the town where it is held and none of whose officials is told."""
    if not (_is_written_at_gathering(scene) or scene.opens_with_gathering):
        return False
    if goal == dateline:
        return not any(a.serves == goal for a in cast.actors)
    pair = {claim.visitor.country if claim.visitor else None, goal}
    talks = [c for c in claims if c.label == "meet" and {a.country for a in (c.visitor, c.host) if a} == pair]
    return dateline in GATHERINGS - pair or any(c.sentence in scene.multilateral_sentences for c in talks)


def _is_through_province(scene: Scene, claim: Claim) -> bool:
    """ "une visite de travail dans la province": a visit at home, as the opening says."""
    is_opened = not scene.sentences_against("domestic").isdisjoint(scene.opening_sentences)
    return claim.label in LABELLED and claim.sentence <= LEDE and is_opened


def _goes_to_a_thing(scene: Scene, claim: Claim) -> bool:
    """ "a visit to the hospital": the goal is told and is no state."""
    goal = scene.lexicon.goal.match(scene.folded, claim.cue.end)
    if goal is None:
        return False
    near = (p for p in scene.places if goal.end() <= p.start < goal.end() + _AHEAD)
    return next(near, None) is None and scene.lexicon.countries_word.match(scene.folded, goal.end() - 1) is None


def _other_state(scene: Scene, home: str) -> str | None:
    """The state that the article names far more often than any other but one."""
    seen = Counter(c for p in scene.places for c in p.countries if len(p.countries) == 1 or p.kind == "compound")
    del seen[home]
    ranked = seen.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]
