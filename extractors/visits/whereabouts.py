"""Where does a construction lead, and where is a meeting held? The places of one sentence, by their prepositions."""

from __future__ import annotations

import re
from functools import cache

from extractors.visits.claims import TRAVEL, Sentence
from extractors.visits.dates import find_dates
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.other_talks import is_of_another_session, is_other_talk, opens_what_was_said
from extractors.visits.phrases import Pattern, any_source, compile_phrases, listed, open_phrases, words_of
from extractors.visits.places import Place
from extractors.visits.scene import Scene, dateline_place

_JOINED = re.compile(r"[ ]?[,;]?[ ]?(?:[^\W\d]{1,6}[ ']){0,3}[ ]?")
_CLAUSE, _LEAD, _DIRECT = 60, 40, 8
_OBJECT = 30
"""So far behind its verb an object may stand, with a day between: "gagnera mardi Abidjan"."""
_LONGEST_DAYS = 60
_OF, _LINK = 5, 18
"""So long is at most " of the "; what stands between two places of a list is shorter than the second."""
_FAR = 240
"""Farther back nothing is looked for that leads up to a place: the few words of a thing or a matter are shorter."""
_DAY = re.compile(r"\w{4}|\d")
_DASHES = ("-", "–", "—")
_LIST = 40
"""Characters from one name of a list to the next."""
_BACK = 12
"""How many sentences back "dans la même ville" may point."""
_BRACKETS = re.compile(r"[ ]?\([^()\n]{0,60}\)")
_OTHER_CLAUSE = (TRAVEL - {"visit_of", "visit_by", "visiting", "headline", "leads", "taken_to"}) | {"invites"}


def destination(scene: Scene, sentence: Sentence, cue: Hit, index: int) -> tuple[Place, ...]:
    """Places that the cue leads to: behind it, else before it in the sentence, else where "there" points."""
    reach = _LEAD if scene.lexicon.verb_first else _DIRECT  # "travels the-minister to-Conakry"
    is_direct = any(0 <= p.start - cue.end <= reach and _leads_to(scene, p, cue) for p in sentence.places)
    site = None if is_direct else _relative_site(scene, sentence, cue)
    if site:
        return (site,)
    later = (c.start for c in sentence.cues[index + 1 :] if c.label in TRAVEL - {"visit_of"})
    limit = next(later, sentence.span.end)
    is_tour = scene.lexicon.tour.search(scene.folded, cue.start, min(limit, cue.end + 40)) is not None
    is_vast = _vast(scene.lexicon.language).match(scene.folded, cue.end, limit) is not None
    found: list[Place] = []
    for place in sentence.places:
        if not cue.start <= place.start < limit:
            continue
        leads = _leads_to(scene, place, cue) and not (is_vast and case_of_place(scene, place) == "in")
        is_other = not scene.lexicon.verb_first and is_of_another_session(scene, cue, place)
        leads = leads and not (is_other or _is_of_speakers(scene, place))
        leads = leads or _is_listed(scene, place, cue)
        if found and not is_tour:
            leads = (leads and place.countries == found[-1].countries) or is_joined(scene, found[-1], place)
        elif found:
            leads = leads or is_joined(scene, found[-1], place)
        if leads:
            found.append(place)
    return tuple(found) or here(scene, cue) or _before(scene, sentence, cue) or _there(scene, sentence, cue)


@cache
def _vast(language: str) -> re.Pattern[str]:
    """Behind a journey a goal that is no state: "her first trip to Africa this year, …, few in Washington cared"."""
    to, told = listed(language, "to", "place_case"), listed(language, "vast")
    return re.compile(rf"(?: [\w-]+){{0,4}}? (?:{to})[ ']?(?:{told})(?!\w)")


def _is_listed(scene: Scene, place: Place, cue: Hit) -> bool:
    """ "une tournée dans trois pays : le Japon, …": the first of the goals that have been counted."""
    told, start = _counted(scene.lexicon.language), max(cue.start, place.start - _LIST)
    return place.kind == "country" and told.search(scene.folded, start, place.start) is not None


@cache
def _counted(language: str) -> re.Pattern[str]:
    goals, namely = listed(language, "countries_word"), listed(language, "listing")
    return re.compile(rf"(?<!\w)(?:{goals})(?!\w)(?: ?:|,? (?:{namely})(?: ?:|,)?) (?:\w{{1,3}}[ '])?\Z")


def meeting_place(scene: Scene, sentence: Sentence, cue: Hit, index: int) -> tuple[Place, ...]:
    """Where a meeting is held: a place of the sentence that stands as one, not the goal of another clause."""
    site = _relative_site(scene, sentence, cue)
    if site:
        return (site,)
    opening = scene.opening_of(sentence.span)
    others = [c for c in sentence.cues if c.label in _OTHER_CLAUSE and c is not cue]
    aside = (c.start for c in sentence.cues if c.start >= cue.end and is_other_talk(scene, cue, c))
    limit = min([next((c.start for c in others if c.start >= cue.end), sentence.span.end), *aside])
    found = [p for p in sentence.places if p.start < limit and _is_site(scene, p) and case_of_place(scene, p) == "in"]
    found = [p for p in found if not is_of_another_session(scene, cue, p)]
    is_topic = scene.lexicon.topical.match(scene.folded, cue.start, cue.end) is not None
    said = opens_what_was_said(scene.lexicon.language).fullmatch(scene.folded, opening, cue.start)
    is_topic = is_topic or said is not None
    behind = [] if is_topic else [p for p in found if p.start >= cue.end]
    found = [p for p in found if p.end <= cue.start] if is_topic else found
    found = [p for p in found if p.start >= cue.end or not _is_whence(scene, sentence, p)]
    return tuple((behind or found[-1:])[:1]) or here(scene, cue)


def _is_whence(scene: Scene, sentence: Sentence, place: Place) -> bool:
    """ "X, venu d'Oyo, au Congo, a été accueilli": a place of where somebody came from."""
    start = max(sentence.span.start, place.start - _CLAUSE)
    return _coming_from(scene.lexicon.language).search(scene.folded, start, place.start) is not None


@cache
def _coming_from(language: str) -> Pattern:
    words = language_table(language, "words").get("coming_from", ())
    return open_phrases(words, language, r"(?!\w)[^.;]{0,30}\Z")


def stop_place(scene: Scene, sentence: Sentence, cue: Hit) -> tuple[Place, ...]:
    """ "Abidjan, dernière étape de sa tournée": the place beside a stage, before it or behind; "Abidjan était la
    troisième et dernière étape": that with which the sentence opens."""
    first = sentence.places[0] if sentence.places else None
    opens = first is not None and first.start == sentence.span.start and 0 <= cue.start - first.end < _LEAD
    if first is not None and opens and first.kind in ("city", "country") and case_of_place(scene, first) is None:
        return (first,)
    near = [
        p
        for p in sentence.places
        if (_is_site(scene, p) and -24 < p.start - cue.end < 60) or 0 <= cue.start - p.end < 12
    ]
    return tuple(near[:1])


def _relative_site(scene: Scene, sentence: Sentence, cue: Hit) -> Place | None:
    """ "Niamey, où il a été reçu": the place before a relative adverb is the one of its clause."""
    for place in reversed(sentence.places):
        if place.end <= cue.start:
            where = scene.lexicon.where.match(scene.folded, place.end)
            near = where is not None and cue.start - where.end() < _CLAUSE
            return place if near and _is_site(scene, place) else None
    return None


def direct_place(scene: Scene, sentence: Sentence, cue: Hit, *, any_case: bool = False) -> tuple[Place, ...]:
    """The place that a verb of leaving has as its object, or with any_case whose guest somebody is."""
    for place in sentence.places:
        is_object = any_case or case_of_place(scene, place) != "of"
        if 0 <= place.start - cue.end <= 30 and _is_site(scene, place) and is_object:
            return (place,)
    return ()


def whence(scene: Scene, sentence: Sentence, cue: Hit) -> tuple[Place, ...]:
    """ "Lomé, d'où il est reparti": the place before the relative that tells whence."""
    behind = _whence(scene.lexicon.language)
    before = [p for p in sentence.places if p.end <= cue.start and _is_site(scene, p)]
    found = behind.match(scene.folded, before[-1].end, cue.start) if before else None
    return (before[-1],) if found and cue.start - found.end() <= _BACK else ()


@cache
def _whence(language: str) -> re.Pattern[str]:
    return re.compile(rf",? (?:{listed(language, 'whence')})(?!\w)")


def origin(scene: Scene, sentence: Sentence, cue: Hit) -> tuple[Place, ...]:
    """The place from which somebody came back."""
    for place in sentence.places:
        if (
            0 <= place.start - cue.end <= 60
            and _is_site(scene, place)
            and case_of_place(scene, place) in ("of", "from")
            and not _leads_home(scene, place, cue)
        ):
            return (place,)
    behind = (p for p in sentence.places if p.start >= cue.end and _is_site(scene, p))
    return next(((p,) for p in behind if case_of_place(scene, p) != "of" and _is_whence(scene, sentence, p)), ())


def homeward(scene: Scene, sentence: Sentence, cue: Hit) -> tuple[Place, ...]:
    """The place to which somebody came home: "after a visit to Japan" behind it tells no home."""
    limit = min([cue.end + 60, *(c.start for c in sentence.cues if c.start >= cue.end)])
    for place in sentence.places:
        if cue.end <= place.start <= limit and _is_site(scene, place) and _leads_home(scene, place, cue):
            return (place,)
    return ()


def _leads_home(scene: Scene, place: Place, cue: Hit) -> bool:
    """ "regagner Dakar", "regressou a Maputo" lead there; "de retour de Moscou", "after he left Rome" do not."""
    case = case_of_place(scene, place)
    if case != "from":
        return case != "of"
    words = scene.lexicon.place_case.search(scene.folded, max(0, place.start - 44), place.start)
    is_own = words is not None and words.start() < cue.end
    last = scene.lexicon.case.search(scene.folded, max(0, place.start - 6), place.start)
    return is_own and (last is None or last.lastgroup != "of")


def case_of_place(scene: Scene, place: Place) -> str | None:
    """How a place stands, by the word before it: "in", "to", "from", "of", or None without such a word."""
    known, listed_places = scene.place_cases, [place]
    while listed_places[-1].start not in known and (before := _stands_as(scene, listed_places[-1])) is not None:
        listed_places.append(before)
    told: str | None = None
    for one in reversed(listed_places):  # no recursion: a list may be as long as its article
        if one.start not in known:
            known[one.start] = told or _case_alone(scene, one)
        told = known[one.start]
    return told


def _case_alone(scene: Scene, place: Place) -> str | None:
    """ "the Addis–Djibouti railway" is at neither."""
    return "of" if _opens_pair(scene, place) else _case_before(scene, place.start)


def _opens_pair(scene: Scene, place: Place) -> bool:
    return scene.folded[place.end : place.end + 1] in _DASHES and place.end + 1 in scene.place_at


def _stands_as(scene: Scene, place: Place) -> Place | None:
    """ "as fronteiras com a Namíbia e a Zâmbia": where what joins two names ends with an article that is a preposition,
    too, the second stands as the first does."""
    before = scene.places_between(max(0, place.start - _LIST), place.start)
    if not before or _opens_pair(scene, place):
        return None
    between = scene.folded[before[-1].end : place.start].split()
    is_list = len(between) > 1 and between[-1] in _bare_articles(scene.lexicon.language)
    is_listed = is_list and set(between) <= scene.lexicon.joints
    return before[-1] if is_listed or _is_named_behind(scene, before[-1], place) else None


def _is_named_behind(scene: Scene, people: Place, town: Place) -> bool:
    """ "in the Turkish capital, Ankara": the town's name right behind the words for it; "at State House, Nairobi"."""
    if town.kind == "city" and town.end <= people.end and people.countries == town.countries:
        return True
    if people.kind != "demonym" or town.kind != "city" or people.countries != town.countries:
        return False
    noun = scene.lexicon.ground_behind.match(scene.folded, people.end)
    between = scene.folded[noun.end() if noun else people.end : town.start]
    return _is_site(scene, people) and not between.strip(" ,،")


@cache
def _bare_articles(language: str) -> frozenset[str]:
    """Articles that are prepositions, too."""
    return frozenset(language_table(language, "words")["articles"]) & frozenset(
        language_table(language, "place_case").get("to", ())
    )


def _case_before(scene: Scene, start: int) -> str | None:
    ground = scene.lexicon.ground.search(scene.folded, max(0, start - 24), start)
    if ground:
        start = ground.start()
    match = scene.lexicon.place_case.search(scene.folded, max(0, start - 44), start)
    far = max(0, start - _FAR)
    if match and match.lastgroup == "in" and scene.lexicon.matters.search(scene.folded, far, match.start() + 1):
        return "of"
    if match and match.lastgroup == "of" and _at_a_thing(scene.lexicon.language).search(scene.folded, far, start):
        return "in"
    return match.lastgroup if match else None


@cache
def _at_a_thing(language: str) -> Pattern:
    """ "au palais présidentiel de Lusaka": what is done at a thing of a town is done there."""
    told, cases = language_table(language, "words"), language_table(language, "place_case")
    things, ties = any_source(told.get("things", ())), any_source(told.get("town_links", ()))
    behind = rf"[ ']?(?:(?:l[ae']|el) ?)?(?:gran(?:de?)? )?(?:{things})(?: [\w-]+){{0,2}} (?:{ties})[ ']?$"
    return open_phrases((*cases.get("in", ()), *cases.get("to", ())), language, behind)


def _is_site(scene: Scene, place: Place) -> bool:
    """A country or city, or a people behind "la capitale", "le sol"."""
    if place.kind in ("country", "city"):
        return True
    behind = scene.lexicon.ground_behind.match(scene.folded, place.end)
    return bool(behind or scene.lexicon.ground.search(scene.folded, max(0, place.start - 24), place.start))


def _leads_to(scene: Scene, place: Place, cue: Hit) -> bool:
    case = case_of_place(scene, place)
    if case in ("to", "in"):
        return _is_site(scene, place)
    if _stands_before_noun(scene, place, cue):
        return True
    if case == "of" and cue.label in ("in_visit", "visit_by", "visit_of"):
        is_tour = scene.lexicon.tour_noun.search(scene.folded, cue.start, place.start) is not None
        return place.start - cue.end <= (_OF if is_tour else 1)
    if case is not None or place.kind not in ("country", "city") or not 0 <= place.start - cue.end <= _OBJECT:
        return False
    between = scene.folded[cue.end : place.start]
    apart = _without_days(scene, cue.end, place.start, between).replace("'", "' ").split()
    return len(between) <= 5 or scene.lexicon.articles.issuperset(apart)


def _stands_before_noun(scene: Scene, place: Place, cue: Hit) -> bool:
    """ "calls off Maseru trip", "his China visit": the goal as an adjective, where the language has it so."""
    noun = scene.folded[place.end : cue.end].split()
    is_goal = place.kind in ("country", "city") and len(noun) == 1 and place.end < cue.end
    return is_goal and not scene.lexicon.title_before_portfolio


def is_joined(scene: Scene, first: Place, second: Place) -> bool:
    """ "en Géorgie et en Arménie", "à Accra le 4 juin et à Abidjan le lendemain", "a Quito y, finalmente, a La Paz"."""
    between = _without_sequel(scene, _BRACKETS.sub("", scene.folded[first.end : second.start]))
    undated = _without_days(scene, first.end, second.start, between)
    words, _, glued = undated.rpartition(" ")
    told = f"{words} " if glued in scene.lexicon.prefixes else undated
    is_list = len(told) < _LINK and _JOINED.fullmatch(told) is not None
    if not is_list and len(between) < 34 and scene.lexicon.conjunctions.fullmatch(between):
        case = case_of_place(scene, second)
        is_list = case in ("in", "to") if scene.lexicon.prefixes else case != "of"
    return is_list and second.kind in ("country", "city") and case_of_place(scene, second) != "from"


def _without_sequel(scene: Scene, between: str) -> str:
    """What stands between two places without the word that calls the second one the next."""
    words = _sequel(scene.lexicon.language)
    return words.sub(" ", between) if words and len(between) < _LONGEST_DAYS else between


@cache
def _sequel(language: str) -> re.Pattern[str] | None:
    told = language_table(language, "words").get("next_stop")
    return re.compile(rf",? ?(?<!\w)(?:{any_source(told)})(?!\w),? ?") if told else None


def _without_days(scene: Scene, start: int, end: int, between: str) -> str:
    """What stands between two places without the days told there, which part the stops of a tour."""
    if not _DAY.search(between) or end - start > _LONGEST_DAYS:
        return between
    folded = scene.folded[start:end]
    for day in reversed(find_dates(scene.text[start:end], scene.lexicon.language, None, folded)):
        behind = folded[day.end :].lstrip()  # "en Gambie, mercredi, et au Mali"
        folded = f"{folded[: day.start].rstrip(' ,' if behind[:1] == ',' else ' ')} {behind}"
    return folded


def _before(scene: Scene, sentence: Sentence, cue: Hit) -> tuple[Place, ...]:
    """A place that opens the sentence ("A Accra, …") or stands close before the cue."""
    for place in reversed(sentence.places):
        if _stands_before_noun(scene, place, cue) and cue.start - place.end <= 1:
            return (place,)
        near = place.start - sentence.span.start < 24 or 0 <= cue.start - place.end < 60
        if _is_of_speakers(scene, place):
            continue
        if near and place.end <= cue.start and _is_site(scene, place) and case_of_place(scene, place) == "in":
            return (place,)
    return ()


def _is_of_speakers(scene: Scene, place: Place) -> bool:
    """ "Diplomats in Abuja say that the visit": where somebody speaks, the visit need not be."""
    says = _says(scene.lexicon.language)
    return says is not None and says.match(scene.folded, place.end + 1) is not None


@cache
def _says(language: str) -> Pattern | None:
    words = words_of(language)
    return compile_phrases(words.section("quotations")["says"], words) if words else None


def here(scene: Scene, cue: Hit) -> tuple[Place, ...]:
    """ "arrived here", "is visiting the country": where the article was written, else where it first is."""
    folded, here = scene.folded, scene.lexicon.here
    is_here = here.match(folded, cue.end) or here.search(folded, cue.start, cue.end)
    place = (dateline_place(scene) or first_town(scene)) if is_here else None
    return (place,) if place else ()


def first_town(scene: Scene) -> Place | None:
    """The first town in which the article says that something happens."""
    towns = (p for p in scene.places if p.kind == "city" or p.is_capital)
    return next((p for p in towns if case_of_place(scene, p) == "in"), None)


def _there(scene: Scene, sentence: Sentence, cue: Hit) -> tuple[Place, ...]:
    """ "y", "s'y": the place of which a sentence before spoke."""
    words = scene.folded[max(sentence.span.start, cue.start - 4) : cue.end].replace("'", "' ").split()
    points = scene.lexicon.same_place.search(scene.folded, cue.end, min(cue.end + 40, sentence.span.end))
    if not points and not scene.lexicon.there.intersection(words[:3]):
        return ()
    for place in reversed(scene.places):
        if place.start < sentence.span.start and _is_site(scene, place) and case_of_place(scene, place) in ("in", "to"):
            near = scene.sentence_number(place.start) >= sentence.number - (_BACK if points else 2)
            return (place,) if near else ()
    return ()
