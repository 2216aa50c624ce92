"""In which towns of the host state does the visitor stay, as printed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from extractors.text import Span, fold
from extractors.visits.calendar_words import fold_pattern, load_calendar
from extractors.visits.events import Trip
from extractors.visits.language_files import language_table
from extractors.visits.names import names_in
from extractors.visits.phrases import Words, words_of
from extractors.visits.places import Place
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.things import is_of_a_thing
from extractors.visits.whereabouts import case_of_place
from extractors.visits.word_patterns import Pattern, word_pattern
from extractors.visits.world import load_world

_OPENING, _WORDS = 2, 5
_WORD = re.compile(r"\w+")
_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
"""Two words that the page prints without a space: "ArgentinePartager"."""
_SHORT = 12
"""Letters from a palace to the quarter that it is called after: "le palais de Carthage"."""
_REACH = 40
_SEEN = 60
"""Letters between a verb of seeing and the place of what is seen."""
_ABOUT = frozenset({"in", "to"})
_CITY_STATES = frozenset({"MCO", "SGP", "SMR", "VAT"})
"""Who is "à Singapour" is in the state: no town besides is told."""


def cities_of(scene: Scene, trip: Trip, about: Sequence[Span]) -> tuple[str, ...]:
    """Towns of the host state where the trip's constructions or the sentences about it place somebody, each once."""
    opens = not trip.is_earlier and trip.first <= scene.sentence_number(scene.shift) + _OPENING
    written = (*_written_at(scene), *_done_at(scene, about)) if opens else ()
    told = (*_places_about(scene, trip, about), *written)
    named = (*(p for c in trip.claims for p in c.places), *told)
    found = [p for p in named if not (_is_post(scene, p) or _is_airport(scene, p) or _is_where_settled(scene, p))]
    towns = [
        p for p in sorted(found, key=lambda p: p.start) if _is_town(scene, p) and country_of(p) == trip.host_country
    ]
    listed = {Span(t.start, t.end): t.text for t in towns}
    spans = [*listed, *_small_towns(scene, trip, about)]
    if not spans and opens:
        headed = (p for p in _over_the_article(scene, trip) if _is_town(scene, p))
        listed = {Span(p.start, p.end): p.text for p in headed if country_of(p) == trip.host_country}
        spans = list(listed)
    names: dict[str, str] = {}
    for span in sorted(spans):
        name = listed.get(span, scene.text[span.start : span.end])
        names.setdefault(fold(name), name)
    whole = [name for name in names if not any(name != n and _is_part_of(name, n) for n in names)]
    return tuple(names[name] for name in whole)


def _is_part_of(name: str, other: str) -> bool:
    """ "Mexico" of "Mexico City"; "Ouaga" of "Ouagadougou"."""
    is_short = other.startswith(name) and load_world().town(name) is load_world().town(other) is not None
    return f" {name} " in f" {other} " or is_short


def _small_towns(scene: Scene, trip: Trip, about: Sequence[Span]) -> Iterator[Span]:
    """Small towns, whether a gazetteer knows them or not: a name that is no person's behind words of arriving and being
    at a place, or of a site there."""
    words, sites = words_of(scene.lexicon.language), _sites(scene.lexicon.language)
    if words is None:
        return
    told = {c.sentence for c in trip.claims} | {scene.sentence_number(s.start + scene.shift) for s in about}
    people = _people(trip)
    for number in sorted(told & (scene.cue_sentences | _seeing(scene, told))):
        start, end = scene.sentences[number]
        if scene.in_headline(start) or any(_is_abroad(scene, p, trip) for p in scene.places_between(start, end)):
            continue
        names = tuple(_candidates(scene, words, sites, Span(start, end)))
        for found in names:
            folded = scene.folded[found.start : found.end]
            is_short = " " not in folded or sites.town_name.fullmatch(folded) is not None
            is_known = _is_another_place(scene, found, trip) or _GLUED.search(scene.text, *found) is not None
            is_town = not is_known and is_short and folded not in people and not _is_of_calendar(scene, folded)
            reached = sites.reach.search(scene.folded, max(start, found.start - _REACH), found.start)
            is_of_site = _is_of_site(scene, found.start) and not _is_firm(scene, found, names)
            if reached and is_of_a_thing(scene, scene.office_hits, start, reached.start()):
                reached = None  # "the national team travelled to Osaka"
            if is_town and (reached or is_of_site or _is_where_seen(scene, found)):
                town = _without_airport(scene, found)
                if load_world().city(scene.text[town.start : town.end]) in (None, trip.host_country):
                    yield town


def _is_another_place(scene: Scene, name: Span, trip: Trip) -> bool:
    """Whether a name is that of a place, but for a small town of the host where something is done."""
    place = scene.place_at.get(name.start)
    is_town = place is not None and place.kind == "city" and not place.is_capital
    if place is not None and is_town and country_of(place) == trip.host_country:
        return _is_where_settled(scene, place)
    return scene.has_place_over(name.start, name.end)


def _candidates(scene: Scene, words: Words, sites: _Sites, sentence: Span) -> Iterator[Span]:
    """Names of a sentence; where a script has no capitals the word behind "the town of"."""
    if not scene.lexicon.has_capitals:
        for match in sites.behind_noun.finditer(scene.folded, *sentence):
            yield Span(match.start("town"), match.end("town"))
        return
    shift = scene.shift
    for name in names_in(scene.document, words, Span(sentence.start - shift, sentence.end - shift), least=1):
        yield Span(name.start + shift, name.end + shift)


def _is_of_calendar(scene: Scene, word: str) -> bool:
    """ "toured a farm on Tuesday", "moved to June"."""
    calendar = load_calendar(scene.lexicon.language)
    return calendar is not None and (word in calendar.months or word in calendar.weekdays)


def _is_where_seen(scene: Scene, name: Span) -> bool:
    """ "toured a copper smelter in Chambishi": where what somebody goes to see stands."""
    case = scene.lexicon.place_case.search(scene.folded, max(0, name.start - _REACH), name.start)
    if case is None or case.lastgroup != "in":
        return False
    shown = _sites(scene.lexicon.language).shown
    return shown.search(scene.folded, max(0, case.start() - _SEEN), case.start() + 1) is not None


def _is_airport(scene: Scene, place: Place) -> bool:
    """ "Tunis-Carthage", "Rabat-Salé": the second name right behind a town's is that of its airport."""
    before = scene.place_ending.get(place.start - 1)
    if before is None or scene.folded[before.end : place.start] not in (" ", "-"):
        return False
    return before.kind == place.kind == "city" and country_of(before) == country_of(place)


def _without_airport(scene: Scene, name: Span) -> Span:
    """ "Conakry-Gbessia" is an airport's name; the town is its first part, where that is one."""
    first = scene.text[name.start : name.end].split("-")[0]
    is_town = len(first) > 1 and load_world().city(first) is not None
    return Span(name.start, name.start + len(first)) if is_town else name


def _people(trip: Trip) -> set[str]:
    """The words of the names of visitor and hosts, folded."""
    return {word for a in (trip.visitor, *trip.hosts) if a and a.name for word in fold(a.name).split()}


def _is_abroad(scene: Scene, place: Place, trip: Trip) -> bool:
    """A site in another state than the host: the towns beside it may lie there."""
    return case_of_place(scene, place) in _ABOUT and country_of(place) not in (None, trip.host_country)


@dataclass(frozen=True, slots=True)
class _Sites:
    """What one language prints around towns and sites."""

    reach: re.Pattern[str]
    """Right before a town that no gazetteer knows."""
    behind_noun: re.Pattern[str]
    """The same with the word behind it."""
    town_name: re.Pattern[str]
    """A town's name of two words: "Santa Cruz"."""
    areas: frozenset[str]
    """Parts of a country, and works that are called after their town."""
    link: re.Pattern[str]
    """Between such a site and its town."""
    seat: re.Pattern[str]
    """A seat that is called after its quarter."""
    seen: re.Pattern[str]
    """Before a site: somebody goes to see it."""
    seeing: Pattern
    """The same words anywhere."""
    shown: re.Pattern[str]
    """Before the place of a site: verbs of seeing alone."""
    settled: re.Pattern[str]
    """Before a town: words of living there."""
    goal: re.Pattern[str]
    """Before a town: a leg of the journey that is called after it."""


@cache
def _sites(language: str) -> _Sites:
    """The words of a language; where it has none of a sort, what never matches."""
    told = language_table(language, "words")
    keys = ("town_reach", "town_names", "town_links", "quarter_seats", "site_seen", "shown", "settled", "town_goals")
    patterns = ("|".join(map(fold_pattern, told.get(key, ()))) or "(?!)" for key in keys)
    reach, names, links, seats, seen, shown, settled, goals = patterns
    return _Sites(
        re.compile(rf"(?<!\w)(?:{reach})[ ']?\Z"),
        re.compile(rf"(?<!\w)(?:{reach}) (?P<town>\w+)"),
        re.compile(names),
        frozenset(map(fold, told.get("areas", ()))),
        re.compile(rf"(?<!\w)(?:{links})[ ']\Z"),
        re.compile(rf"(?:{seats})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{seen})(?!\w)[^,;.]*$"),
        word_pattern(rf"(?<!\w)(?:{seen})(?!\w)", map(fold_pattern, told.get("site_seen", ())), language=language),
        re.compile(rf"(?<!\w)(?:{shown})(?!\w)[^,;.]*$"),
        re.compile(rf"(?<!\w)(?:{settled}) (?:[^\W\d]{{1,4}}[ '])?(?:l')?[ ]?$"),
        re.compile(rf"(?<!\w)(?:{goals})[ ']?\Z"),
    )


def _written_at(scene: Scene) -> list[Place]:
    """The town of the dateline, for a visit with which the article opens."""
    dateline = dateline_place(scene)
    return [dateline] if dateline else []


def _done_at(scene: Scene, about: Sequence[Span]) -> Iterator[Place]:
    """ "Fait à Conakry, le 20 février 2025", the last line of a communiqué."""
    done = scene.lexicon.done_at
    if done is None:
        return
    for span in about:
        if done.match(scene.folded, span.start + scene.shift):
            inside = scene.places_between(span.start + scene.shift, span.end + scene.shift)
            yield from [p for p in inside if case_of_place(scene, p) == "in"][:1]


def _places_about(scene: Scene, trip: Trip, about: Sequence[Span]) -> Iterator[Place]:
    """Towns that stand as sites in sentences in which something of a visit is told, or what its people do."""
    numbers = {scene.sentence_number(span.start + scene.shift) for span in about}
    people = (trip.visitor, *trip.hosts)
    acts = {scene.sentence_number(m.start) for person in people if person for m in person.mentions}
    both = {scene.sentence_number(m.start()) for m in scene.lexicon.the_two.finditer(scene.folded)}
    numbers &= scene.cue_sentences | acts | both | _seeing(scene, numbers)
    for place in scene.places:
        is_near = place.kind != "demonym" and scene.sentence_number(place.start) in numbers
        is_site = is_near and (case_of_place(scene, place) in (*_ABOUT, "from") or _holds_site(scene, place))
        is_site = is_site or (is_near and _is_goal(scene, place))
        if is_site and not _is_quarter(scene, place):
            yield place


def _over_the_article(scene: Scene, trip: Trip) -> Iterator[Place]:
    """ "Argentine : à Buenos Aires, le président arménien …": where the headline says that the visitor is."""
    if trip.visitor is not None and any(scene.in_headline(m.start) for m in trip.visitor.mentions):
        places = scene.places_between(0, scene.shift)
        yield from (p for p in places if p.kind != "demonym" and case_of_place(scene, p) == "in")


def _is_goal(scene: Scene, place: Place) -> bool:
    told = _sites(scene.lexicon.language).goal
    return told.search(scene.folded, max(0, place.start - _REACH), place.start) is not None


def _seeing(scene: Scene, numbers: Set[int]) -> set[int]:
    """Of some sentences those in which somebody goes to see a site."""
    seeing, known = _sites(scene.lexicon.language).seeing, scene.seeing
    for n in numbers:
        if n not in known:
            known[n] = seeing.search(scene.folded, *scene.sentences[n]) is not None
    return {n for n in numbers if known[n]}


def _is_quarter(scene: Scene, place: Place) -> bool:
    """ "بقصر قرطاج", "au palais de Carthage": a palace is called after its quarter."""
    seats = _sites(scene.lexicon.language).seat
    words = list(_WORD.finditer(scene.folded, max(0, place.start - _REACH), place.start))[-2:]
    return any(seats.fullmatch(w[0]) and place.start - w.start() < _SHORT for w in words)


def _holds_site(scene: Scene, place: Place) -> bool:
    """ "au palais du Peuple de Conakry", "le port d'Owendo", "ميناء وهران": the town of a site at which one is."""
    if not (place.kind == "city" or (place.kind == "country" and load_world().city(place.text) == country_of(place))):
        return False
    words = list(_WORD.finditer(scene.folded, max(0, place.start - _REACH), place.start))
    is_beside = case_of_place(scene, place) == "of" or (words and words[-1][0] in scene.lexicon.things)
    return bool(is_beside) and _is_at_site(scene, place.start, scene.lexicon.things)


def _is_of_site(scene: Scene, start: int) -> bool:
    """ "visitera le complexe gazier d'Arzew": whether a name stands behind a site that one goes to see."""
    told = _sites(scene.lexicon.language)
    is_of = told.link.search(scene.folded, max(0, start - _REACH), start) is not None
    site = _site_before(scene, start, told.areas) if is_of else None
    return site is not None and _is_seen(scene, site)


def _is_firm(scene: Scene, name: Span, names: Sequence[Span]) -> bool:
    """ "l'usine de Tosyalu à Béthioua": works that are called after their firm have their town right behind it."""
    behind = next((n.start for n in names if 0 < n.start - name.end < _SHORT), None)
    case = scene.lexicon.place_case.search(scene.folded, name.end, behind) if behind else None
    return case is not None and case.lastgroup == "in"


def _is_at_site(scene: Scene, start: int, things: frozenset[str]) -> bool:
    """Whether a site stands in the words before an offset, and before it what says that one is there or sees it."""
    site = _site_before(scene, start, things)
    if site is None:
        return False
    case = scene.lexicon.place_case.search(scene.folded, max(0, site - _REACH), site)
    return (case is not None and case.lastgroup in _ABOUT) or _is_seen(scene, site)


def _site_before(scene: Scene, start: int, things: frozenset[str]) -> int | None:
    """Where the first site in the few words before an offset begins."""
    words = list(_WORD.finditer(scene.folded, max(0, start - _REACH), start))[-_WORDS:]
    return next((w.start() for w in words if w[0] in things), None)


def _is_seen(scene: Scene, site: int) -> bool:
    seen = _sites(scene.lexicon.language).seen
    return seen.search(scene.folded[max(0, site - _REACH) : site]) is not None


def _is_post(scene: Scene, place: Place) -> bool:
    """ "l'ambassade d'Allemagne à Tunis": where an embassy is, nobody has come."""
    return scene.lexicon.posts.search(scene.folded, max(0, place.start - _REACH), place.start) is not None


def _is_where_settled(scene: Scene, place: Place) -> bool:
    """ "les ressortissants établis à Nouadhibou": where others live."""
    settled = _sites(scene.lexicon.language).settled
    return settled.search(scene.folded, max(0, place.start - _REACH), place.start) is not None


def _is_town(scene: Scene, place: Place) -> bool:
    """A city, or a state that shares its name with one where the preposition is a town's ("à Djibouti")."""
    if place.kind == "city":
        return True
    if place.kind != "country" or load_world().city(place.text) != country_of(place):
        return False
    if country_of(place) in _CITY_STATES:
        return False
    if place == dateline_place(scene) or _is_at_site(scene, place.start, scene.lexicon.things):
        return True
    return scene.lexicon.town_case.search(scene.folded, max(0, place.start - 12), place.start) is not None
