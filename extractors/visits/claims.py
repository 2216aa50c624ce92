"""What does each sentence claim: who travels, who receives, and where?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.places import Place
from extractors.visits.scene import Scene

_POST = 12
"""So far behind an ambassador's title stands the state where he is: " auprès du "."""
TRAVEL = frozenset(
    {
        "visit_by",
        "visits",
        "stay",
        "in_visit",
        "visit_of",
        "visiting",
        "arrive",
        "be_at",
        "go",
        "leave",
        "return",
        "headline",
        "stop",
        "leads",
        "taken_to",
    }
)
MOST = 60
"""So many cues, people and places of one sentence are looked at; what has more is a list or no sentence at all."""
LABELLED = frozenset({"visit_by", "visits", "in_visit", "visit_of", "visiting"})


@dataclass(slots=True, unsafe_hash=True)
class Claim:
    """One construction in one sentence, with its slots filled as far as the sentence goes."""

    label: str
    cue: Span
    sentence: int
    visitor: Actor | None = None
    host: Actor | None = None
    places: tuple[Place, ...] = ()
    """Where the visitor goes or is; several on a tour."""
    tense: str | None = None
    """"future", "earlier" (pluperfect) or None."""
    in_headline: bool = False
    is_inferred: bool = False
    """True where the visitor stands in another sentence."""
    party: tuple[Mention, ...] = ()
    """Who is named with the visitor and goes along."""

    def told(self, tense: str | None, *, is_inferred: bool) -> Claim:
        """The claim with its tense."""
        return Claim(
            self.label, self.cue, self.sentence, self.visitor, self.host, self.places, tense,
            self.in_headline, is_inferred, self.party,
        )  # fmt: skip

    @property
    def names_state(self) -> bool:
        return any(p.kind == "country" for p in self.places)

    @property
    def is_travel(self) -> bool:
        return self.label in TRAVEL


@dataclass(slots=True, unsafe_hash=True)
class Sentence:
    """One sentence with its cues, people and places."""

    number: int
    span: Span
    cues: tuple[Hit, ...]
    people: tuple[Mention, ...]
    places: tuple[Place, ...]

    @property
    def officials(self) -> tuple[Mention, ...]:
        """The people without those of no office, students or traders, and without a party that is new."""
        return tuple(m for m in self.people if m.office != "outsider" and not (m.is_new and m.office == "delegation"))


def sentences_of(scene: Scene, cast: Cast) -> Iterator[Sentence]:
    """The sentences in which somebody or a place is named or something is told of a visit."""
    cues, mentions, places = scene.cues, cast.mentions, scene.places
    c = p = q = 0
    for number, span in enumerate(scene.sentences):
        c0, p0, q0 = c, p, q
        while c < len(cues) and cues[c].start < span.end:
            c += 1
        while p < len(mentions) and mentions[p].start < span.end:
            p += 1
        while q < len(places) and places[q].start < span.end:
            q += 1
        if c > c0 or p > p0 or q > q0:
            spoken = tuple(cues[c0 : min(c, c0 + MOST)])
            people = mentions[p0 : min(p, p0 + MOST)]
            yield Sentence(number, span, spoken, people, _without_posts(people, places[q0 : min(q, q0 + MOST)]))


def _without_posts(people: Sequence[Mention], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """ "avec l'ambassadeur du Niger en Algérie": where an ambassador is posted the sentence tells of nothing else."""
    ends = [m.title.end if m.title else m.end for m in people if m.office == "ambassador" and m.countries]
    return tuple(p for p in places if not any(0 < p.start - end <= _POST for end in ends)) if ends else places
