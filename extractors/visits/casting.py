"""Which mentions are one person? Names first, then offices without a name, then counterparts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractors.visits.actors import Actor, Cast, is_same_name, name_tokens
from extractors.visits.allegiance import settle_leaders
from extractors.visits.bare_calls import with_bare_names
from extractors.visits.bearers import with_bearers
from extractors.visits.gender import known_women
from extractors.visits.invited import invited_before
from extractors.visits.mentions import BARRED, LEADERS, MINISTERS, Mention
from extractors.visits.offices import DIPLOMATS, Offices, called_guest
from extractors.visits.pairs import is_of_another, is_third
from extractors.visits.people import find_mentions
from extractors.visits.scene import Scene, country_of, dateline_place

_WORD = re.compile(r"\w+")
_GENERIC = frozenset({"official", "legislator", "counterpart", ""})
_TRANSITIVE = frozenset({"meet", "receive", "call_on"})
_OF_THEIR_OWN = frozenset({"counterpart", "delegation", "legislator", "ambassador", "outsider", "former"})
"""Offices that take up nobody who is called by another: "the Bolivian senator" is not the Bolivian minister."""
_NEAR, _FAR = 320, 600
_ACTS = frozenset({"subject", "by"})
_LISTED_WITH = frozenset({"counterpart", "ambassador"})
_RECEIVES = frozenset({"receive", "received", "receive_him"})
_BRINGS = 40
"""So far before "from his counterpart" somebody is called the bearer of his message."""
_LEDE, _BACK, _OPENING = 1, 2, 8
_BARE = 26
"""A title of so many characters is the office with a state and no field."""


def find_cast(scene: Scene) -> Cast:
    """All actors of the scene: names first, then offices without a name, then whoever is only called by a name."""
    mentions = with_bare_names(scene, with_bearers(scene, find_mentions(scene)))
    cast = _Casting(scene, mentions).cast()
    unite(cast)
    return cast


def unite(cast: Cast) -> None:
    """Whoever is only called by office and state is the one named official who holds it."""
    for actor in cast.actors:
        if actor.named or actor.is_plural or not actor.serves or actor.office in {"", "other"} | BARRED:
            continue
        same = [a for a in cast.actors if a.named and a.serves == actor.serves and _is_called_so(a, actor)]
        if len(same) == 1 and not any(m.is_new for m in actor.mentions):
            same[0].mentions = sorted(same[0].mentions + actor.mentions, key=lambda m: m.start)
            for mention in actor.mentions:
                cast.actor_of[mention.start] = same[0]


def _is_called_so(named: Actor, actor: Actor) -> bool:
    """Whether somebody bears the office by which another is called: a foreign minister also "the Malian minister"."""
    is_bare = all(m.title is None or m.title.end - m.title.start <= _BARE for m in actor.mentions)
    return named.office == actor.office or (is_bare and actor.office == "minister" and named.office in MINISTERS)


def _without_foreign_name(mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """ "avec l'ambassadeur libyen, M. X devant …": a surname told before with another title opens its own clause."""
    if mention.office not in _LISTED_WITH or not mention.name or " " in mention.name or not mention.title:
        return mention
    for other in mentions:
        is_it = other.start < mention.start and other.name and other.name.endswith(f" {mention.name}")
        if is_it and other.title and set(other.countries).isdisjoint(mention.countries):
            return replace(mention, name=None, end=max(mention.title.end, mention.start + 1))
    return mention


def _is_company(mention: Mention) -> bool:
    """Whose counterpart nobody is: several named ones, and a wife who came along."""
    return bool(mention.name) and (mention.is_plural or (mention.office == "outsider" and mention.title is None))


class _Casting(Offices):
    """Joins mentions to actors; holds what is known so far."""

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self.scene = scene
        self.mentions = [_without_foreign_name(m, mentions) for m in mentions]
        self.actors: list[Actor] = []
        verbs = () if scene.lexicon.inverts else (c for c in scene.cues if c.label in _TRANSITIVE)
        self.objects = {c.end + gap for c in verbs for gap in (0, 1)}
        """Where the object of a verb of meeting stands right behind it."""
        self.actor_of: dict[int, Actor] = {}
        self.peers: dict[int, Actor | None] = {}
        self.home = country_of(dateline_place(scene))

    def cast(self) -> Cast:
        for mention in self.mentions:
            if mention.name:
                self._join(mention, self._by_name(mention))
        settle_leaders(self.scene, Cast(tuple(self.mentions), self.actor_of))
        for mention in self.mentions:
            if not mention.name and mention.office:
                self._join(mention, self._by_office(mention))
        for actor in self.actors:
            actor.mentions.sort(key=lambda m: m.start)
        self._find_peers()
        return Cast(tuple(self.mentions), self.actor_of)

    def _join(self, mention: Mention, actor: Actor | None) -> None:
        if actor is None:
            actor = Actor()
            self.actors.append(actor)
        if mention.office == "counterpart":
            mention = self._as_counterpart(mention)
        elif mention.office == "ambassador" and not mention.name and actor.office in DIPLOMATS:
            mention = replace(mention, office=actor.office)  # "le diplomate"
        actor.mentions.append(mention)
        self.actor_of[mention.start] = actor
        if (
            mention.name
            and len(mention.name) > len(actor.named or "")
            and mention.office not in _GENERIC - {"", "counterpart"}
        ) or (mention.name and actor.named is None):
            actor.named = self._likelier(actor, mention.name)
        if mention.country and not actor.serves:
            actor.serves = mention.country

    def _likelier(self, actor: Actor, name: str) -> str:
        """Without capitals a name may be read too long: what is printed twice is it, where it begins the longer one."""
        shorter = [m.name for m in self.mentions if m.name and m.name != name and name.startswith(f"{m.name} ")]
        if self.scene.lexicon.has_capitals or not shorter:
            return name
        often = max(shorter, key=lambda n: (shorter.count(n), len(n)))
        is_full = " " in often and shorter.count(often) > sum(m.name == name for m in self.mentions)
        return often if is_full else name

    def _as_counterpart(self, mention: Mention) -> Mention:
        """A counterpart holds the office of the person whose counterpart he is."""
        index = next((i for i, m in enumerate(self.mentions) if m.start == mention.start), 0)
        for other in self._told_before(mention, index):
            actor = self.actor_of.get(other.start)
            is_bare = actor is not None and other.office in ("", "minister") and actor.office in MINISTERS
            office = actor.office if actor and is_bare else other.office or (actor.office if actor else "")
            if office in BARRED and self.scene.sentence_number(other.start) == self.scene.sentence_number(
                mention.start
            ):
                return replace(mention, office=office, is_counterpart=True)
            if office and office not in _GENERIC | BARRED | {"delegation"}:
                office = self._foreign(other, actor) or office
                self.peers[mention.start] = actor
                return replace(mention, office=office, is_counterpart=True)
        return replace(mention, is_counterpart=True)

    def _foreign(self, mention: Mention, actor: Actor | None) -> str | None:
        """ "The minister" of whom the text has told that he is the foreign minister."""
        if mention.office != "minister" or mention.name:
            return None
        own = [a for a in self.actors if a.serves and a.serves == mention.country and a.named and a.office in MINISTERS]
        known = (actor.office if actor else None, own[0].office if len(own) == 1 else None)
        return "foreign_minister" if "foreign_minister" in known else None

    def _told_before(self, mention: Mention, index: int) -> list[Mention]:
        """Whose counterpart somebody may be: of those before him in the sentence the last, else rather a subject."""
        number = self.scene.sentence_number(mention.start)
        first = min(mention.start - _NEAR, self.scene.sentences[max(0, number - 1)].start)
        first = max(first, mention.start - _FAR)
        before = (self.mentions[i] for i in range(index - 1, -1, -1))
        told = [m for m in takewhile(lambda m: m.start >= mention.start - _FAR, before) if not _is_company(m)]
        near = [m for m in told if m.start >= first or m.case == "subject"]
        own = self._of_main_clause([m for m in near if self.scene.sentence_number(m.start) == number], mention)
        brings = self.scene.lexicon.bearer.search(self.scene.folded, max(0, mention.start - _BRINGS), mention.start)
        own.sort(key=lambda m: m.case != "subject" if brings else m.case == "by")  # "X received Y, bearer of a letter"
        others = sorted((m for m in near if m not in own), key=lambda m: m.case != "subject")
        ordered = others + own if self._is_his_own(own, number) else own + others
        fits = [m for m in ordered if not m.is_plural] or ordered  # "with ten ministers he met his counterpart"
        return sorted(fits, key=lambda m: m.office == "outsider" and m.case != "subject")

    def _is_his_own(self, own: Sequence[Mention], number: int) -> bool:
        """ "Il a été reçu par le ministre X, avant un entretien avec son homologue": the counterpart of "il", or of
        whoever nothing but a name calls."""
        start = self.scene.sentences[number].start
        if not own or not all(m.case in ("by", "with") for m in own):
            return False
        host = next((m.start for m in own if m.case == "by"), start)
        is_received = any(c.label == "received" and start <= c.start < host for c in self.scene.cues)
        return is_received or self.scene.lexicon.pronoun.match(self.scene.folded, start) is not None

    def _find_peers(self) -> None:
        """A counterpart without an office before it takes that of the first official of the article."""
        officials = [a for a in self.actors if a.office not in _GENERIC | BARRED | {"delegation"}]
        for actor in self.actors:
            first = next(iter(officials), None)
            if first is actor:
                first = next((a for a in officials[1:] if a.start < actor.start or self._is_told_with(a, actor)), None)
            peer = next((self.peers[m.start] for m in actor.mentions if self.peers.get(m.start)), first)
            if any(m.is_counterpart for m in actor.mentions) and peer is not actor:
                actor.peer = peer

    def _is_told_with(self, one: Actor, other: Actor) -> bool:
        return self.scene.sentence_number(one.start) == self.scene.sentence_number(other.start)

    def _by_name(self, mention: Mention) -> Actor | None:
        tokens = name_tokens(mention.name or "", self.scene.lexicon.particles)
        office = mention.office if mention.title else None
        officials = sorted(
            self.actors, key=lambda a: (office not in (None, a.office), not a.office, -a.mentions[-1].start)
        )
        for actor in officials:
            own = name_tokens(actor.named, self.scene.lexicon.particles) if actor.named else ()
            others = bool(mention.country and actor.serves and mention.country != actor.serves)
            if own and is_same_name(tokens, own) and not others:
                return actor
        return None

    def _by_office(self, mention: Mention) -> Actor | None:
        if mention.is_new:
            return None
        if mention.office in _OF_THEIR_OWN or mention.is_plural:
            acting = self._last_acting(mention) if self._is_diplomat(mention) else None
            return acting if acting and acting.office in DIPLOMATS else self._same_unnamed(mention)
        fits = [
            a
            for a in self.actors
            if not (a.is_plural or self._is_beside(a, mention) or self._is_peer_ahead(a, mention))
            and self._fits(a, mention)
        ]
        if mention.country:
            exact = [a for a in fits if a.serves == mention.country]
            titled = self._nearest(exact, mention) or self._titled_there(self.actors, mention)
            return titled or self._unmarked([a for a in fits if not a.serves], mention)
        if mention.office == "official":
            if called_guest(self.scene.lexicon.language).fullmatch(self.scene.folded, mention.start, mention.end):
                return self._from_abroad(mention)
            taken_up = self.scene.lexicon.taken_up.fullmatch(self.scene.folded, mention.start, mention.end)
            return self._last_acting(mention) if taken_up else None
        named = known_women(self.scene, [a for a in fits if a.named and a.start < mention.start], mention)
        if self._is_anaphoric(mention):
            named = [a for a in named if self._is_within_title(a, mention)] or named
            told = [a for a in named if self.scene.lexicon.verb_first and self._was_subject(a, mention)]
            met = self._nearest(told or named, mention)
            return self._who_met(met, fits, mention) or met or self._nearest(fits, mention) or self._just_named(mention)
        stateless = [a for a in fits if not a.serves and not (a.is_only_met and self.scene.in_headline(mention.start))]
        if mention.title and " " in self.scene.folded[mention.title.start : mention.title.end]:
            alike = [a for a in fits if any(self._printed(m) == self._printed(mention) for m in a.mentions)]
            if not alike and self.scene.in_headline(mention.start):
                alike = [a for a in fits if any(self._begins_so(m, mention) for m in a.mentions)]
            alike = alike or [a for a in fits if self._is_within_title(a, mention)]
            first = min(alike or stateless, key=lambda a: a.start, default=None)
            return first or self._nearest(fits, mention) or self._just_named(mention)
        return self._nearest(stateless, mention) or self._nearest(fits, mention) or self._just_named(mention)

    def _who_met(self, met: Actor | None, fits: Sequence[Actor], mention: Mention) -> Actor | None:
        """ "The junta's minister has held talks with his counterpart X. The minister …": not X, who was only met, but
        the subject of the sentence before, whom nobody names."""
        number = self.scene.sentence_number(mention.start) - 1
        unnamed = [(a, m) for a in fits if met and met.is_only_met and a.named is None for m in a.mentions]
        own = (a for a, m in unnamed if m.case == "subject" and self.scene.sentence_number(m.start) == number)
        return next(own, None)

    def _just_named(self, mention: Mention) -> Actor | None:
        """ "Sir Piers X has called off a visit. The Foreign Secretary …": whoever opened the sentence before."""
        number = self.scene.sentence_number(mention.start)
        opens = mention.start - self.scene.sentences[number].start <= _OPENING
        if not opens or mention.case != "subject" or not self.scene.lexicon.has_capitals:
            return None
        before = (a for a in self.actors if a.named and not a.office and not a.is_plural)
        return next((a for a in before if self._opened(a, number - 1)), None)

    def _opened(self, actor: Actor, number: int) -> bool:
        return any(
            m.case == "subject"
            and self.scene.sentence_number(m.start) == number
            and m.start - self.scene.sentences[number].start <= _OPENING
            for m in actor.mentions
        )

    def _from_abroad(self, mention: Mention) -> Actor | None:
        """ "L'hôte du jour": the official of a printed state, other than the paper's own, who was told of last."""
        told = [a for a in self.actors if a.serves not in (None, self.home) and a.start < mention.start]
        own = [a for a in told if a.named and a.office not in _GENERIC | BARRED | {"delegation"} and not a.is_plural]
        if self.home is None:  # "X se rendra à Abidjan, à l'invitation de son homologue Y. L'illustre hôte …"
            own = [a for a in own if not a.is_only_met] or own
        return max(own, key=lambda a: a.start, default=None)

    def _last_acting(self, mention: Mention) -> Actor | None:
        """ "o governante": without a state or a name an official is whoever acted last, in this sentence or before."""
        first = self.scene.sentence_number(mention.start) - _BACK
        told = [
            m
            for a in self.actors
            if not a.is_plural and a.office not in _GENERIC | BARRED | {"delegation"}
            for m in a.mentions
            if m.start < mention.start and self.scene.sentence_number(m.start) >= first
        ]
        acting = [m for m in told if m.case in _ACTS]
        if not acting and len({id(self.actor_of.get(m.start)) for m in told}) == 1:
            acting = told  # "o acto contou com a presença do ministro X. O governante …"
        last = max(acting, key=lambda m: (m.case == "subject", m.start), default=None)
        return self.actor_of.get(last.start) if last and not mention.is_plural else None

    def _was_subject(self, actor: Actor, mention: Mention) -> bool:
        """Whether somebody who is taken up did something before, and was not only met."""
        return any(m.case == "subject" for m in actor.mentions if m.start < mention.start)

    def _unmarked(self, actors: Sequence[Actor], mention: Mention) -> Actor | None:
        """ "le ministre malien" takes up a minister called without a state only where no other can be meant."""
        unnamed = [a for a in actors if a.named is None]
        announced = [a for a in unnamed if all(self.scene.in_headline(m.start) for m in a.mentions)]
        if announced or (unnamed and self.home == mention.country):
            return self._nearest(announced or unnamed, mention)
        known = self.home == mention.country or mention.office == "special_envoy"
        if len(actors) == 1 and known:
            return actors[0]
        if mention.title and self.scene.lexicon.taken_up.match(self.scene.folded, mention.title.start):
            last = self._last_acting(mention)
            return last if last in actors else invited_before(self.scene, actors, mention)
        if is_third(self.scene, mention.country, mention.start):
            return invited_before(self.scene, actors, mention)
        opener = self._opened_before(actors, mention)
        if self._goes_on_about(opener, mention):
            return opener
        own = [a for a in actors if not any(m.is_counterpart for m in a.mentions) and self._is_headed(a, mention)]
        opening = [a for a in own if self._opens_body(a)] or own
        return opening[0] if len(opening) == 1 else invited_before(self.scene, actors, mention)

    def _opened_before(self, actors: Sequence[Actor], mention: Mention) -> Actor | None:
        """Who of some named officials opened the sentence before, where a mention opens its own."""
        number = self.scene.sentence_number(mention.start)
        opens = mention.start - self.scene.sentences[number].start <= _OPENING and mention.case == "subject"
        return next((a for a in actors if opens and a.named and self._opened(a, number - 1)), None)

    def _goes_on_about(self, actor: Actor | None, mention: Mention) -> bool:
        """ "Le président X a eu hier à Djibouti un tête-à-tête. Le chef de l'Etat tchadien, arrivé dimanche": the same
        one, but where he received somebody or is at home."""
        if actor is None or actor.office not in LEADERS or self.home not in (None, mention.country):
            return False
        before = self.scene.sentences[self.scene.sentence_number(mention.start) - 1]
        cues = (c.label for c in self.scene.cues if before.start <= c.start < before.end)
        goals = (p.countries for p in self.scene.places if before.start <= p.start < before.end)
        is_there = any(mention.country in states for states in goals) or is_of_another(
            self.scene, before, mention.country
        )
        return actor.start >= before.start and not is_there and not any(label in _RECEIVES for label in cues)

    def _opens_body(self, actor: Actor) -> bool:
        """Whether somebody is named in the body's first sentence."""
        return self.scene.sentence_number(actor.start) <= self.scene.sentence_number(self.scene.shift)

    def _is_headed(self, actor: Actor, mention: Mention) -> bool:
        """ "Presidenta de Costa Rica …" above and "La presidenta X" in the lede are one person."""
        lede = self.scene.sentence_number(self.scene.shift) + _LEDE
        first = actor.mentions[0]
        is_told = first.case == "subject" and self.scene.sentence_number(first.start) <= lede
        return self.scene.in_headline(mention.start) and mention.case in ("subject", "owner") and is_told

    def _is_beside(self, actor: Actor, mention: Mention) -> bool:
        """Two titles in one sentence are two people, unless one of them takes up the bare title."""
        number = self.scene.sentence_number(mention.start)
        if (
            self._is_anaphoric(mention)
            and not mention.country
            and mention.title
            and " " not in self.scene.folded[mention.title.start : mention.title.end]
        ):
            return False
        return any(self.scene.sentence_number(m.start) == number and m.office for m in actor.mentions)

    def _same_unnamed(self, mention: Mention) -> Actor | None:
        for actor in self.actors:
            if (
                actor.named is None
                and actor.office == mention.office
                and actor.serves == mention.country
                and mention.office != "counterpart"
            ):
                return actor if actor.is_plural == mention.is_plural else None
        return None

    def _is_peer_ahead(self, actor: Actor, mention: Mention) -> bool:
        """ "The president came home. X and his counterpart Y signed": who is only called a counterpart is not he,
        unless a headline announces him."""
        is_ahead = actor.start > mention.start and not self.scene.in_headline(mention.start)
        return is_ahead and all(m.is_counterpart for m in actor.mentions if m.office)

    def _acts(self, mention: Mention) -> bool:
        """Whether somebody is a subject; where no verb stands before its subject, "to meet President X" makes none."""
        return mention.case == "subject" and mention.start not in self.objects

    def _nearest(self, actors: Sequence[Actor], mention: Mention) -> Actor | None:
        """The actor mentioned last before, rather as a subject, else the first after."""
        before = [
            (
                max(((self._acts(m), m.start) for m in a.mentions if m.start < mention.start), default=(False, -1)),
                i,
            )
            for i, a in enumerate(actors)
        ]
        last = max(before, default=((False, -1), -1))
        if last[0][1] >= 0:
            return actors[last[1]]
        return actors[0] if actors else None
