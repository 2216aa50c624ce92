"""Which state does somebody serve by the message carried, the delegation led, the country printed behind the name?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from extractors.visits.actors import Actor, Cast
from extractors.visits.language_files import language_table
from extractors.visits.mentions import MINISTERS, Mention
from extractors.visits.phrases import any_source, listed
from extractors.visits.scene import Scene

_STEP, _HAND, _NEAR, _FAR = 2, 16, 60, 90
_OTHER_SIDE = 40
"""So far behind "and the Turkish one" its leader stands: " estuvo presidida por el "."""
_BETWEEN = 8
"""So many words may stand between "will lead" and the party."""
CARRIERS = MINISTERS | {"special_envoy", "other"}
"""Who may deliver what another sends."""
_SENDERS = frozenset({"head_of_state", "head_of_government", "royal", "counterpart"})


def settle_allegiance(scene: Scene, cast: Cast) -> None:
    """Marks who bears a message; bearers and leaders of delegations get the state of their sender or delegation."""
    for bearer in scene.lexicon.bearer.finditer(scene.folded):
        _bear(scene, cast, bearer.start(), bearer.end())
    settle_leaders(scene, cast)
    for mention in cast.mentions:
        _speak_for(scene, cast, mention)
        _belong(scene, cast, mention)
    for sender, envoy in pairwise(cast.mentions):
        _send(scene, cast, sender, envoy)
    _bar_parties(scene, cast)


def settle_leaders(scene: Scene, cast: Cast) -> None:
    """Whoever leads a delegation or a side serves its state."""
    for first, second in pairwise(cast.mentions):
        _lead(scene, cast, first, second)
        _lead_behind(scene, cast, first, second)
        _stand_before(scene, cast, first, second)
        _lead_other_side(scene, cast, first, second)
    for led in scene.lexicon.led_by.finditer(scene.folded):
        _lead_party(scene, cast, led.start(), led.end())


def _bar_parties(scene: Scene, cast: Cast) -> None:
    """ "A trade mission … The delegation of thirty businessmen": where all that is told of a delegation is that it is a
    private one, and no official leads any, the article speaks of no other."""
    party = _party(scene.lexicon.language)
    private = [h.start for h in scene.office_hits if h.label == "outsider"]
    groups = (m for m in cast.mentions if m.office in ("outsider", "delegation"))
    parties = [m for m in groups if party.match(scene.folded, m.start)]
    if not any(m.office == "outsider" or any(m.start < at < m.end for at in private) for m in parties):
        return
    for first, second in pairwise(cast.mentions):
        leader = cast.actor(second)
        is_led = scene.lexicon.led_by.search(scene.folded, first.end, min(second.start, first.end + _FAR))
        if first.office in ("delegation", "outsider") and is_led and leader and leader.office and not leader.is_barred:
            return
    for actor in cast.actors:
        _bar_party(actor)


@cache
def _party(language: str) -> re.Pattern[str]:
    """What a delegation of any kind begins with."""
    return re.compile(any_source(language_table(language, "offices")["delegation"]))


def _bear(scene: Scene, cast: Cast, start: int, end: int) -> None:
    number = scene.sentence_number(start)
    own = [m for m in cast.mentions if scene.sentence_number(m.start) == number]
    sender = next((m for m in own if 0 <= m.start - end < _NEAR and m.case in ("of", "owner")), None)
    carrier = _carrier(own, start, sender)
    actor = cast.actor(carrier) if carrier else None
    if actor is None:
        return
    actor.bears_message = True
    given = next((m for m in own if sender and m.start > sender.start and m.case == "to" and m.country), None)
    actor.sent_to = given.country if given else None
    sent_by = cast.actor(sender) if sender else None
    if actor.serves is None and sender and sender.country:
        actor.serves = sender.country
    elif sent_by and sent_by.named and sent_by.serves is None and sent_by is not actor:
        sent_by.serves = actor.serves  # "porteur d'un message du président X, le ministre équato-guinéen"


def _carrier(own: Sequence[Mention], start: int, sender: Mention | None) -> Mention | None:
    """ "X, porteur d'un message", else "Porteur d'un message du président, X"."""
    own_title = next((m for m in own if m.start - _STEP <= start < m.end), None)
    if own_title:
        return own_title
    before = [m for m in own if m.end <= start and start - m.end < _FAR]
    if before:
        return before[-1]
    return next((m for m in own if sender and m.start > sender.start and m.case == "subject"), None)


def _lead(scene: Scene, cast: Cast, first: Mention, second: Mention) -> None:
    """Whoever leads a delegation serves its state: "la délégation camerounaise a à sa tête M. X"."""
    if first.office not in ("outsider", "delegation") or second.start - first.end >= _NEAR:
        return
    leader = cast.actor(second)
    led = scene.lexicon.led_by.search(scene.folded, first.end, second.start)
    is_own = second.title is not None and " " not in scene.folded[slice(*second.title)] and not second.countries
    is_private = first.office == "outsider" and led is not None and second.office not in MINISTERS
    if is_private and leader and (not leader.office or is_own):  # "a delegation of the club, led by its president"
        leader.mentions = [replace(m, office="outsider") for m in leader.mentions]
    if first.office != "delegation" or not first.country or leader is None:
        return
    if leader.is_barred and leader.named and led and first.end <= second.start:
        for actor in cast.actors:  # "une délégation marocaine conduite par le vice-président de la région"
            if actor.country == first.country:
                _bar_party(actor)
        return
    if leader.serves in (None, first.country) and led and first.end <= second.start:
        leader.serves = first.country
        party = cast.actor(first)
        if party and party.named is None and leader.named and not leader.office:
            party.named = leader.named


def _lead_other_side(scene: Scene, cast: Cast, first: Mention, second: Mention) -> None:
    """ "La delegación uruguaya estuvo encabezada por X, y la turca por Y": the other side's people without its noun."""
    leader, number = cast.actor(second), scene.sentence_number(first.start)
    if first.case != "by" or second.case != "by" or leader is None or leader.serves or leader.is_barred:
        return
    led = [m for m in cast.mentions if m.office == "delegation" and m.country and m.end <= first.start]
    if scene.sentence_number(second.start) != number or all(scene.sentence_number(m.start) != number for m in led):
        return
    sides = [p for p in scene.places_between(first.end, second.start) if p.kind == "demonym" and len(p.countries) == 1]
    if sides and second.start - sides[-1].end <= _OTHER_SIDE:
        leader.serves = sides[-1].countries[0]


def _bar_party(actor: Actor) -> None:
    if actor.office == "delegation" and actor.named is None:
        actor.mentions = [replace(m, office="outsider") for m in actor.mentions]


def _lead_behind(scene: Scene, cast: Cast, leader: Mention, party: Mention) -> None:
    """ "Conduite par la députée X, une délégation de parlementaires français est arrivée"."""
    actor, led = cast.actor(leader), cast.actor(party)
    if party.office != "delegation" or not party.country or actor is None or led is None or actor.office:
        return
    if is_led_ahead(scene, leader, party) and led.named is None:
        actor.serves = actor.serves or party.country
        led.named = actor.named


def is_led_ahead(scene: Scene, leader: Mention, party: Mention) -> bool:
    """Whether somebody is told before a party to lead it: "Conduite par X, la délégation"."""
    before = scene.folded[max(0, leader.start - _HAND) : leader.start]
    is_told = scene.lexicon.led_by.search(before) is not None and scene.folded.startswith(", ", leader.end)
    return is_told and 0 <= party.start - leader.end < _HAND


def _stand_before(scene: Scene, cast: Cast, leader: Mention, party: Mention) -> None:
    """ "le général X, à la tête d'une délégation togolaise": who is told before the party that he leads."""
    actor = cast.actor(leader)
    if party.office != "delegation" or not party.country or actor is None or not actor.named:
        return
    is_told = party.start - leader.end < _NEAR and leads(scene, leader, party)
    if is_told and actor.serves in (None, party.country):
        actor.serves = party.country
        actor.mentions = actor.mentions if actor.office else [replace(m, office=party.office) for m in actor.mentions]


@cache
def _leading(language: str) -> re.Pattern[str] | None:
    """Between somebody and the party that he leads."""
    told = language_table(language, "words").get("leading")
    return re.compile(rf"[ ،,]*(?:{any_source(told)})[ ']?(?:[\w'-]+[ ']){{0,{_BETWEEN}}}$") if told else None


def leads(scene: Scene, leader: Mention, party: Mention) -> bool:
    """Whether somebody is told right before a party to lead it: "X will lead the Spanish delegation"."""
    led = _leading(scene.lexicon.language)
    return led is not None and led.match(scene.folded, leader.end, party.start) is not None


def leaders(scene: Scene, cast: Cast) -> Iterator[Actor]:
    """Who is said to lead somebody: "celle-ci était conduite par le vice-ministre X"."""
    for led in scene.lexicon.led_by.finditer(scene.folded):
        found = (cast.actor(m) for m in cast.mentions if 0 <= m.start - led.end() < _HAND)
        yield from [a for a in found if a][:1]


def _lead_party(scene: Scene, cast: Cast, start: int, end: int) -> None:
    """ "la partie gabonaise est conduite par le ministre X"."""
    leader = next((cast.actor(m) for m in cast.mentions if 0 <= m.start - end < _HAND), None)
    party = next((p for p in reversed(scene.places) if 0 <= start - p.end < _HAND and p.kind == "demonym"), None)
    if leader and leader.serves is None and party and len(party.countries) == 1:
        leader.serves = party.countries[0]


def _speak_for(scene: Scene, cast: Cast, mention: Mention) -> None:
    """ "Bakary Sangaré pour le Niger", "Inés Zubiri (Espagne)"."""
    actor: Actor | None = cast.actor(mention)
    link = scene.lexicon.for_state.match(scene.folded, mention.end)
    place = scene.place_at.get(link.end()) if link else None
    if actor and actor.serves is None and place and place.kind == "country" and len(place.countries) == 1:
        actor.serves = place.countries[0]


def _belong(scene: Scene, cast: Cast, mention: Mention) -> None:
    """ "la partie libyenne, dont le chef du gouvernement, X, …", "Ghana, whose president …"."""
    actor = cast.actor(mention)
    link = _whose(scene.lexicon.language).search(scene.folded, max(0, mention.start - _HAND), mention.start)
    place = scene.place_ending.get(link.start()) if link else None
    if actor and mention.office and actor.serves is None and place and place.kind in ("country", "demonym"):
        actor.serves = place.countries[0] if len(place.countries) == 1 else None


@cache
def _whose(language: str) -> re.Pattern[str]:
    """Between a state and the title of an official of it."""
    return re.compile(rf"[ ,،]+(?:{listed(language, 'whose')})[ ']?$")


def _send(scene: Scene, cast: Cast, sender: Mention, envoy: Mention) -> None:
    """ "a message from the Ethiopian Prime Minister, delivered by his special envoy": whose envoy he is; so too the
    minister by whom the message is delivered in the next sentence."""
    if envoy.office not in CARRIERS or sender.office not in _SENDERS:
        return
    actor = cast.actor(envoy)
    before = scene.folded[max(0, envoy.start - _HAND) : envoy.start].split()
    step = scene.sentence_number(envoy.start) - scene.sentence_number(sender.start)
    is_handed = any(c.label == "brought" and sender.end <= c.end <= envoy.start for c in scene.cues)
    is_own = envoy.office == "special_envoy" and bool(before) and before[-1] in scene.lexicon.possessives
    is_sent = (is_own and step == 0) or (is_handed and (step == 0 or sender.case == "of") and step <= 1)
    if is_sent and actor and actor.serves is None:
        sent_by = cast.actor(sender)
        actor.serves = sent_by.serves if sent_by else None
