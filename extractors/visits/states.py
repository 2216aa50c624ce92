"""Which state does an official serve whom the text calls only by office, and which state does a place lie in?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.text import fold
from extractors.visits.actors import ONCE, Actor, Cast
from extractors.visits.by_others import called_so, held_by_others, of_counterpart, party_of, posted_to
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.goals import been_to, goals_of, is_state, leaves_host, left_behind, open_goals, strangers
from extractors.visits.hosts import is_called_host
from extractors.visits.mentions import LEADERS
from extractors.visits.pairs import partner_government
from extractors.visits.presence import beside_hosts
from extractors.visits.scene import GATHERINGS, Scene, country_of, dateline_place
from extractors.visits.whereabouts import case_of_place
from extractors.visits.world import load_world

_OFTEN, _OPENING = 4, 2
_ATTENDED = frozenset({"arrive", "received", "receive", "leave"})
_LEADING = frozenset({"leads", "taken_to"})


def settle_states(scene: Scene, cast: Cast, claims: Sequence[Claim]) -> None:
    """Gives officials called only by their office a state: the host's where they receive, else the article's own."""
    dateline = _home_of_dateline(scene)
    goals = goals_of(claims, dateline)
    firm = _of_guests(goals, claims)
    stays: dict[tuple[int, bool], str] = {}
    been = {(id(c.visitor), country_of(p)) for c in claims if c.is_travel and c.label != "return" for p in c.places}
    departed = {(id(c.visitor), c.sentence) for c in claims if c.label == "leave" and leaves_host(c)}
    for claim in claims:
        is_next = claim.label != "leave" and (id(claim.visitor), claim.sentence) in departed
        at_home = _received_at_home(claim, claims, dateline)
        _settle_host(scene, claim, firm, {} if is_next else stays, been, at_home)
    if dateline is None:
        for claim in claims:
            _settle_at_home(scene, cast, claim, goals)
    for claim in claims:
        _settle_there(scene, claim, dateline)
    peers = {m.country for a in cast.actors if not _is_writers(a) for m in a.mentions if m.is_counterpart and m.country}
    likely, met_states = _likely_homes(scene, cast, firm, open_goals(claims)), strangers(claims)
    homes = (dateline, *(() if dateline else _speaking(scene, in_opening=True)))
    sure, site, first = _most_named(scene), _first_site(scene), next(iter(_ranked(scene)), (None, 0))[0]
    is_tour = scene.lexicon.tour_noun.search(scene.folded) is not None
    here = {id(c.visitor) for c in claims if c.label in LABELLED and c.tense is None} - goals.keys()
    led = {id(c.visitor) for c in claims if c.label in LABELLED and c.tense is None}
    beside = beside_hosts(scene, cast, claims)
    for actor in sorted(cast.actors, key=lambda a: (id(a) in beside, id(a) in here, a.start)):
        if id(actor) in beside:
            actor.assumed, actor.is_guess = beside[id(actor)].country, True  # he is there, and does not receive
            continue
        if actor.country is None and not actor.is_barred:
            seat = _host_s(scene, actor, claims, goals)
            if seat:
                actor.assumed = seat
                continue
            party = party_of(scene, cast, goals.get(id(actor), set()))
            if party and actor.named and id(actor) in led and party not in met_states.get(id(actor), ()):
                actor.assumed = party
                continue
            away = (
                goals.get(id(actor), set())
                | met_states.get(id(actor), set())
                | {country_of(p) or "" for c in claims if c.label == "return" and c.visitor is actor for p in c.places}
                | ({actor.sent_to} if actor.sent_to else set())
                | left_behind(claims, actor)
                | been_to(claims, actor)
                | {a.serves for a in cast.actors if a.peer is actor and a.serves and a.office == actor.office}
            )
            held = held_by_others(scene, cast, actor)
            away |= held.keys()
            either = [c for m in actor.mentions if len(m.countries) > 1 for c in m.countries]
            either.sort(key=lambda state: (state != dateline, state != site))
            away |= peers if either else set()
            met = goals.get(id(actor.peer), set()) if actor.peer and not either else set()
            if len(met) == 1:
                actor.assumed = next(iter(met))
                continue
            there = away & _reached(claims, actor)
            posted = posted_to(scene, cast, there, _met_or_left(claims, actor))
            posted = [] if either else [*called_so(scene, cast, actor, away, homes), *posted]
            partner = partner_government(scene, away) if away and id(actor) not in goals else None
            told = (*of_counterpart(cast, held), *posted, *((partner,) if partner else ()), *(either or likely))
            actor.assumed = next((state for state in told if state not in away), None)
            is_touring = is_tour and actor.assumed is None and len(goals.get(id(actor), ())) > 1
            if is_touring and _only_other(scene, away):
                actor.assumed = _only_other(scene, away)
                continue
            actor.is_guess = not either and actor.assumed not in (
                dateline,
                sure,
                *posted,
                *(() if dateline else _speaking(scene, in_opening=True)),
                *((site, first) if peers else ()),
            )
            if any(actor.assumed in goals.get(id(other), set()) for other in held.values()):
                actor.is_guess = False  # "the Turkish president came to Dakar. President X": whoever is no Turk
            seats = {state for other in held.values() for state in goals.get(id(other), ())} - held.keys()
            if actor.assumed is None and len(seats) == 1:
                actor.assumed = next(iter(seats))
            if actor.assumed is None and dateline not in away:  # "his counterpart" of here may be himself
                actor.assumed, actor.is_guess = dateline, True


def _of_guests(goals: Mapping[int, set[str]], claims: Sequence[Claim]) -> dict[int, set[str]]:
    """The goals without those of hosts that are to come: where they are asked to come their guests are at home."""
    hosts = {id(c.host) for c in claims if c.host and c.label in ("receive", "received") and c.tense is None}
    been = {(id(c.visitor), country_of(p)) for c in claims if c.tense != "future" for p in c.places}
    return {who: {s for s in states if (who, s) in been} if who in hosts else states for who, states in goals.items()}


def _host_s(scene: Scene, actor: Actor, claims: Sequence[Claim], goals: Mapping[int, set[str]]) -> str | None:
    """ "M. X et son hôte, le Premier ministre Y": the one state to which the officials of told states travel."""
    if actor.named is None or not is_called_host(scene, actor):
        return None
    guests = [c.visitor for c in claims if c.is_travel and c.visitor and c.visitor.serves and c.visitor is not actor]
    seats = {state for guest in guests for state in goals.get(id(guest), ())}
    return next(iter(seats)) if len(seats) == 1 and id(actor) not in goals else None


def _home_of_dateline(scene: Scene) -> str | None:
    """The state where the article was written; none where it was at a gathering in New York or Geneva."""
    place = dateline_place(scene)
    is_seat = place is not None and country_of(place) in GATHERINGS and not place.is_capital
    opening = {scene.sentence_number(scene.shift), 0}
    return None if is_seat and scene.multilateral_sentences & opening else country_of(place)


def _reached(claims: Sequence[Claim], actor: Actor) -> set[str]:
    """The states in which an actor is a guest by more than a town of the province, where he may be at home."""
    own = [c for c in claims if c.visitor is actor]
    reached = (p for c in own for p in c.places if is_state(p))
    return {c.host.serves for c in own if c.host and c.host.serves} | {state for p in reached for state in p.countries}


def _met_or_left(claims: Sequence[Claim], actor: Actor) -> set[int]:
    """The sentences in which somebody is welcomed, comes or leaves, as ambassadors attend."""
    own = (c for c in claims if c.visitor is actor and c.label in _ATTENDED and not c.in_headline)
    return {c.sentence for c in own}


def _only_other(scene: Scene, away: set[str]) -> str | None:
    """Whose tour leads to all states that an article names but one, is from that one."""
    named = {c for p in scene.places if p.kind != "city" for c in p.countries} - away
    return next(iter(named)) if len(named) == 1 else None


def _settle_at_home(scene: Scene, cast: Cast, claim: Claim, goals: Mapping[int, set[str]]) -> None:
    """Of two who meet the one without a state is at home where they do, unless he travels."""
    one, other = claim.visitor, claim.host
    places = {c for c in map(country_of, claim.places) if c}
    if (
        claim.label == "meet"
        and other
        and other.country is None
        and one
        and one.serves
        and _is_named_for(cast, other, places)
    ):
        one, other = other, one
    if claim.label != "meet" or one is None or other is None or len(places) != 1 or one.country or goals.get(id(one)):
        return
    gathered = (p for p in scene.places if scene.sentence_number(p.start) in scene.multilateral_sentences)
    if claim.sentence in scene.multilateral_sentences or any(not places.isdisjoint(p.countries) for p in gathered):
        return
    if other.serves and other.serves not in places and not one.is_barred:
        one.assumed = next(iter(places))


def _settle_there(scene: Scene, claim: Claim, dateline: str | None) -> None:
    """ "In Tashkent on Wednesday Mr X sat down with President Y": of a paper's own leader and another whom he meets in
    a foreign capital the latter is at home there."""
    one, other = claim.visitor, claim.host
    places = {country_of(p) for p in claim.places if p.is_capital}
    if claim.label != "meet" or one is None or other is None or None in (dateline, *places) or len(places) != 1:
        return
    if dateline in places or one.serves not in (None, dateline) or other.country or other.office not in LEADERS:
        return
    is_first = one.start < other.start and not one.is_barred
    if is_first and other.named and not scene.multilateral_sentences:
        other.assumed = next(iter(places))


def _is_named_for(cast: Cast, person: Actor, places: set[str]) -> bool:
    """Whether a leader of the place is called by his office only, so that a name without one may be his."""
    leaders = [a for a in cast.actors if a.serves in places and a.named is None and a.office in ONCE]
    return bool(person.named) and not person.office and len(leaders) == 1


def _first_site(scene: Scene) -> str | None:
    """The state of the first town in which the article's opening says that something happens."""
    opening = scene.sentences[min(_OPENING, len(scene.sentences) - 1)].end if scene.sentences else 0
    sites = (p for p in scene.places if p.kind == "city" and p.start < opening and case_of_place(scene, p) == "in")
    return next((country_of(p) for p in sites), None)


def _ranked(scene: Scene) -> list[tuple[str, int]]:
    """The two states named most, and how often."""
    return Counter(c for p in scene.places for c in p.countries if len(p.countries) == 1).most_common(2)


def _most_named(scene: Scene) -> str | None:
    """The state that the article names again and again, twice as often as any other."""
    ranked = _ranked(scene)
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def _likely_homes(scene: Scene, cast: Cast, goals: Mapping[int, set[str]], goals_of_nobody: set[str]) -> list[str]:
    """States whose officials the article may name without saying whose they are, the likeliest first."""
    dateline = _home_of_dateline(scene)
    named = [p for p in scene.places if p.kind != "city" and (len(p.countries) == 1 or p.kind == "compound")]
    seen = Counter(c for p in named for c in p.countries)
    many = scene.multilateral_sentences
    gathered = {fold(p.text) for p in scene.places if scene.sentence_number(p.start) in many}
    towns = Counter(
        p.countries[0]
        for p in scene.places
        if p.kind == "city" and len(p.countries) == 1 and fold(p.text) not in gathered
    )
    unmarked = [a for a in cast.actors if a.country is None and a.office and not a.is_barred]
    gone_to = set().union(*(goals.get(id(a), set()) for a in unmarked))
    posted: Counter[str] = Counter()
    visited = (
        gone_to
        | goals_of_nobody
        | {
            m.country
            for a in cast.actors
            if not _is_writers(a) and not (dateline and _is_at_home_to(cast, a, dateline))
            for m in a.mentions
            if m.country and m.is_counterpart
        }
    )
    for mention in cast.mentions:
        if mention.office not in ("", "outsider") and mention.country and mention.country in seen:
            seen[mention.country] -= scene.lexicon.marked
        if mention.office == "ambassador" and mention.country and mention.country in seen:
            posted[mention.country] += 1
    seen = Counter({s: n for s, n in seen.items() if n > posted[s] or s not in posted})
    first = [s for s in (dateline, *([] if dateline else _speaking(scene))) if s and s not in visited]
    rest = [
        s for s, count in seen.most_common() if s not in visited and s != dateline and (count > 1 or len(seen) <= 2)
    ]
    # a paper calls its own state's officials by their office only, and hardly needs to name the state; a tour's
    # traveller is rather from the only one left
    own = () if scene.lexicon.tour_noun.search(scene.folded) else load_world().speakers[scene.lexicon.language]
    once = [s for s, _ in seen.most_common() if s in own and s not in {*visited, *rest, dateline}]
    last = [s for s, _ in seen.most_common() if s in gone_to and len(gone_to) > 1]
    return first + rest + [s for s, _ in towns.most_common() if s not in visited] + once + last


def _is_writers(actor: Actor) -> bool:
    """ "un message du président sud-soudanais à son homologue tchadien": the counterpart of who is not here may be at
    home."""
    return actor.peer is not None and actor.peer.serves is not None and all(m.case == "of" for m in actor.peer.mentions)


def _is_at_home_to(cast: Cast, actor: Actor, dateline: str) -> bool:
    """ "Algiers - The Slovenian minister met her Algerian peer": of two whose states are told one is at home."""
    same = (a.serves for a in cast.actors if a is not actor and a.office == actor.office)
    return actor.serves == dateline and any(state not in (None, dateline) for state in same)


def _speaking(scene: Scene, *, in_opening: bool = False) -> list[str]:
    """The state whose seat of power an article names first, or in its opening: "the Planalto announced on Tuesday"."""
    opening = scene.sentence_number(scene.shift) + 1
    seats = scene.seats if not in_opening else [p for p in scene.seats if scene.sentence_number(p.start) <= opening]
    return [p.countries[0] for p in seats][:1]


def _only_named(scene: Scene, claim: Claim, states: set[str]) -> str | None:
    """Of a tour's states the only one named before a claim, in its sentence or the one before."""
    first = scene.sentences[max(0, claim.sentence - 1)].start
    before = (p for p in scene.places if p.kind != "demonym" and first <= p.start < claim.cue.start)
    named = {c for p in before for c in p.countries if len(p.countries) == 1} & states
    return next(iter(named)) if len(named) == 1 else None


def _received_at_home(claim: Claim, claims: Sequence[Claim], dateline: str | None) -> set[str]:
    """ "Bamako – Le président a reçu le ministre russe. … Il s'est envolé pour Niamey", "… lors d'une tournée qui le
    mènera aussi à Niamey": where the article was written, if somebody is received there of whom no journey elsewhere
    has been told yet."""
    is_received = claim.label in ("receive", "received", "meet") and claim.tense is None
    if dateline is None or claim.visitor is None or not is_received:
        return set()
    gone = [c for c in claims if c.visitor is claim.visitor and c.is_travel and c.places]
    is_later = bool(gone) and all(_is_behind(c, claim) and not c.in_headline for c in gone)
    return {dateline} if is_later and not claim.in_headline else set()


def _is_behind(journey: Claim, talk: Claim) -> bool:
    is_ahead = journey.tense == "future" and journey.cue.start > talk.cue.start
    return journey.sentence > talk.sentence or (journey.sentence == talk.sentence and is_ahead)


def _settle_host(
    scene: Scene,
    claim: Claim,
    goals: Mapping[int, set[str]],
    stays: dict[tuple[int, bool], str],
    been: set[tuple[int, str | None]],
    here: set[str],
) -> None:
    """Who receives or is met on a journey serves the state where it leads, unless the text gives him another or tells
    that he has been there as a guest himself ("estuvo en Quito en 2019 y recibió en octubre al canciller").

    `here`: where the article was written, for a reception at its head whose guest goes on elsewhere only later."""
    places = {c for c in map(country_of, claim.places) if c}
    stay = (id(claim.visitor), claim.tense == "future")
    is_whole = scene.lexicon.tour_noun.search(scene.folded, claim.cue.start, claim.cue.end) is not None
    # "est arrivée à Ouagadougou. Elle boucle une tournée entamée à Niamey et qui se poursuivra à Accra"
    is_told = stay in stays and (is_whole or claim.label in _LEADING)
    if claim.visitor and len(places - {claim.visitor.serves}) == 1 and not is_told:
        stays[stay] = next(iter(places - {claim.visitor.serves}))
    if claim.host is None or claim.host.serves or claim.visitor is None:
        return
    if claim.label in ("received", "receive", "invite_by") or (claim.label == "meet" and goals.get(id(claim.visitor))):
        guest, host = claim.visitor, claim.host
    else:
        return
    stayed = {stays[at] for at in ((id(guest), False),) if at in stays}
    known = places - {guest.serves} or here - {guest.serves} or goals.get(id(guest), set()) | stayed
    if len(known) > 1:  # on a tour: the stop whose people the sentence names
        span = scene.sentences[claim.sentence]
        named = {c for p in scene.places_between(span.start, span.end) for c in p.countries} & known
        known = named if len(named) == 1 else known
    if len(known) > 1:
        ahead = stays.get((id(guest), True))
        there = ahead if claim.tense == "future" and ahead else stays.get((id(guest), False), ahead)
        last = _only_named(scene, claim, known) or there
        known = {last} if last else known
    is_settled = claim.label == "meet" and host.assumed is not None
    is_away = bool(goals.get(id(host))) and (not claim.places or not goals[id(host)].isdisjoint(known))
    if len(known) == 1 and not is_away and not is_settled and (id(host), next(iter(known))) not in been:
        host.assumed = next(iter(known))
