"""Who of the host state is a trip's host? Whoever receives, invites or talks first, else one of the visitor's rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeGuard

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.called_by_name import full_names
from extractors.visits.claims import Claim
from extractors.visits.language_files import language_table
from extractors.visits.mentions import Mention
from extractors.visits.person_names import name_at
from extractors.visits.phrases import Pattern, open_phrases
from extractors.visits.scene import Scene
from extractors.visits.seats import office_at
from extractors.visits.trips import Trip

_HEADS = frozenset({"head_of_state", "royal"})
_LEADERS = _HEADS | {"head_of_government"}
_TALK = frozenset({"meet", "received", "receive"})
_AHEAD, _NEAR = 30, 60
_OPENS, _REACH = 2, 160
_COMMA = re.compile(r",? ")
_STEP = 3
_HAND = 16
"""So far behind "conduite par" its leader may stand."""
_BESIDE = 24
"""How far before its verb a welcome may be told: "at the airport, he was received by"."""
_SITE = 20
"""And how far behind: "will receive him at the airport"."""


def main_host(scene: Scene, trip: Trip) -> Actor | None:
    """The first who receives, invites or holds talks; whoever only welcomes a guest of another rank comes last."""
    office = trip.visitor.office if trip.visitor else ""
    first = {id(a): min((c.cue.start for c in trip.claims if a in (c.host, c.visitor)), default=0) for a in trip.hosts}
    hosts = sorted(trip.hosts, key=lambda a: first[id(a)])
    called = next((a for a in hosts if is_called_host(scene, a)), None)
    peers = office in _HEADS and any(a.office in _HEADS for a in hosts)
    rank = {
        id(a): (
            not (a.office or " " in (a.named or "")),
            a.named is None and a.office not in _LEADERS and any(_is_named_peer(h) for h in hosts),
            peers and a.named is None and a.office not in _HEADS,
            _only_welcomes(scene, trip, a) and (a.office != office or _is_received_above(scene, trip, a)),
        )
        for a in hosts
    }
    told = called or min(hosts, key=lambda a: rank[id(a)], default=None)
    is_lesser = told is None or _is_of_another_rank(scene, trip, told)
    return (trip.supposed_host or told) if is_lesser else told


def _is_named_peer(actor: Actor) -> bool:
    return actor.named is not None and any(m.is_counterpart for m in actor.mentions)


def _is_received_above(scene: Scene, trip: Trip, host: Actor) -> bool:
    """ "Accueilli par son homologue, le ministre a été reçu par le président": who only met him at the airport."""
    if trip.visitor is None or trip.visitor.office in _LEADERS:
        return False
    last = max((c.sentence for c in trip.claims if host in (c.host, c.visitor)), default=0)
    above = (a for a in trip.hosts if a is not host and a.office in _LEADERS and a.named)
    told = (a for a in above if any(c.sentence <= last and a in (c.host, c.visitor) for c in trip.claims))
    return any(not _only_welcomes(scene, trip, a) for a in told)


def _only_welcomes(scene: Scene, trip: Trip, host: Actor) -> bool:
    own = [c for c in trip.claims if host in (c.host, c.visitor)]
    welcome = scene.lexicon.welcome
    spans = [(max(scene.sentences[c.sentence].start, c.cue.start - _BESIDE), c.cue.end + _SITE) for c in own]
    return bool(own) and all(welcome.search(scene.folded, *span) is not None for span in spans)


def find_hosts(scene: Scene, cast: Cast, claims: Sequence[Claim], trips: Sequence[Trip]) -> None:
    """Where no host is told, or only who welcomes a guest of another rank at the airport, the article may name one."""
    known = _Known(scene, cast, claims, trips)
    for trip, leader in _by_turns(scene, cast, trips):
        leader.assumed, trip.hosts = trip.host_country, [leader]
    for trip in trips:
        _name_from_headline(scene, trip)
        trip.hosts = [_called(trip, a, known.by_name(a, trip)) for a in trip.hosts] or known.beside_guest(trip)
        if trip.is_earlier or trip.visitor is None or not all(_is_of_another_rank(scene, trip, a) for a in trip.hosts):
            continue
        host = next((a for a in known.candidates(trip) if a is not trip.visitor and a not in trip.hosts), None)
        if host:
            host.assumed = trip.host_country
            trip.hosts.append(known.by_name(host, trip))
        else:
            trip.supposed_host = next((a for a in known.in_rank(trip) if a is not trip.visitor), None)


def _called(trip: Trip, host: Actor, named: Actor) -> Actor:
    """The named one in the host's place, in what the trip's claims say of him as well."""
    if named is not host:
        trip.claims = [replace(c, host=named) if c.host is host else c for c in trip.claims]
    return named


def _name_from_headline(scene: Scene, trip: Trip) -> None:
    """ "X Y reçoit le ministre burundais" above "Le Président de la République a reçu": the name of who receives."""
    host = trip.hosts[0] if len(trip.hosts) == 1 else None
    if host is None or host.named or host.is_plural or not host.office:
        return
    above = (c for c in trip.claims if c.in_headline and c.label == "receive" and c.host is None)
    names = (name for c in above for name in full_names(scene, 0, c.cue.start) if c.cue.start - name.end <= _STEP)
    name = next(names, None)
    if name and scene.in_headline(name.start):
        own = Mention(name.start, name.end, host.office, None, scene.text[slice(*name)])
        host.mentions, host.named = [own, *host.mentions], own.name


def _by_turns(scene: Scene, cast: Cast, trips: Sequence[Trip]) -> Iterator[tuple[Trip, Actor]]:
    """ "s'est rendu au Ghana et au Togo, où il a rencontré les présidents A et B": of as many leaders as stops each
    receives at his own, in the order of the list."""
    for claim in {id(c): c for t in trips if t.is_tour for c in t.claims}.values():
        states = list(dict.fromkeys(p.countries[0] for p in claim.places))
        stops = [next((t for t in trips if claim in t.claims and t.host_country == s), None) for s in states]
        leaders = _joined_behind(scene, cast, claim) if len(states) > 1 else []
        people = {id(a) for a in leaders}
        for trip, leader in zip(stops, leaders, strict=False):
            if trip is None or trip.visitor is leader or len(leaders) != len(stops):
                continue
            if all(id(h) in people or not h.named for h in trip.hosts):
                yield trip, leader


def _joined_behind(scene: Scene, cast: Cast, claim: Claim) -> list[Actor]:
    """The first named people in a row, of no told state, behind the places of a claim in its sentence."""
    end = scene.sentences[claim.sentence].end
    run: list[Mention] = []
    for mention in cast.mentions:
        if not claim.places[-1].end <= mention.start < end or mention.end <= claim.cue.end:
            continue
        between = scene.folded[run[-1].end : mention.start].replace(",", " ").split() if run else []
        if run and not (between and all(word in scene.lexicon.joints for word in between)):
            break
        actor = cast.actor(mention)
        if mention.name is None or actor is None or actor.serves or actor.is_barred:
            break
        run.append(mention)
    return [a for a in map(cast.actor, run) if a]


def _is_of_another_rank(scene: Scene, trip: Trip, host: Actor) -> bool:
    return trip.visitor is not None and host.office != trip.visitor.office and _only_welcomes(scene, trip, host)


class _Known:
    """What an article tells of who receives, looked up once for all its trips."""

    def __init__(self, scene: Scene, cast: Cast, claims: Sequence[Claim], trips: Sequence[Trip]) -> None:
        self.scene, self.cast, self.claims, self.trips = scene, cast, claims, trips
        self.called = [a for a in cast.actors if is_called_host(scene, a)]
        self.heads = list(_heads_of_sides(scene, cast))

    def candidates(self, trip: Trip) -> Iterator[Actor]:
        """Counterparts first, then whoever talks with the visitor, is called the host or leads the host's side."""
        yield from (a for a in (*self._peers(trip), *self._whose_counterpart(trip)) if not a.is_vague)
        met = [c for c in self.claims if c.label in _TALK and c.tense != "earlier" and _owner(c, self.trips) is trip]
        others = (c.host if c.visitor is trip.visitor else c.visitor for c in met)
        own = (a for a, state in self.heads if state == trip.host_country)
        yield from (a for a in (*others, *self.called, *own, *self._given_to(trip)) if a and _can_receive(a, trip))

    def _given_to(self, trip: Trip) -> Iterator[Actor]:
        """ "porteur d'un message du président X au président Y": to whom the message is brought."""
        for brought in self.scene.lexicon.bearer.finditer(self.scene.folded):
            span = self.scene.sentences[self.scene.sentence_number(brought.start())]
            near = (m for m in self.cast.mentions if brought.end() <= m.start < min(span.end, brought.end() + _REACH))
            found = (self.cast.actor(m) for m in near if m.case == "to")
            yield from (a for a in found if a and a.country == trip.host_country)

    def in_rank(self, trip: Trip) -> Iterator[Actor]:
        """Whoever gets what the visitor brings, then who is named and of his rank."""
        given = (c.host for c in self.claims if c.label == "receive" and c.visitor is None)
        yield from (a for a in given if _is_home(a, trip))
        is_alone = sum(not t.is_earlier for t in self.trips) == 1
        peers = (a for a in self.cast.actors if a.named and _is_home(a, trip) and _is_of_rank(a, trip))
        peers = (a for a in peers if is_alone or a.serves)
        yield from (a for a in peers if not self._is_at_airport(a))

    def by_name(self, host: Actor, trip: Trip) -> Actor:
        """A host who is called by his office only is the one official of the host state who holds it and is named."""
        if host.named and not host.office:
            return self._with_office(host, trip)
        if host.named or host.is_plural or not host.office or host.country != trip.host_country:
            return host
        named = [a for a in self.cast.actors if a.named and a.office == host.office and _is_home(a, trip)]
        named = named or self._peers_of(host, trip)
        if not named and any(m.is_counterpart for m in host.mentions):
            host.named = next((a.named for a in self.beside_guest(trip)), None)
        return named[0] if len(named) == 1 and named[0] is not trip.visitor else host

    def _peers_of(self, host: Actor, trip: Trip) -> list[Actor]:
        """ "X meets her Ivorian counterpart. She held talks with her counterpart Y": who else is called so."""
        if not any(m.is_counterpart for m in host.mentions):
            return []
        told = (a for a in self.cast.actors if a.named and a.country in (None, trip.host_country) and not a.is_barred)
        return [a for a in told if a.office == host.office and any(m.is_counterpart for m in a.mentions)]

    def _with_office(self, host: Actor, trip: Trip) -> Actor:
        """ "was received by X Y. The French president …": the one leader of the host state without a name,
        else who holds the guest's office, else its only official."""
        guest = trip.visitor.office if trip.visitor else ""
        states = [a for a in self.cast.actors if a.serves == trip.host_country and not a.is_plural and a.office]
        leaders = [a for a in states if a.office in _LEADERS] or [a for a in states if a.office == guest] or states
        if len(leaders) == 1 and leaders[0].named is None:
            host.mentions = sorted((*host.mentions, *leaders[0].mentions), key=lambda m: m.start)
        if not host.office and guest and (self._is_counterpart(trip.visitor) or self._is_of_the_two(guest)):
            host.mentions = [replace(m, office=guest) for m in host.mentions]  # "X a reçu son homologue"
        told = sorted({c.sentence for c in trip.claims if c.host is host and not c.in_headline})
        seated = next(filter(None, (office_at(self.scene, n, trip.host_country) for n in told)), None)
        office = host.office or seated or self._sender_s(trip)
        if not host.office and office:
            host.mentions = [replace(m, office=office) for m in host.mentions]
        return host

    def _sender_s(self, trip: Trip) -> str | None:
        """ "porteur d'une lettre du président A, il a été reçu par X Y": a leader writes to one of his own rank."""
        if trip.visitor is None or not trip.visitor.bears_message:
            return None
        senders = [a for a in self.cast.actors if a.country == trip.visitor_country and a is not trip.visitor]
        offices = {a.office for a in senders if a.office in _LEADERS and not a.is_plural}
        return next(iter(offices)) if len(offices) == 1 else None

    def _is_counterpart(self, visitor: Actor | None) -> bool:
        return visitor is not None and any(m.is_counterpart for m in visitor.mentions)

    def _is_of_the_two(self, office: str) -> bool:
        """ "Les deux chefs d'État": whoever received the guest holds his office."""
        both, folded = self.scene.lexicon.the_two, self.scene.folded
        told = (m for m in self.cast.mentions if m.is_plural and m.office == office)
        return any(both.search(folded, max(0, m.start - _HAND), m.end) is not None for m in told)

    def beside_guest(self, trip: Trip) -> list[Actor]:
        """ "X and his guest", "said X to his visitor": the one full name beside such words that nobody else bears."""
        found: dict[str, Actor] = dict(self._called_by_state(trip))
        if trip.is_earlier or trip.visitor is None or not self.scene.lexicon.has_capitals:
            return []
        for guest in _guest_words(self.scene.lexicon.language).finditer(self.scene.folded):
            span = self.scene.sentences[self.scene.sentence_number(guest.start())]
            near = (*full_names(self.scene, max(span.start, guest.start() - _NEAR), guest.start()),)
            for name in near or self._opening(span.start, guest.start()):
                mention = Mention(name.start, name.end, "", None, self.scene.text[slice(*name)])
                if not any(m.start < name.end and name.start < m.end for m in self.cast.mentions):
                    found.setdefault(mention.name or "", Actor([mention], named=mention.name))
        return list(found.values()) if len(found) == 1 else []

    def _called_by_state(self, trip: Trip) -> Iterator[tuple[str, Actor]]:
        """ "Son hôte togolais, X Y": somebody called host of the state where the visitor is."""
        for called in _host_words(self.scene.lexicon.language).finditer(self.scene.folded):
            place = self.scene.place_at.get(called.end())
            step = _COMMA.match(self.scene.text, place.end) if place and trip.host_country in place.countries else None
            name = name_at(self.scene, step.end()) if step else None
            if name is not None and not any(m.start < name.end and name.start < m.end for m in self.cast.mentions):
                text = self.scene.text[slice(*name)]
                yield text, Actor([Mention(name.start, name.end, "", None, text)], named=text)

    def _opening(self, start: int, end: int) -> Iterator[Span]:
        """The full name with which a sentence opens: its subject, however far behind his guest is told of."""
        first = next(full_names(self.scene, start, end), None)
        if first is not None and first.start - start <= _OPENS:
            yield first

    def _is_at_airport(self, actor: Actor) -> bool:
        """ "the defence minister saw him off at the airport": who is told of nowhere else holds no talks."""
        spans = (self.scene.sentences[self.scene.sentence_number(m.start)] for m in actor.mentions)
        return all(self.scene.lexicon.welcome.search(self.scene.folded, *span) for span in spans)

    def _whose_counterpart(self, trip: Trip) -> list[Actor]:
        """ "le président X et son homologue rwandais Y, en visite": whose counterpart the visitor is called."""
        peer = trip.visitor.peer if trip.visitor else None
        states = {c for m in peer.mentions for c in m.countries} if peer else set()
        is_host = peer is not None and peer.office and (peer.country or trip.host_country) == trip.host_country
        is_home = (not states or trip.host_country in states) and not any(t.visitor is peer for t in self.trips)
        return [peer] if peer and is_host and is_home and not peer.is_barred and not peer.is_plural else []

    def _peers(self, trip: Trip) -> list[Actor]:
        peers = (a for a in self.cast.actors if a.country == trip.host_country)
        return [a for a in peers if any(m.is_counterpart for m in a.mentions)][:1]


@cache
def _host_words(language: str) -> Pattern:
    return open_phrases(language_table(language, "words").get("called_host", ()), language, " ")


@cache
def _guest_words(language: str) -> Pattern:
    return open_phrases(language_table(language, "words")["guest_words"], language)


def _is_home(actor: Actor | None, trip: Trip) -> TypeGuard[Actor]:
    """Whether somebody is for sure an official of the host state."""
    if actor is None or actor.is_barred or actor.is_vague or not actor.office or actor.is_plural:
        return False
    return actor.country == trip.host_country and not (actor.is_guess and actor.serves is None)


def _is_of_rank(actor: Actor, trip: Trip) -> bool:
    """Whether a leader may have received a leader, a minister a minister."""
    office = trip.visitor.office if trip.visitor else ""
    return actor.office == office or {actor.office, office} <= _LEADERS


def _heads_of_sides(scene: Scene, cast: Cast) -> Iterator[tuple[Actor, str]]:
    """ "la partie nigérienne sera conduite par le ministre X": who leads the side of which state."""
    for led in scene.lexicon.led_by.finditer(scene.folded):
        number = scene.sentence_number(led.start())
        first = scene.sentences[number].start
        sides = [p for p in scene.places if first <= p.start and 0 <= led.start() - p.end < _AHEAD]
        heads = (m for m in cast.mentions if 0 <= m.start - led.end() < _HAND)
        head = next((a for a in map(cast.actor, heads) if a), None)
        if head and sides and len(sides[-1].countries) == 1:
            yield head, sides[-1].countries[0]


def is_called_host(scene: Scene, actor: Actor) -> bool:
    """ "her host, President X"."""
    called, folded = scene.lexicon.called_host, scene.folded
    if any(called.search(folded, max(0, m.start - 24), m.start) for m in actor.mentions):
        return True
    return any(m.is_counterpart and scene.lexicon.host_word.match(folded, m.start) for m in actor.mentions)


def _can_receive(other: Actor, trip: Trip) -> bool:
    """An official of the host state, or one whose state nothing tells for sure."""
    if other.is_barred or other.is_vague or not (other.office or " " in (other.named or "")):
        return False
    is_open = other.serves is None and (other.assumed in (None, trip.host_country) or other.is_guess)
    return other.serves == trip.host_country or is_open


def _owner(claim: Claim, trips: Sequence[Trip]) -> Trip | None:
    """The visitor's trip that a talk belongs to: the last one told before it, else his first."""
    own = [t for t in trips if t.visitor and t.visitor in (claim.visitor, claim.host) and not t.is_earlier]
    told = {t.first: t for t in reversed(own) if t.first <= claim.sentence}
    return told[max(told)] if told else next(iter(own), None)
