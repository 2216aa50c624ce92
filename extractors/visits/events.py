"""Which trips do the claims add up to? One trip for each visitor's state, host state and occasion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.whereabouts import case_of_place

_SOLID = frozenset({"received", "receive", "session"})
_ARRIVALS = frozenset({"received", "receive", "arrive"})
_TALKS = frozenset({"meet", "session"})
_QUESTION = ("?", "؟")
_LEDE = 3
_AHEAD = 30
_BOTH = 2
_PRESENCE = frozenset(
    {"in_visit", "arrive", "visiting", "received", "receive", "visit_by", "visit_of", "stay", "return"}
)


@dataclass(eq=False)
class Trip:
    """What the article tells of one visitor's stay in one state."""

    visitor_country: str | None
    host_country: str | None
    visitor: Actor | None
    claims: list[Claim] = field(default_factory=list)
    hosts: list[Actor] = field(default_factory=list)
    is_earlier: bool = False
    is_tour: bool = False

    @property
    def strength(self) -> int:
        """How much of the article tells it: labels count most, meetings least."""
        return sum(3 if c.label in LABELLED else 2 if c.is_travel or c.label in _SOLID else 1 for c in self.claims)

    @property
    def is_labelled(self) -> bool:
        return any(c.label in LABELLED for c in self.claims)

    @property
    def first(self) -> int:
        """The first sentence that tells it."""
        return min(c.sentence for c in self.claims)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claim with its states: who from where goes where."""

    claim: Claim
    visitor: Actor | None
    host: Actor | None
    visitor_country: str | None
    host_country: str | None

    @property
    def is_complete(self) -> bool:
        """True where it can make a trip of its own; the others only add to one."""
        if self.host_country is None or self.visitor is None or self.visitor.is_vague or not self.visitor.office:
            return False
        if self.claim.is_inferred and (self.claim.label in ("leave", "return") or self.visitor.serves is None):
            return False
        if self.visitor.is_guess and (self.claim.sentence > _LEDE or self.claim.tense == "earlier"):
            return False
        if self.visitor_country is None:
            return self.claim.is_travel and any(p.kind == "country" for p in self.claim.places)
        return True


def find_trips(scene: Scene, cast: Cast, claims: Sequence[Claim]) -> list[Trip]:
    """Trips in the order of their first claims."""
    calls, inland = _call_sentences(scene), _told_sentences(scene, "domestic")
    told = [
        c
        for c in claims
        if (c.is_travel or c.sentence not in calls)
        and not (c.tense == "future" and _is_asked(scene, c))
        and not (c.sentence in inland and not c.names_state and c.host is None)
    ]
    readings = [r for c in told for r in _readings(c)]
    trips: list[Trip] = []
    for reading in sorted(readings, key=lambda r: r.claim.label in _TALKS):
        if reading.is_complete and not _is_reversed(trips, reading):
            _place(trips, reading, opens=True)
    placed = {(r.claim.sentence, id(r.visitor)) for r in readings if r.is_complete and r.claim.is_travel}
    for reading in readings:
        if not reading.is_complete and not (
            reading.claim.is_travel and (reading.claim.sentence, id(reading.visitor)) in placed
        ):
            _place(trips, reading, opens=False)
    for reading in _helped(scene, cast, told, trips):
        _place(trips, reading, opens=True)
    if not trips and not isinstance(calls, range):
        trips.extend(_two_sided(scene, cast))
        trips.extend(() if trips else _without_goal(scene, told))
    _mark_tours(scene, trips)
    _add_peers(cast, trips)
    trips.extend(_visits_back(scene, trips))
    return sorted(trips, key=lambda t: t.first)


def main_host(scene: Scene, trip: Trip) -> Actor | None:
    """The first who receives, invites or holds talks; whoever only welcomes a guest of another rank comes last."""
    office = trip.visitor.office if trip.visitor else ""
    first = {id(a): min((c.cue.start for c in trip.claims if a in (c.host, c.visitor)), default=0) for a in trip.hosts}
    hosts = sorted(trip.hosts, key=lambda a: first[id(a)])
    called = next((a for a in hosts if _is_called_host(scene, a)), None)
    rank = {id(a): (not a.office, a.office != office and _only_welcomes(scene, trip, a)) for a in hosts}
    return called or min(hosts, key=lambda a: rank[id(a)], default=None)


def _is_called_host(scene: Scene, actor: Actor) -> bool:
    """ "her host, President X"."""
    called, folded = scene.lexicon.called_host, scene.folded
    return any(called.search(folded, max(0, m.start - 24), m.start) for m in actor.mentions)


def _only_welcomes(scene: Scene, trip: Trip, host: Actor) -> bool:
    own = [c for c in trip.claims if host in (c.host, c.visitor)]
    welcome = scene.lexicon.welcome
    return bool(own) and all(welcome.search(scene.folded, c.cue.start, c.cue.end) is not None for c in own)


def _call_sentences(scene: Scene) -> range | set[int]:
    """Sentences that tell a call; where headline or lede tell one, no meeting of the article is a visit."""
    told = _told_sentences(scene, "phone")
    lede = scene.sentence_number(scene.shift)
    return range(len(scene.sentences)) if told and min(told) <= lede else told


def _told_sentences(scene: Scene, label: str) -> set[int]:
    return {scene.sentence_number(h.start) for h in scene.against if h.label == label}


def _is_asked(scene: Scene, claim: Claim) -> bool:
    """ "La ministre se rendra-t-elle au Tchad ?" tells of no journey."""
    span = scene.sentences[claim.sentence]
    return scene.text[span.start : span.end].rstrip().endswith(_QUESTION)


def _readings(claim: Claim) -> list[_Reading]:
    if claim.label in ("meet", "session"):
        return _meeting(claim, country_of(claim.places[0]) if claim.places else None)
    visitor, host = claim.visitor, claim.host
    if visitor is not None and visitor.is_barred:
        return []
    country = visitor.country if visitor else None
    goes = [t for t in dict.fromkeys(map(country_of, claim.places)) if t and (t != country or country is None)]
    if claim.places and not goes and claim.label not in ("received", "receive", "leave"):
        return []
    if not goes:
        state = host.country if host and host.country != country else None
        return [_Reading(claim, visitor, host, country, state)]
    return [_Reading(claim, visitor, host, country, t) for t in goes]


def _meeting(claim: Claim, place: str | None) -> list[_Reading]:
    """Two officials meet: whoever is not at home travels; in a third state nobody visits the other."""
    first, second = claim.visitor, claim.host
    if claim.label == "session" and place and second is None:
        return [_Reading(claim, None, None, None, place)]
    if first is None or second is None or first.is_barred or second.is_barred or not place:
        return []
    if first.country == place and second.country != place:
        return [_Reading(claim, second, first, second.country, place)]
    if second.country == place and first.country != place:
        return [_Reading(claim, first, second, first.country, place)]
    return []


def _helped(scene: Scene, cast: Cast, claims: Sequence[Claim], trips: Sequence[Trip]) -> Iterator[_Reading]:
    """What a sentence leaves open and the article as a whole tells: where a meeting was, whom a visit went to."""
    dateline = country_of(dateline_place(scene))
    site: str | None = None
    for claim in claims:
        if claim.places:
            is_site = claim.label == "session" or (claim.label == "meet" and claim.visitor is not None)
            site = country_of(claim.places[0]) if is_site else site
            if claim.label == "session" and claim.tense != "earlier" and claim.sentence <= _LEDE:
                yield from _attended(cast, claim, trips, claims)
            continue
        if claim.label in ("meet", "session") and claim.tense != "earlier":
            known = _shared_trip(claim, trips)
            sites = (known.host_country,) if known else (site, dateline, _only_site(claim, claims))
            yield from next((found for found in (_meeting(claim, place) for place in sites) if found), [])
        elif claim.label in _PRESENCE and not _is_told(claim, trips) and _is_weighty(claim):
            yield from _opened(scene, cast, claim, dateline)


def _only_site(claim: Claim, claims: Sequence[Claim]) -> str | None:
    """The one of the two states in which anything else of the article happens."""
    pair = {a.country for a in (claim.visitor, claim.host) if a}
    sites = {country_of(p) for c in claims if c.tense != "earlier" for p in c.places} & pair
    return next(iter(sites)) if len(sites) == 1 else None


def _visits_back(scene: Scene, trips: Sequence[Trip]) -> Iterator[Trip]:
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


def _attended(cast: Cast, claim: Claim, trips: Sequence[Trip], claims: Sequence[Claim]) -> Iterator[_Reading]:
    """A joint commission's session brings the first official of the other state to the place where it meets."""
    site = country_of(claim.places[0])
    if site is None or any(site in (t.host_country, t.visitor_country) for t in trips):
        return
    guests = [a for a in cast.actors if a.country not in (None, site) and not (a.is_guess or a.is_barred or a.is_vague)]
    guest = min(guests, key=lambda a: (a.named is None, a.start), default=None)
    talks = {country_of(c.places[0]) for c in claims if c.label == "meet" and c.places and c.sentence <= _LEDE}
    if guest and not talks - {site, guest.country}:
        yield _Reading(claim, guest, None, guest.country, site)


def _shared_trip(claim: Claim, trips: Sequence[Trip]) -> Trip | None:
    """The trip on which the two who meet are visitor and host, whichever is named first."""
    pair = {a.country for a in (claim.visitor, claim.host) if a}
    both = (t for t in trips if {t.visitor_country, t.host_country} == pair)
    return min(both, key=lambda t: t.is_earlier, default=None)


def _two_sided(scene: Scene, cast: Cast) -> Iterator[Trip]:
    """An article all about two states' officials, though no sentence says who came: whoever is not at the place did."""
    if len(scene.lexicon.both.findall(scene.folded)) < _BOTH:
        return
    sides: dict[str, list[Actor]] = {}
    for actor in sorted(cast.actors, key=lambda a: (a.named is None, a.start)):
        if actor.country and not actor.is_barred and not actor.is_vague and not actor.is_guess:
            sides.setdefault(actor.country, []).append(actor)
    site = country_of(dateline_place(scene)) or _site_of(scene)
    if len(sides) != 2 or site not in sides:
        return
    visitor = next(people[0] for state, people in sides.items() if state != site)
    number = scene.sentence_number(visitor.start)
    claim = Claim("meet", Span(visitor.start, visitor.end), number, visitor, sides[site][0])
    yield Trip(visitor.country, site, visitor, [claim], [sides[site][0]])


def _without_goal(scene: Scene, claims: Sequence[Claim]) -> Iterator[Trip]:
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
    if labelled and known and (abroad or is_back) and len({a.country for a in known}) == 1:
        yield Trip(known[0].country, None, known[0], [replace(labelled[0], visitor=known[0])])


def _site_of(scene: Scene) -> str | None:
    """The state of the first town in which the article says that something happens."""
    sites = (p for p in scene.places if p.kind == "city" and case_of_place(scene, p) == "in")
    return next((country_of(p) for p in sites), None)


def _is_weighty(claim: Claim) -> bool:
    """An arrival "au pouvoir" far down the text is none at a place."""
    return claim.label in LABELLED or claim.label == "return" or claim.sentence <= _LEDE + 1


def _is_told(claim: Claim, trips: Sequence[Trip]) -> bool:
    return any(claim in t.claims or t.visitor is claim.visitor for t in trips)


def _opened(scene: Scene, cast: Cast, claim: Claim, dateline: str | None) -> Iterator[_Reading]:
    """A visitor of whose goal the sentence says nothing is with his only counterpart, else where the article was
    written, else in the one other state of which it speaks."""
    visitor = claim.visitor
    if visitor is None or visitor.country is None or visitor.is_barred or visitor.is_vague or claim.is_inferred:
        return
    if visitor.is_guess or _goes_to_a_thing(scene, claim):
        return
    home = visitor.country
    peers = {m.country for a in cast.actors for m in a.mentions if m.is_counterpart and m.country} - {home}
    goal = next(iter(peers)) if len(peers) == 1 else dateline if dateline != home else None
    goal = goal or _other_state(scene, home)
    if goal:
        yield _Reading(claim, visitor, None, home, goal)


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


def _is_reversed(trips: Sequence[Trip], reading: _Reading) -> bool:
    """A talk told at a place of the visitor's state is no visit back, where a journey the other way is told."""
    pair = (reading.host_country, reading.visitor_country)
    if reading.claim.label not in _TALKS:
        return False
    ways = {(t.visitor_country, t.host_country) for t in trips if not t.is_earlier}
    return pair in ways and (reading.visitor_country, reading.host_country) not in ways


def _place(trips: list[Trip], reading: _Reading, *, opens: bool) -> None:
    for trip in trips:
        if _is_of(trip, reading):
            _add(trip, reading)
            return
    if opens and reading.is_complete:
        is_earlier = reading.claim.tense == "earlier"
        trip = Trip(reading.visitor_country, reading.host_country, reading.visitor, is_earlier=is_earlier)
        trips.append(trip)
        _add(trip, reading)


def _is_of(trip: Trip, reading: _Reading) -> bool:
    if (reading.claim.tense == "earlier") != trip.is_earlier and not _looks_back(trip, reading):
        return False
    if reading.host_country not in (None, trip.host_country):
        return False
    if reading.visitor is None or reading.visitor is trip.visitor:
        return reading.visitor_country in (None, trip.visitor_country) and (
            reading.host_country is not None or reading.visitor is not None
        )
    if reading.visitor_country != trip.visitor_country:
        return False
    return reading.claim.tense != "future" or any(c.tense == "future" for c in trip.claims)


def _looks_back(trip: Trip, reading: _Reading) -> bool:
    """ "Il avait été accueilli la veille": the pluperfect of the same stay."""
    if reading.claim.label == "meet":
        return True
    return not trip.is_earlier and reading.visitor is trip.visitor and reading.claim.label in _ARRIVALS


def _add(trip: Trip, reading: _Reading) -> None:
    trip.claims.append(reading.claim)
    host = reading.host
    if host is None or host.is_vague or host is trip.visitor or host in trip.hosts or host.is_barred:
        return
    if host.serves is None and reading.claim.label in ("received", "receive", "invite_by"):
        host.assumed = trip.host_country
    if host.country in (None, trip.host_country):
        _receive(trip, host)


def _receive(trip: Trip, host: Actor) -> None:
    """Adds a host; one who is named takes the place of the same official without a name."""
    for place, other in enumerate(trip.hosts):
        if other.office == host.office and (other.named is None or host.named is None):
            trip.hosts[place] = host if host.named else other
            return
    trip.hosts.append(host)


def _mark_tours(scene: Scene, trips: Sequence[Trip]) -> None:
    """A trip is a stop where the article speaks of a tour, or names several goals in one breath."""
    for trip in trips:
        others = [t for t in trips if t is not trip and t.visitor is trip.visitor and t.is_earlier == trip.is_earlier]
        spans = [scene.sentences[c.sentence] for t in (trip, *others) for c in t.claims if c.is_travel]
        tour = any(scene.lexicon.tour_noun.search(scene.folded, s.start, s.end) for s in spans)
        listed = any(c.label not in ("visit_of", "headline") and len(_goals(c, trip)) > 1 for c in trip.claims)
        trip.is_tour = not trip.is_earlier and (tour or (bool(others) and listed))


def _goals(claim: Claim, trip: Trip) -> set[str]:
    return {c for c in map(country_of, claim.places) if c and c != trip.visitor_country}


def _add_peers(cast: Cast, trips: Sequence[Trip]) -> None:
    """A counterpart of the host state is host of a trip on which nobody else is said to receive."""
    for trip in trips:
        if trip.hosts or trip.is_earlier:
            continue
        peers = [a for a in cast.actors if a.country == trip.host_country and any(m.is_counterpart for m in a.mentions)]
        trip.hosts.extend(a for a in peers[:1] if a is not trip.visitor and not a.is_vague)
