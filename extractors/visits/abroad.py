"""Which claims tell of a journey or a meeting abroad, and not of a call, a gathering or a journey at home?"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache

from extractors.visits.actors import Cast
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.mentions import Mention
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.trips import TALKS

_WAY, _MANY = 60, 3
_QUESTION = ("?", "؟")


def journeys_abroad(scene: Scene, cast: Cast, claims: Sequence[Claim], calls: Container[int]) -> Iterator[Claim]:
    """The claims that trips are made of; `calls` are the sentences that tell a call, in which nobody meets."""
    inland, gathered = scene.sentences_against("domestic"), _gathered(cast)
    for claim in claims:
        is_called = not claim.is_travel and claim.sentence in calls
        is_asked = claim.tense == "future" and _is_asked(scene, claim)
        is_elsewhere = claim.names_state or claim.host is not None or claim.label == "session"
        is_inland = claim.sentence in inland and not is_elsewhere
        is_gathering = claim.label in TALKS and {id(claim.visitor), id(claim.host)} <= gathered
        is_none = is_called or is_asked or is_inland or is_gathering or _is_by_video(scene, claim)
        is_none = is_none or _is_welcomed_home(scene, claim, claims) or _is_passed_over(scene, claim, claims)
        if not (is_none or _is_at_home(scene, claim, inland)):
            yield claim


def call_sentences(scene: Scene) -> range | set[int]:
    """Sentences that tell a call; where headline or lede tell one, no meeting of the article is a visit.

    So too where the sentences behind the lede call its talk one: "X s'est entretenu avec Y. Lors de cet appel, …"."""
    told = scene.sentences_against("phone")
    lede = scene.sentence_number(scene.shift)
    next_two = scene.sentences[lede + 1 : lede + 3]
    this_call = _this_call(scene.lexicon.language)
    is_call = bool(told) and min(told) <= lede
    is_call = is_call or any(this_call.search(scene.folded, *span) for span in next_two)
    return range(len(scene.sentences)) if is_call else told


@cache
def _this_call(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'this_call')})(?!\w)")


def _is_by_video(scene: Scene, claim: Claim) -> bool:
    """ "took part by video in a meeting on Libya": nobody has gone there."""
    near = (h for h in scene.against if h.label == "phone")
    gaps = (max(h.start - claim.cue.end, claim.cue.start - h.end) for h in near)
    return claim.label in ("go", "session") and any(0 <= gap <= _WAY for gap in gaps)


def _gathered(cast: Cast) -> set[int]:
    """Those of one title of many states ("the health ministers of Togo, Benin and Ghana"): what they hold together is a
    gathering."""
    found: set[int] = set()
    run: list[Mention] = []
    for mention in cast.mentions:
        goes_on = bool(run) and mention.title is None and mention.name is None and bool(mention.countries)
        run = [*run, mention] if goes_on else [mention]
        if len(run) >= _MANY:
            found.update(id(cast.actor(m)) for m in run)
    return found


def _is_at_home(scene: Scene, claim: Claim, inland: set[int]) -> bool:
    """An article written in a state that calls its official by the office only: his journey to its towns is inland.

    So it is where it is still to come, and where the opening calls it one through a province."""
    who, written = claim.visitor, country_of(dateline_place(scene))
    is_unmarked = who is not None and who.serves is None
    goes = {country_of(p) for p in claim.places}
    is_near = goes <= {written} and not claim.names_state and (claim.host is None or claim.host.is_barred)
    if who is None or not (is_unmarked and is_near):
        return False
    opening = scene.sentence_number(scene.shift) + 1
    is_ahead = who.is_guess and claim.label == "visit_by" and claim.tense == "future"
    return (is_ahead and bool(goes) and claim.host is None) or any(number <= opening for number in inland)


def _is_passed_over(scene: Scene, claim: Claim, claims: Sequence[Claim]) -> bool:
    """ "La tournée la conduira au Burundi. … Elle ne se rendra pas à Kigali": no journey was to lead there."""
    told = _passed_over(scene.lexicon.language).finditer(scene.folded, *scene.sentences[claim.sentence])
    if not any(m.start() < claim.cue.end and claim.cue.start < m.end() for m in told):
        return False
    states = {country_of(p) for p in claim.places}
    others = (c for c in claims if c.sentence != claim.sentence and c.visitor is claim.visitor and c.is_travel)
    elsewhere = {country_of(p) for c in others for p in c.places}
    return bool(elsewhere) and states.isdisjoint(elsewhere)


@cache
def _passed_over(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'passed_over')})")


def _is_asked(scene: Scene, claim: Claim) -> bool:
    """ "La ministre se rendra-t-elle au Tchad ?" tells of no journey."""
    span = scene.sentences[claim.sentence]
    return scene.text[span.start : span.end].rstrip().endswith(_QUESTION)


def _is_welcomed_home(scene: Scene, claim: Claim, claims: Sequence[Claim]) -> bool:
    """ "The emir has come home. At the airport he was received by the crown prince": right behind a return."""
    span = scene.sentences[claim.sentence]
    if claim.label != "received" or claim.places or not scene.lexicon.welcome.search(scene.folded, *span):
        return False
    before = [c for c in claims if c.visitor is claim.visitor and c.cue.start < claim.cue.start and c.is_travel]
    near = [c for c in before if claim.sentence - c.sentence <= 1 and c.label not in LABELLED]
    is_foreign = claim.host is not None and claim.host.serves is not None
    return bool(near) and near[-1].label == "return" and not is_foreign
