"""Which slots does each construction have, and who fills them?

A cue (a verb or noun of the language file, as "effectue une visite", "a été reçu") gives the construction; the
construction says where its visitor, its host and its place stand. Nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.called_by_name import named_before, named_beside, named_only
from extractors.visits.claims import TRAVEL, Claim, sentences_of
from extractors.visits.encounters import counterparts_of, encounter_of
from extractors.visits.first_person import author_of
from extractors.visits.invited import asked_to_come
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.object_relatives import taken_up_as_object
from extractors.visits.phrases import any_source
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.seats import authorities, body_of
from extractors.visits.talks import Talks
from extractors.visits.whereabouts import case_of_place, direct_place

_MANY = frozenset({"delegation", "official"})
_COUPLE = 2
_STEP = 4
_OPENS = 8
_NEAR = 30
_OBJECT = 60
_NAMED = re.compile(r"[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+,? $")
_BEHIND_COMMA = re.compile(r", (?:\w{1,4}[' ])?\Z")
_LONGEST = 600
"""So many claims are read at most; no article that tells of visits comes near."""


@cache
def _whose(language: str) -> re.Pattern[str]:
    """ "the minister, at the invitation of whom the visit is paid"."""
    return re.compile(rf" ?(?:{any_source(language_table(language, 'words').get('whose_invitation', ()))})(?!\w)")


@cache
def _clause_openers(language: str) -> re.Pattern[str]:
    """ "Après", "after": what stands before a verb that has no subject of its own."""
    return re.compile(rf"\W*(?:{any_source(language_table(language, 'words').get('clause_openers', ()))}) ?(?:\w+ )?")


@cache
def _among(language: str) -> re.Pattern[str] | None:
    """What stands between many and the one of them who is named."""
    told = language_table(language, "words").get("one_of_them")
    return re.compile(rf",? (?:{any_source(told)})(?!\w)") if told else None


def read_claims(scene: Scene, cast: Cast, reads: type[Reader] | None = None) -> list[Claim]:
    """The claims of all sentences, in reading order; `reads` is the reader for the language's order of words."""
    claims: list[Claim] = []
    previous: Actor | None = None
    author = author_of(scene, cast)
    for sentence in sentences_of(scene, cast):
        reader = (reads or Reader)(scene, cast, sentence, previous, claims)
        reader.author = author
        claims.extend(reader.claims())
        previous = reader.topic() or previous
        if len(claims) > _LONGEST:
            break
    return claims


class Reader(Talks):
    """Fills the slots of one sentence's cues."""

    def topic(self) -> Actor | None:
        """Whom the next sentence's pronoun may take up."""
        for mention in self.sentence.people:
            actor = self.cast.actor(mention)
            if mention.case == "subject" and actor and not actor.is_vague:
                return actor
        return None

    def claims(self) -> Iterator[Claim]:
        """One claim for each cue that is a construction here."""
        invited = next((c.start for c in self.sentence.cues if c.label == "invites"), None)
        taken_up = self._taken_up()
        for index, cue in enumerate(self.sentence.cues):
            follows = invited is not None and cue.start > invited
            if follows and not self._is_accepted():
                continue
            read = getattr(self, f"_{cue.label}", None)
            self.inferred = False
            is_untold = self._is_never(cue) or self._is_only_wished(cue)
            claim: Claim | None = read(cue, index) if read and not is_untold else None
            if claim is not None and not (claim.visitor and self._is_only_counted(cue, claim.visitor)):
                guest = asked_to_come(self.sentence, self.cast, invited, cue) if invited is not None else None
                claim = replace(claim, visitor=guest) if guest and follows and claim.is_travel else claim
                is_ahead = follows or (taken_up is not None and cue.start >= taken_up)
                claim = claim.told("future" if is_ahead else self._tense(cue), is_inferred=self.inferred)
                claim.party = self._companions(cue, claim.visitor)
                yield claim
                yield from self._travels_on(claim)
                if cue.label in TRAVEL or cue.label == "received":
                    yield from (replace(claim, visitor=fellow) for fellow in self._fellows(cue, claim.visitor))
                if cue.label == "receive":
                    yield from (replace(claim, visitor=guest) for guest in self._other_guests(cue, claim))
        if self.scene.in_headline(self.sentence.span.start):
            yield from self._headline()
        else:
            yield from self._encounter()
            yield from self.next_stop()
            yield from self.stop_ahead()
            yield from self.stops_before()

    def _encounter(self) -> Iterator[Claim]:
        """Officials of two states in one sentence at a place of one of them have met, whatever the verb."""
        told = [c for c in self.earlier if c.sentence == self.sentence.number]
        is_told = any(c.visitor and (c.host or c.is_travel) for c in told)
        found = None if is_told else encounter_of(self.scene, self.cast, self.sentence)
        found = found or counterparts_of(self.scene, self.cast, self.sentence)
        if found:
            yield self._claim(*found)

    def _headline(self) -> Iterator[Claim]:
        """ "Le patron de la police algérienne à Madrid": a headline without a verb of travel."""
        if any(c.label in TRAVEL or c.label in ("receive", "received", "invites", "meet") for c in self.sentence.cues):
            return
        for place in self.sentence.places:
            left = [m for m in self.sentence.people if m.end <= place.start and m.case == "subject" and not m.is_plural]
            actor = self.cast.actor(left[-1]) if left else None
            if len({m.country for m in left if m.country}) > 1:
                return
            if (
                actor
                and not actor.is_vague
                and place.start - left[-1].end < 60
                and case_of_place(self.scene, place) == "in"
            ):
                span = Span(left[-1].start, place.end)
                tense = "earlier" if self._opens_long_ago(Hit("headline", *span)) else None
                yield Claim("headline", span, self.sentence.number, actor, None, (place,), tense, in_headline=True)
                return

    def _taken_up(self) -> int | None:
        """Where "has accepted X's invitation" ends, behind which "to come to Y" tells of what is ahead."""
        span, lexicon = self.sentence.span, self.scene.lexicon
        taken = lexicon.accepted.search(self.scene.folded, span.start, span.end)
        is_told = taken and lexicon.invitation.search(self.scene.folded, taken.start(), span.end)
        return taken.end() if taken and is_told else None

    def _is_accepted(self) -> bool:
        """An invitation is no visit unless the text says that it was taken up."""
        last = self.scene.sentences[min(self.sentence.number + 2, len(self.scene.sentences) - 1)]
        return self.scene.lexicon.accepted.search(self.scene.folded, self.sentence.span.start, last.end) is not None

    def _received(self, cue: Hit, index: int) -> Claim | None:
        host = self._right(cue, ("by",))
        host = self._one_of_them(cue, host) or host
        who = self._subject(cue) or self._taken_up_by(cue, host) or self._inverted_before(cue, host)
        who = who or self._carried(cue) or self._subject_ahead(cue, host)
        if host is None and not self.scene.lexicon.has_capitals:
            host = self._right(cue, ("subject",), other_than=who)
        host = host or named_only(self.scene, Span(cue.end, self.sentence.span.end), "by")
        if who and self._is_back_home(who, host):
            return None
        return self._claim(cue, who, host, self._meeting_place(cue, index))

    def _subject_ahead(self, cue: Hit, host: Actor | None, *, says: bool = False) -> Actor | None:
        """ "Après Bamako, où il a été reçu par X, le ministre Y est arrivé à Niamey": a pronoun before its subject, who
        does something that the readers know, or is taken to say something."""
        said = self.scene.lexicon.pronoun.search(self.scene.folded, self.opening, cue.start)
        said = said or _clause_openers(self.scene.lexicon.language).match(self.scene.folded, self.opening, cue.end)
        if said is None or any(m.end <= cue.start for m in self.sentence.people):
            return None
        behind = [m for m in self.sentence.people if m.start >= cue.end and m.case == "subject"]
        apart = (m for m in behind if _BEHIND_COMMA.search(self.scene.folded, cue.end, m.start))
        who = next((m for m in apart if self._led(self.cast.actor(m)) is not host), None)
        acts = (says or any(who.end <= c.start for c in self.sentence.cues)) if who and who.office else False
        self.inferred = self.inferred and not acts
        return self._led(self.cast.actor(who)) if who and acts else None

    def _is_back_home(self, who: Actor, host: Actor | None) -> bool:
        """ "landed at Entebbe on his return. He was received by the vice-president": his own."""
        last = self.earlier[-1] if self.earlier else None
        is_back = last is not None and last.label == "return" and last.visitor is who and not last.in_headline
        return is_back and (host is None or host.serves in (None, who.serves))

    def _one_of_them(self, cue: Hit, host: Actor | None) -> Actor | None:
        """ "was received by several officials, including the minister X": of many the one who is told."""
        among = _among(self.scene.lexicon.language)
        limit = next((c.start for c in self.sentence.cues if c.start >= cue.end), self.sentence.span.end)
        told = among.search(self.scene.folded, cue.end, limit) if among else None
        if told is None or not (host is None or host.is_plural or host.office in _MANY):
            return None
        first = next((m for m in self.sentence.people if m.start >= told.end()), None)
        one = self.cast.actor(first) if first and first.start - told.end() <= _OPENS else None
        return one if one and one.office and not (one.is_vague or one.is_barred) else None

    def _taken_up_by(self, cue: Hit, host: Actor | None) -> Actor | None:
        """ "Reçu mardi par X, il s'est envolé pour Kinshasa, où le président Y …": the pronoun of the main clause."""
        if host is None or cue.start - self.opening >= _STEP:
            return None
        told = [m for m in self.sentence.people if m.start >= cue.end]
        end = next((m.end for m in told if self.cast.actor(m) is host), cue.end)
        other = next((m.start for m in told if m.start >= end), self.sentence.span.end)
        said = self.scene.lexicon.pronoun.search(self.scene.folded, end, min(other, end + _STEP))
        return self._pronoun() if said else None

    def _brought(self, cue: Hit, index: int) -> Claim:
        """ "received a message …, which was delivered by his envoy X": who carries it has come to whom it is for."""
        claim = self._claim(cue, self._right(cue, ("by", "subject")), places=self._meeting_place(cue, index))
        near = range(self.sentence.number - 1, self.sentence.number + 1)
        told = [c for c in reversed(self.earlier) if c.sentence in near and c.label in ("receive", "meet")]
        got = (c.visitor for c in told if c.label == "meet" and c.host is None)
        host = next((c.host for c in told if c.label == "receive" and c.host), None) or self._right(cue, ("to",))
        host = host or self._left(cue) or next(got, None)
        return replace(claim, label="received", host=None if host is claim.visitor else host)

    def _inverted_before(self, cue: Hit, host: Actor | None) -> Actor | None:
        """ "a été reçu hier le ministre X par Y": a subject behind a passive verb stands before whoever acts."""
        who = self._inverted(cue, other_than=host)
        if cue.start - self.opening < _STEP:
            return who
        acts = [m.start for m in self.sentence.people if m.start >= cue.end and self.cast.actor(m) is host]
        own = [m.start for m in self.sentence.people if m.start >= cue.end and self._led(self.cast.actor(m)) is who]
        return None if acts and own and acts[0] < own[0] else who

    def _receive(self, cue: Hit, index: int) -> Claim:
        if taken_up := taken_up_as_object(self.scene, self.sentence.people, cue):
            guest, acting = (self.cast.actor(m) if m else None for m in taken_up)
            others = (self.cast.actor(m) for m in self.sentence.people if m.case == "subject")
            host = acting or next((a for a in others if a and a is not guest), None) or self._pronoun()
            return self._claim(cue, guest, host, self._meeting_place(cue, index))
        host = self._subject(cue) or named_before(self.scene, Span(self.sentence.span.start, cue.start))
        guest = self._right(cue, ("subject", "to"))
        if guest is not None and self._is_in_relative(cue, guest):
            return self._claim(cue, None)
        state = self._metonym(cue)
        main = self._of_main_clause(cue) if host is None else None
        if main is not None and main is not guest:
            host = main
        host = host or self._right(cue, ("by",), other_than=guest)
        if host is None and guest is not None and not state:
            second = self._right(cue, ("subject",), skip=1) if self.scene.lexicon.inverts else None
            second = self._marked_object(cue, guest) or second
            host, guest = (guest, second) if second else (self._host_untold(cue), guest)
        self._mark_object(cue, guest)
        site = self._without_own_goals(host, self._meeting_place(cue, index)) or state
        return self._claim(cue, guest, host, site)

    def _of_main_clause(self, cue: Hit) -> Actor | None:
        """ "Après avoir reçu le ministre X, le président Y a déclaré": the subject behind a clause that has none."""
        opening = _clause_openers(self.scene.lexicon.language)
        opens = cue.start == self.opening and not self.scene.lexicon.drops_subject  # "Recevant X, le président"
        if not (opens or opening.fullmatch(self.scene.folded[self.opening : cue.start])):
            return None
        behind = [m for m in self.sentence.people if m.start >= cue.end]
        first = self._led(self.cast.actor(behind[0])) if behind else None
        told = (m for m in behind[1:] if _BEHIND_COMMA.search(self.scene.folded, cue.end, m.start))
        others = (self._led(self.cast.actor(m)) for m in told if m.case == "subject")
        return next((a for a in others if a and a is not first and not a.is_vague), None) or self._pronoun()

    def _host_untold(self, cue: Hit) -> Actor | None:
        """Whom the text goes on about, but for a name without an office right before the verb: "X Y recebeu"."""
        return None if _NAMED.search(self.scene.text, max(0, cue.start - _NEAR), cue.start) else self._pronoun()

    def _marked_object(self, cue: Hit, subject: Actor) -> Actor | None:
        """ "recibió el presidente al ministro": the object that a preposition marks, behind the subject."""
        mark = self.scene.lexicon.object_mark
        for mention in self.sentence.people:
            actor = self.cast.actor(mention)
            if (
                mention.start >= cue.end
                and actor is not subject
                and mark.search(self.scene.folded, cue.end, mention.start)
            ):
                return self._led(actor)
        return None

    def _receive_him(self, cue: Hit, index: int) -> Claim:
        """ "lo recibió el presidente": the guest is a pronoun, the host stands on either side of the verb."""
        subjects = [m for m in self.sentence.people if m.case == "subject"]
        is_before = any(0 <= cue.start - m.end <= _COUPLE for m in subjects)
        behind = next((m for m in subjects if 0 <= m.start - cue.end < _OBJECT and not is_before), None)
        host = self._led(self.cast.actor(behind)) if behind else self._host_beside(cue) or self._left(cue)
        near = [c for c in reversed(self.earlier) if c.sentence >= self.sentence.number - 1]
        if behind and not (behind.name or behind.countries) and any(c.visitor is host for c in near):
            host = None  # "où l'attendait le président": an office without a state is not the guest's own
        met = (c.visitor for c in near if c.visitor is not host)
        is_there = self.scene.lexicon.where.search(self.scene.folded, max(0, cue.start - _OPENS), cue.start) is not None
        opening = self._opening_pronoun(cue) if is_there else None  # "Il a gagné le palais, où l'attendait X"
        told = (opening, self._left(cue), *met, self._first_subject())
        guest = next((a for a in told if a and a is not host), None)
        guest = guest or self._subject_ahead(cue, host) or self._pronoun()
        guest = None if guest is host else guest
        return replace(self._claim(cue, guest, host, self._meeting_place(cue, index)), label="received")

    def _host_beside(self, cue: Hit) -> Actor | None:
        """ "où X Y l'a reçu": whom nothing but the name calls."""
        host = named_beside(self.scene, self.sentence.span.start, cue.start)
        is_known = host is not None and any(m.start < host.end and host.start < m.end for m in self.sentence.people)
        return None if is_known else host

    def _call_on(self, cue: Hit, index: int) -> Claim | None:
        """The guest is the subject and the host follows: "paid a courtesy call on the President"."""
        behind = next((m for m in self.sentence.people if 0 <= m.start - cue.end < _NEAR), None)
        host = self.cast.actor(behind) if behind else None
        if host is None or host.is_vague:
            return None
        self._mark_object(cue, host)
        who = self._subject(cue) or self._subject_ahead(cue, host, says=True) or self._pronoun()
        claim = self._claim(cue, who, host, self._meeting_place(cue, index))
        return replace(claim, label="received")

    def _visit_him(self, cue: Hit, index: int) -> Claim:
        """ "X said so when the minister paid him a visit": the guest is the subject, the host was told before; but a
        traveller who is called on stays the guest."""
        guest = self._subject(cue) or self._inverted(cue)
        told = (self.cast.actor(m) for m in self.sentence.people if m.end <= cue.start and m.case == "subject")
        known = (a for a in (*told, self.previous) if a and a is not guest and not (a.is_vague or a.is_barred))
        host = next((a for a in known if a.serves is None or guest is None or a.serves != guest.serves), None)
        site = self._meeting_place(cue, index)
        is_there = host is not None and any(host.serves in p.countries for p in site if host.serves)
        if cue.label == "visit_him" and not is_there and guest and self._has_come(host):
            guest, host = host, guest
        return replace(self._claim(cue, guest, host, site), label="received")

    _visit_back = _visit_him

    def _has_come(self, who: Actor | None) -> bool:
        return any(c.visitor is who and (c.is_travel or c.label == "received") for c in self.earlier if who)

    def _from_hands(self, cue: Hit, index: int) -> Claim:
        """ "a reçu des mains du ministre un message": the bearer of what is received is the guest."""
        guest = self._right(cue, ("of", "owner"))
        return replace(self._claim(cue, guest, self._subject(cue), self._meeting_place(cue, index)), label="receive")

    def _guest_of(self, cue: Hit, index: int) -> Claim:
        """ "est l'hôte du Gabon", "est l'hôte de son homologue": a state's guest is there, a person's is received."""
        hosts = authorities(self.scene, Span(cue.end, min(self.sentence.span.end, cue.end + _NEAR)))
        stay = direct_place(self.scene, self.sentence, cue, any_case=True) or tuple(p for _, p in hosts)
        stay = stay or body_of(self.sentence, cue.end, cue.end + _NEAR)
        if not stay:
            return replace(self._invite_by(cue, index), label="invite_by")
        return replace(self._claim(cue, self._subject(cue) or self._pronoun(), places=stay), label="in_visit")

    def _is_in_relative(self, cue: Hit, guest: Actor) -> bool:
        """ "a reçu une lettre par laquelle le ministre …": what is received is no guest."""
        start = min(m.start for m in self.sentence.people if m.start >= cue.end and self.cast.actor(m) is guest)
        words = self.scene.folded[cue.end : start].replace(",", " ").split()
        return not self.scene.lexicon.relatives.isdisjoint(words)

    def _metonym(self, cue: Hit) -> tuple[Place, ...]:
        """ "Pékin a accueilli le ministre": a capital that receives stands for its state."""
        places = (p for p in self.sentence.places if p.kind != "demonym" and 0 <= cue.start - p.end < _STEP)
        return tuple(p for p in places if case_of_place(self.scene, p) is None)[-1:]

    def _session(self, cue: Hit, index: int) -> Claim:
        known = [a for a in map(self.cast.actor, self.sentence.people) if a and not a.is_vague]
        first = known[0] if known else None
        second = next((a for a in known if a is not first), None)
        houses = (self._metonym(c) for c in self.sentence.cues if c.label == "receive")
        site = self._meeting_place(cue, index) or next(filter(None, houses), ())
        return self._claim(cue, first, second, site)

    def _invites(self, cue: Hit, index: int) -> Claim | None:
        """ "X's invitation to Y, which he accepted": a visit to come, from the one invited to the other."""
        owners = [m for m in self.sentence.people if m.case == "owner" and 0 <= cue.start - m.end < _NEAR]
        host = self.cast.actor(owners[-1]) if owners else None
        guest = self._right(cue, ("to",), other_than=host)
        if host is None or guest is None or not self._is_accepted():
            return None
        return replace(self._claim(cue, guest, host), label="invite_by")

    def _invite_by(self, cue: Hit, index: int) -> Claim:
        if _whose(self.scene.lexicon.language).match(self.scene.folded, cue.end):
            host = self._left(cue, any_case=True)
            guest = next((c.visitor for c in reversed(self.earlier) if c.visitor and c.visitor is not host), None)
            return self._claim(cue, guest, host, self._meeting_place(cue, index))
        inside = next((m for m in self.sentence.people if cue.start <= m.start and m.end <= cue.end), None)
        host = self.cast.actor(inside) if inside else self._right(cue, ("of", "subject", "by"))
        who = self._subject(cue) or self._right(cue, ("subject",), other_than=host) or self._pronoun()
        return self._claim(cue, who, host, self._meeting_place(cue, index))
