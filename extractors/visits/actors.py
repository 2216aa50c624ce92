"""Which mentions are one person, what is that person called, and which state does he or she serve?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extractors.text import Span, fold
from extractors.visits.mentions import BARRED, MINISTERS, Mention
from extractors.visits.people import find_mentions
from extractors.visits.person_names import name_at, polite_before
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.titles import case_of

_CAPITAL = re.compile(r"(?<![\w’'@#-])(?:[a-z]{2}-)?[^\W\d_a-zß-öø-ÿ\u0600-\u06ff][\w’'-]+")
_WORD = re.compile(r"\w+")
_FOLLOWING = re.compile(r" [\w’'-]+(?: [\w’'-]+)?")
_GENERIC = frozenset({"official", "counterpart", ""})
_NEAR = 320
_BOTH = 2


@dataclass(eq=False)
class Actor:
    """One person or delegation of the article, with all its mentions in reading order."""

    mentions: list[Mention] = field(default_factory=list)
    named: str | None = None
    serves: str | None = None
    """The state that the text gives by an adjective, a genitive or a counterpart."""
    bears_message: bool = False
    is_guess: bool = False
    """True where `assumed` rests only on which states the article names most."""
    peer: Actor | None = None
    """Whose counterpart he or she is called, where no office is printed."""
    assumed: str | None = None
    """The state that follows from the article as a whole, where no mention prints one."""

    @property
    def country(self) -> str | None:
        return self.serves or self.assumed

    @property
    def name(self) -> str | None:
        return self.named

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[0].end

    @property
    def office(self) -> str:
        """The office that most mentions print, the specific before the general."""
        office = _best_office(tuple(m.office for m in self.mentions), self.bears_message)
        return office or (self.peer.office if self.peer and self.peer.peer is None else "")

    @property
    def is_barred(self) -> bool:
        """True for ambassadors, heads of organisations, former officials and the like."""
        offices = {m.office for m in self.mentions}
        return not offices.isdisjoint(BARRED) and "special_envoy" not in offices and self.office in BARRED

    @property
    def is_vague(self) -> bool:
        """True for groups and delegations that neither a name nor a state makes somebody."""
        if self.is_barred:
            return False
        return self.named is None and (
            (self.is_plural and self.serves is None) or (self.office == "delegation" and self.serves is None)
        )

    @property
    def is_plural(self) -> bool:
        return all(m.is_plural for m in self.mentions)


@lru_cache(maxsize=4096)
def _best_office(printed: tuple[str, ...], bears_message: bool) -> str:
    seen = Counter(office for office in printed if office not in _GENERIC)
    kinds = set(seen)
    if "foreign_minister" in seen and kinds <= MINISTERS | {"special_envoy", "other"}:
        return "foreign_minister"
    if seen and bears_message and kinds <= MINISTERS | {"special_envoy", "other", "delegation"}:
        return "special_envoy"
    for office in ("special_envoy", "deputy_minister"):
        if office in seen and kinds <= MINISTERS | {office, "ambassador"}:
            return office
    return seen.most_common(1)[0][0] if seen else ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an article: each mention in reading order, and whose it is."""

    mentions: tuple[Mention, ...]
    actor_of: dict[int, Actor]
    """By the start of a mention."""

    @property
    def actors(self) -> list[Actor]:
        return list({id(a): a for a in self.actor_of.values()}.values())

    def actor(self, mention: Mention) -> Actor | None:
        return self.actor_of.get(mention.start)


@lru_cache(maxsize=4096)
def name_tokens(name: str, particles: frozenset[str]) -> tuple[str, ...]:
    """The words of a name for comparing, folded, without particles and initials."""
    words = tuple(_WORD.findall(fold(name)))
    return tuple(t for t in words if t not in particles and len(t) > 1) or words


def is_same_name(first: Sequence[str], second: Sequence[str]) -> bool:
    """True where two names, as words, can be one person's: one within the other, or the last words and another agree."""
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    if set(short) <= set(long):
        return True
    return len(set(short) & set(long)) >= 2 or (short[-1] == long[-1] and short[0][0] == long[0][0])


def find_cast(scene: Scene) -> Cast:
    """All actors of the scene: names first, then offices without a name, then whoever is only called by a name."""
    mentions = _with_bare_names(scene, find_mentions(scene))
    cast = _Casting(scene, mentions).cast()
    _unite(cast)
    return cast


def _unite(cast: Cast) -> None:
    """Whoever is only called by office and state is the one named official who holds it."""
    for actor in cast.actors:
        if actor.named or actor.is_plural or not actor.serves or actor.office in {"", "delegation", "other"} | BARRED:
            continue
        same = [a for a in cast.actors if a.named and a.serves == actor.serves and a.office == actor.office]
        if len(same) == 1 and not any(m.is_new for m in actor.mentions):
            same[0].mentions = sorted(same[0].mentions + actor.mentions, key=lambda m: m.start)
            for mention in actor.mentions:
                cast.actor_of[mention.start] = same[0]


def _with_bare_names(scene: Scene, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and the places where a person already introduced is only named."""
    known = {
        t
        for m in mentions
        if m.name
        for t in name_tokens(m.name, scene.lexicon.particles)
        if t not in scene.lexicon.stops
    }
    taken = [Span(m.start, m.end) for m in mentions]
    found = list(mentions)
    if scene.lexicon.has_capitals:
        found.extend(_capital_names(scene, known, taken))
    else:
        found.extend(_known_names(scene, mentions, taken))
    return list(_attached(scene, sorted(found, key=lambda m: m.start)))


def _attached(scene: Scene, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A long title and the name behind it: "Représentant spécial du … pour l'Afrique de l'Ouest, M. X"."""
    last: Mention | None = None
    for mention in mentions:
        if last and _continues(scene, last, mention):
            last = replace(last, end=mention.end, name=mention.name)
            continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _continues(scene: Scene, title: Mention, name: Mention) -> bool:
    between = scene.folded[title.end : name.start]
    return (
        bool(
            title.office and not title.name and not name.office and not title.is_plural and title.office != "delegation"
        )
        and name.start - title.end < 130
        and between.endswith(", ")
        and "\n" not in between
        and scene.lexicon.honorific.match(scene.folded, name.start) is not None
        and not any(title.end <= c.start < name.start for c in scene.cues)
    )


def _capital_names(scene: Scene, known: set[str], taken: Sequence[Span]) -> Iterable[Mention]:
    at, number = 0, 0
    for match in _CAPITAL.finditer(scene.text):
        start = match.start()
        while number < len(taken) and taken[number].end <= start:
            number += 1
        if start < at or start in scene.inside_places or _is_country(scene, start) or (number < len(taken) and taken[number].start <= start):
            continue
        polite = polite_before(scene, start)
        if (
            not polite
            and not known.intersection(_WORD.findall(scene.folded[start : match.end()]))
            and not _leads_to_known(scene, match, known)
        ):
            continue
        name = name_at(scene, start)
        if name and (
            polite or known.intersection(name_tokens(scene.text[name.start : name.end], scene.lexicon.particles))
        ):
            at = name.end
            begin = start - polite
            if number < len(taken) and taken[number].start < name.end:
                continue
            yield Mention(
                begin, name.end, "", None, scene.text[name.start : name.end], case=case_of(scene, begin, name.end)
            )


def _is_country(scene: Scene, start: int) -> bool:
    place = scene.place_at.get(start)
    return place is not None and place.kind == "country"


def _leads_to_known(scene: Scene, match: re.Match[str], known: set[str]) -> bool:
    """ "Nikol Pachinian": the given name before a known surname."""
    following = _FOLLOWING.match(scene.folded, match.end())
    return bool(following and known.intersection(_WORD.findall(following[0])))


def _known_names(scene: Scene, mentions: Sequence[Mention], taken: Sequence[Span]) -> Iterable[Mention]:
    """For scripts without capitals: the last word of a known name, or the honorific with what follows."""
    lasts = {}
    for m in mentions:
        tokens = name_tokens(m.name, scene.lexicon.particles) if m.name else []
        if tokens and len(tokens[-1]) > 3:
            lasts[tokens[-1]] = m.name
    number = 0
    for match in _WORD.finditer(scene.folded):
        while number < len(taken) and taken[number].end <= match.start():
            number += 1
        if number < len(taken) and taken[number].start <= match.start():
            continue
        if match[0] in lasts:
            yield Mention(match.start(), match.end(), "", None, lasts[match[0]], case=case_of(scene, match.start()))


class _Casting:
    """Joins mentions to actors; holds what is known so far."""

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self.scene = scene
        self.mentions = mentions
        self.actors: list[Actor] = []
        self.actor_of: dict[int, Actor] = {}
        self.peers: dict[int, Actor | None] = {}
        self.home = country_of(dateline_place(scene))

    def cast(self) -> Cast:
        for mention in self.mentions:
            if mention.name:
                self._join(mention, self._by_name(mention))
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
        for other in reversed(self.mentions[:index]):
            if mention.start - other.start >= _NEAR:
                break
            actor = self.actor_of.get(other.start)
            office = other.office or (actor.office if actor else "")
            if office in BARRED and self.scene.sentence_number(other.start) == self.scene.sentence_number(
                mention.start
            ):
                return replace(mention, office=office, is_counterpart=True)
            if office and office not in _GENERIC | BARRED | {"delegation"}:
                self.peers[mention.start] = actor
                return replace(mention, office=office, is_counterpart=True)
        return replace(mention, is_counterpart=True)

    def _find_peers(self) -> None:
        """A counterpart without an office before it takes that of the first official of the article."""
        first = next((a for a in self.actors if a.office not in _GENERIC | BARRED | {"delegation"}), None)
        for actor in self.actors:
            peer = next((self.peers[m.start] for m in actor.mentions if self.peers.get(m.start)), first)
            if any(m.is_counterpart for m in actor.mentions) and peer is not actor:
                actor.peer = peer

    def _by_name(self, mention: Mention) -> Actor | None:
        tokens = name_tokens(mention.name or "", self.scene.lexicon.particles)
        officials = sorted(self.actors, key=lambda a: (not a.office, -a.mentions[-1].start))
        for actor in officials:
            if actor.named and is_same_name(tokens, name_tokens(actor.named, self.scene.lexicon.particles)):
                if not (mention.country and actor.serves and mention.country != actor.serves):
                    return actor
        return None

    def _by_office(self, mention: Mention) -> Actor | None:
        if mention.is_new:
            return None
        if mention.office in ("counterpart", "delegation", "ambassador", "outsider", "former") or mention.is_plural:
            return self._same_unnamed(mention)
        fits = [
            a for a in self.actors if not a.is_plural and self._fits(a, mention) and not self._is_beside(a, mention)
        ]
        if mention.country:
            exact = [a for a in fits if a.serves == mention.country]
            return self._nearest(exact, mention) or self._unmarked([a for a in fits if not a.serves], mention)
        if mention.office == "official":
            return None
        named = [a for a in fits if a.named and a.start < mention.start]
        if self._is_anaphoric(mention):
            told = [a for a in named if self.scene.lexicon.verb_first and self._was_subject(a, mention)]
            return self._nearest(told or named, mention) or self._nearest(fits, mention)
        stateless = [a for a in fits if not a.serves]
        if mention.title and " " in self.scene.folded[mention.title.start : mention.title.end]:
            first = min(stateless, key=lambda a: a.start, default=None)
            return first or self._nearest(fits, mention)
        return self._nearest(stateless, mention) or self._nearest(fits, mention)

    def _was_subject(self, actor: Actor, mention: Mention) -> bool:
        """Whether somebody who is taken up did something before, and was not only met."""
        return any(m.case == "subject" for m in actor.mentions if m.start < mention.start)

    def _unmarked(self, actors: Sequence[Actor], mention: Mention) -> Actor | None:
        """ "le ministre malien" takes up a minister called without a state only where no other can be meant."""
        unnamed = [a for a in actors if a.named is None]
        announced = [a for a in unnamed if all(self.scene.in_headline(m.start) for m in a.mentions)]
        if announced or (unnamed and self.home == mention.country):
            return self._nearest(announced or unnamed, mention)
        known = self.home == mention.country or (self.home is None and mention.office == "special_envoy")
        return actors[0] if len(actors) == 1 and known else None

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

    def _is_anaphoric(self, mention: Mention) -> bool:
        """ "le ministre" alone takes up whoever was last called so."""
        if self.scene.lexicon.verb_first and mention.title:
            return " " not in self.scene.folded[mention.title.start : mention.title.end]
        return not self._field(mention)

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

    def _fits(self, actor: Actor, mention: Mention) -> bool:
        offices = {m.office for m in actor.mentions}
        if not self._agree(actor, mention):
            return False
        if mention.office == "official":
            return bool(actor.office) and not actor.is_plural
        if mention.office in offices:
            return not (mention.office == "minister" and not self._same_portfolio(actor, mention))
        generic_minister = mention.office == "minister" and self._is_anaphoric(mention)
        if generic_minister and offices & (MINISTERS | {"special_envoy"}):
            return True
        if mention.office == "special_envoy" and offices & MINISTERS:
            return actor.bears_message or "special_envoy" in offices or self._is_anaphoric(mention)
        return mention.office == "head_of_state" and self._is_anaphoric(mention) and "speaker_of_parliament" in offices

    def _agree(self, actor: Actor, mention: Mention) -> bool:
        """Whether titles agree in gender, where their form tells it."""
        feminine = self.scene.lexicon.feminine
        titles = [m.title for m in (*actor.mentions, mention) if m.title and not m.is_counterpart]
        told = [feminine.match(self.scene.folded, t.start, t.end) is not None for t in titles] if feminine else []
        return len(set(told)) < _BOTH

    def _same_portfolio(self, actor: Actor, mention: Mention) -> bool:
        """Two ministers are one only if neither prints another field."""
        own = self._field(mention)
        return not own or any(
            not self._field(m) or self._field(m) & own for m in actor.mentions if m.office == "minister"
        )

    def _field(self, mention: Mention) -> set[str]:
        if not mention.title:
            return set()
        words = _WORD.findall(self.scene.folded[mention.title.start : mention.title.end])
        return {w for w in words[1:] if w in self.scene.lexicon.portfolio and len(w) > 3}

    def _nearest(self, actors: Sequence[Actor], mention: Mention) -> Actor | None:
        """The actor mentioned last before, rather as a subject, else the first after."""
        before = [
            (
                max(
                    ((m.case == "subject", m.start) for m in a.mentions if m.start < mention.start), default=(False, -1)
                ),
                i,
            )
            for i, a in enumerate(actors)
        ]
        last = max(before, default=((False, -1), -1))
        if last[0][1] >= 0:
            return actors[last[1]]
        return actors[0] if actors else None
