"""Where do an office and its portfolio begin and end, and which states does the title name?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.visits.bare_names import name_from
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import MINISTERS, Case
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.portfolios import belongs, has_article, house, seats
from extractors.visits.scene import Scene, country_of, dateline_place

_UPPER = r"[^\W\d_a-zß-öø-ÿ\u0600-\u06ff]"
_TOKEN = re.compile(r"[\w’'-]+")
_GAP = re.compile(r"[ ]{0,3}")
_BETWEEN = re.compile(r"[ ]{0,2},?[ ]{0,3}")
_ACRONYM = re.compile(r"\([A-ZÀ-Þ][\w-]{1,9}\)")
_PHRASE = re.compile(r"(?:[ '](?:[\w-]+)){1,7}")
_BODY = re.compile(r" ([A-Z]{2,6} )$")
_SHORT, _FAR = 8, 120
"""A body by its letters between a possessive and a title: "by his UPDF counterpart"."""
_GOING = frozenset({"delegation", "head_of_state"})
"""Whose title is none of what stands behind it in a state: "le locataire de la Maison-Blanche au Costa Rica"."""
_PREFIX, _BODY_LENGTH = 3, 40
_BEHIND, _NEAR_TITLE = 40, 9
_LED, _CASE = 110, 24
_DEPUTY = 10
"""So many characters behind a title are looked at for what only one state has."""
_LISTED_BEFORE = re.compile(r"(?<![\w])([\w'-]{2,30})(?:,| and|, and| &) {1,2}$")
_WORD_BEFORE = re.compile(r"(?<![\w])([\w'-]{2,30}) {1,2}$")


def case_of(scene: Scene, start: int, end: int | None = None) -> Case:
    """How a person stands in the sentence, by the words around: as subject, agent, companion, possessor or goal."""
    carried = _carriers(scene.lexicon.language)
    if end is not None and scene.lexicon.genitive.match(scene.folded, end):
        return "subject" if carried[0].match(scene.folded, end) else "owner"
    short = _BODY.search(scene.text, max(0, start - _SHORT), start)
    start = short.start(1) if short else start
    match = scene.lexicon.case.search(scene.folded, max(0, start - 48), start)
    if match and match.lastgroup == "of" and carried[1].search(scene.folded, max(0, start - 48), match.start()):
        return "subject"
    return match.lastgroup if match and match.lastgroup in ("by", "with", "of", "to") else "subject"  # type: ignore[return-value]


@cache
def _carriers(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "the president's aircraft touched down", "l'avion du président s'est posé": who sits in it comes; behind an
    owner, and before one."""
    told = listed(language, "carriers")
    return re.compile(rf"['’]?s? (?:{told})(?!\w)"), re.compile(rf"(?<!\w)(?:{told}) ?$")


def state_of_title(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """The state of a title that only one state has; its words may go on behind those that the lists of offices tell."""
    states, title = scene.lexicon.country_by_title, scene.folded[start : end + _BEHIND]
    if not scene.lexicon.known_titles.search(title):
        return ()
    found = ((state, re.search(words, title)) for words, state in states.items())
    near = end - start + _NEAR_TITLE
    return next(((s,) for s, told in found if told and (told.start() <= end - start or told.end() <= near)), ())


def presides_over_a_thing(scene: Scene, hit: Hit, end: int) -> bool:
    """ "présidente de la Région": a president of what is no state."""
    gap = _GAP.match(scene.folded, end)
    link = scene.lexicon.links.match(scene.folded, gap.end()) if gap and end == hit.end else None
    if not link or link[0].strip() in scene.lexicon.loose_links:
        return False
    gap = _GAP.match(scene.folded, link.end())
    word = _TOKEN.match(scene.folded, gap.end() if gap else link.end())
    return bool(word and word[0] not in scene.lexicon.stops and word.start() not in scene.place_at)


def leads_a_thing(scene: Scene, title: int, things: str = "led_things") -> bool:
    """ "les membres de la commission, dirigée par le président X", "une délégation de l'Assemblée nationale, conduite
    par son président": a title behind what its bearer is told to lead."""
    first = max(scene.sentences[scene.sentence_number(title)].start, title - _LED)
    led = list(scene.lexicon.led_by.finditer(scene.folded, first, title))
    if not led or len(scene.folded[led[-1].end() : title].split()) > 1:
        return False
    return _led_thing(scene.lexicon.language, things).search(scene.folded, first, led[-1].start()) is not None


@cache
def _led_thing(language: str, things: str) -> re.Pattern[str]:
    told = listed(language, things)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)[^,;:.]{{0,60}},? ?$")


def delegation_state(scene: Scene, end: int) -> tuple[int, tuple[str, ...]]:
    """ "une délégation gouvernementale togolaise", "une mission du ministère turc": the first state in the phrase."""
    whence = _come_from(scene, end)
    if whence:
        return whence.end, whence.countries
    phrase = _PHRASE.match(scene.folded, end)
    for start in range(end, phrase.end() if phrase else end):
        if start in scene.cue_starts or scene.lexicon.led_by.match(scene.folded, start):
            break
        if scene.lexicon.inverted.match(scene.folded, start):
            break  # "C'est avec une délégation que le président togolais est arrivé"
        office = scene.lexicon.offices.at(scene.folded, start)
        is_one = office is not None and office.label in MINISTERS and not is_plural_title(scene, office)
        is_led = is_one and scene.folded[start - 1] == " "
        if is_led or (scene.lexicon.verb_first and office):
            break
        place = scene.place_at.get(start)
        if place and place.kind in ("country", "demonym") and len(place.countries) == 1:
            return (end, ()) if _is_goal(scene, place) else (place.end, place.countries)
    return end, ()


def _come_from(scene: Scene, party: int) -> Place | None:
    """ "une délégation venue de Cotonou": a town abroad, of the state that has sent it."""
    told = _coming_from(scene.lexicon.language).match(scene.folded, party)
    place = scene.place_at.get(told.end()) if told else None
    return place if place and country_of(place) not in (None, country_of(dateline_place(scene))) else None


@cache
def _coming_from(language: str) -> re.Pattern[str]:
    """Between a party and where it has come from."""
    return re.compile(rf" (?:{listed(language, 'coming_from')})[ '](?:\w{{1,2}}[ '])?")


def _is_goal(scene: Scene, place: Place) -> bool:
    """ "une délégation de parlementaires en Chine": where it is, not whose it is."""
    case = scene.lexicon.place_case.search(scene.folded, max(0, place.start - _CASE), place.start)
    return place.kind == "country" and case is not None and case.lastgroup in ("in", "to")


def is_plural_title(scene: Scene, hit: Hit) -> bool:
    if scene.lexicon.plurals:
        return scene.lexicon.plurals.search(scene.folded[hit.start : hit.end]) is not None
    words = scene.folded[hit.start : hit.end].split()
    return (
        scene.lexicon.has_capitals
        and words[0].endswith("s")
        and words[0] not in ("vis-a-vis", "pdgs")
        and len(words[0]) > 4
    )


def office_of_title(scene: Scene, hit: Hit, title: str, countries: Sequence[str]) -> str:
    if hit.label == "minister" and scene.lexicon.foreign.search(title):
        return hit.label if house(scene.lexicon.language) & set(title.split()) else "foreign_minister"
    if hit.label == "official" and countries and _is_of_a_state(scene, hit):
        return "head_of_state"
    bare = scene.lexicon.bare_titles
    if (title in bare if bare else " " not in title) and _serves_abroad(scene, hit):
        return "foreign_minister"
    words = scene.folded[hit.start : hit.end]
    if hit.label == "presiding":
        ends = scene.place_ending.get(hit.start + len(title))
        if ends is None or ends.kind != "country":
            return hit.label
        return "other" if _is_deputy(scene, hit.start) else "head_of_state"
    meanings = (scene.lexicon.by_country.get(country, {}).get(words) for country in countries)
    return next((office for office in meanings if office), hit.label)


def _is_of_a_state(scene: Scene, hit: Hit) -> bool:
    """ "Ghana's leader": not a party's, nor one of the state's leaders."""
    leads = language_table(scene.lexicon.language, "words").get("state_leaders", ())
    state = _place_ending(scene, hit.start) if scene.folded[hit.start : hit.end] in leads else None
    owner = scene.lexicon.genitive.match(scene.folded, state.end) if state else None
    return owner is not None and hit.start - owner.end() in (0, 1)


def _is_deputy(scene: Scene, start: int) -> bool:
    """ "the vice president of Liberia", where only "president of Liberia" is a title of the list."""
    told = language_table(scene.lexicon.language, "words").get("deputies", ())
    before = scene.folded[max(0, start - _DEPUTY) : start].split()[-1:]
    return bool(told) and any(word.startswith(tuple(told)) for word in before)


def _serves_abroad(scene: Scene, hit: Hit) -> bool:
    """ "the foreign ministry said that the minister …"."""
    if hit.label != "minister":
        return False
    start = scene.sentences[scene.sentence_number(hit.start)].start
    return scene.lexicon.foreign_ministry.search(scene.folded, start, hit.start) is not None


def states_before(scene: Scene, hit: Hit) -> tuple[int, tuple[str, ...]]:
    """What stands before the office and belongs to it: "Algerian foreign …", "Ghana's …", "Transport …"."""
    start = hit.start
    countries: tuple[str, ...] = ()
    for _ in range(6):
        place = _place_ending(scene, start)
        if place:
            start, countries = place.start, place.countries
            break
        if scene.lexicon.title_before_portfolio:
            break
        word = _WORD_BEFORE.search(scene.folded[max(0, start - 34) : start])
        word = word if word and _is_of_field(scene, word[1]) else _listed_before(scene, hit, start)
        if not word:
            break
        start -= len(word[0])
    return start, countries


def _listed_before(scene: Scene, hit: Hit, start: int) -> re.Match[str] | None:
    """ "Commerce, Trade and Industry Minister": a field that is joined to the next one."""
    word = _LISTED_BEFORE.search(scene.folded[max(0, start - 40) : start]) if start < hit.start else None
    is_field = word is not None and _is_of_field(scene, word[1]) and scene.text[start - len(word[0])].isupper()
    return word if is_field else None


def _is_of_field(scene: Scene, word: str) -> bool:
    return set(word.split("-")) <= scene.lexicon.portfolio


@cache
def _body(language: str) -> re.Pattern[str]:
    """ "the Nigerien junta's defence minister": a body that owns the title behind it, whose people stand before it."""
    bodies = listed(language, "bodies")
    return re.compile(rf" (?:{bodies})(?:'s?|s') ?$")


def _place_ending(scene: Scene, end: int) -> Place | None:
    body = _body(scene.lexicon.language).search(scene.folded, max(0, end - _BODY_LENGTH), end)
    if body and (people := scene.place_ending.get(body.start())) and people.kind == "demonym":
        return people
    gap = 0
    while gap < 3 and end - gap > 0 and scene.folded[end - gap - 1 : end - gap] in (" ", "s", "'", ".") and gap < 4:
        gap += 1
    for back in range(gap + 1):
        place = scene.place_ending.get(end - back)
        if place and "." in scene.folded[place.end : end] and "." not in place.text:
            return None
        if place and (back > 0) and (place.kind == "demonym" or not scene.lexicon.title_before_portfolio):
            return place
    return None


def read_portfolio(scene: Scene, hit: Hit) -> tuple[int, tuple[str, ...]]:
    """Where the title ends behind its office, and the states named in it."""
    lexicon, folded = scene.lexicon, scene.folded
    inside = _place_over(scene, hit)
    end = at = inside.end if inside else hit.end
    countries: tuple[str, ...] = inside.countries if inside else ()
    linked = follows_link = False
    several = bool(scene.lexicon.definite) and is_plural_title(scene, hit)
    for _ in range(40):
        gap = _GAP.match(folded, at)
        here = gap.end() if gap else at
        place = _place_behind(scene, here, is_plural=several)
        acronym = _ACRONYM.match(scene.text, here) if end > hit.end or " " in folded[hit.start : hit.end] else None
        if acronym:
            at = end = acronym.end()
            continue
        may_go = hit.label in _GOING or (follows_link and not lexicon.glued and hit.label != "ambassador")
        if place and may_go and _is_goal(scene, place):
            break  # "Primeiro-ministro no Luxemburgo", "une mission d'information au Niger"
        if (
            place
            and _may_stand(scene, place, follows_link)
            and _may_hold(place, hit, countries, follows_link or several)
        ):
            at = end = place.end
            countries += tuple(c for c in place.countries if c not in countries)
            linked = follows_link = False
            continue
        link = lexicon.links.match(folded, here) if not linked else None
        if link:
            at, linked, follows_link = link.end(), True, link[0].strip(" ") not in lexicon.loose_links
            is_joint = all(word in lexicon.joints for word in link[0].replace(",", " ").split())
            if (not follows_link or is_joint) and _opens_office(scene, at):
                break
            continue
        word = _TOKEN.match(folded, here)
        is_seat = linked and not follows_link and end > hit.end and word and word[0] in seats(lexicon.language)
        if not word or is_seat or not belongs(scene, hit, word, follows_link):
            break
        at = end = word.end()
        linked = follows_link = False
    return end, countries


def _place_behind(scene: Scene, here: int, *, is_plural: bool = False) -> Place | None:
    """The place that begins at a word or behind its glued preposition (of several officials: conjunction); none that
    is the verb's object."""
    place = scene.place_at.get(here)
    if place is not None:
        before = scene.folded[max(0, here - 30) : here].split()
        is_closed = bool(before) and has_article(scene.lexicon, before[-1])
        if place.kind == "country" and _owns_next_title(scene, place):
            return None
        return None if is_closed and place.kind in ("country", "city") else place
    for joint in scene.lexicon.loose_links if is_plural else ():
        second = scene.place_at.get(here + len(joint)) if scene.folded.startswith(joint, here) else None
        if second and second.kind in ("country", "demonym"):
            return second
    for prefix in (*scene.lexicon.glued, *scene.lexicon.glued_states):
        inside = scene.place_at.get(here + len(prefix)) if scene.folded.startswith(prefix, here) else None
        if inside and inside.kind == "country" and _is_of_title(scene, inside, prefix):
            return inside
    return None


def _owns_next_title(scene: Scene, place: Place) -> bool:
    """ "a special envoy of Nigeria's president": the state is that of the title behind it."""
    owned = scene.lexicon.genitive.match(scene.folded, place.end)
    return owned is not None and owned.end() > place.end and _opens_office(scene, owned.end() + 1)


def _is_of_title(scene: Scene, place: Place, prefix: str) -> bool:
    """Whether a state glued to a title belongs to it: by its official name, or with a person's name behind it."""
    first, *more = scene.folded[place.start : place.end].split()
    is_official = bool(more) and first in scene.lexicon.state_words
    if is_official and (prefix in scene.lexicon.glued_states or not _is_visited(scene, place)):
        return True
    between = _BETWEEN.match(scene.folded, place.end)
    at = between.end() if between else place.end
    if prefix not in scene.lexicon.glued or at == place.end:
        return False
    if scene.lexicon.honorific.match(scene.folded, at):
        return True
    name = name_from(scene, at)
    is_full = name is not None and " " in scene.text[name.start : name.end]
    return name is not None and ("," in scene.folded[place.end : at] or (prefix.endswith(" ") and is_full))


def _is_visited(scene: Scene, place: Place) -> bool:
    """ "the visit of the minister to the republic of Benin": where one preposition tells whose and where."""
    return scene.lexicon.visit_noun.search(scene.folded, max(0, place.start - _FAR), place.start) is not None


def _place_over(scene: Scene, hit: Hit) -> Place | None:
    """ "président de la République fédérale de Somalie": the state's name begins inside the office's words."""
    return next((p for p in places_inside(scene, hit) if p.end > hit.end), None)


def places_inside(scene: Scene, hit: Hit) -> Iterator[Place]:
    if not scene.has_place_between(hit.start + 4, hit.end):
        return
    for match in _TOKEN.finditer(scene.folded, hit.start + 4, hit.end):
        place = scene.place_at.get(match.start())
        if place:
            yield place


def _opens_office(scene: Scene, at: int) -> bool:
    """ "… and Foreign Minister", "… and the Turkish president": another title, where what belongs to an office stands
    before it."""
    lexicon, folded = scene.lexicon, scene.folded
    if lexicon.title_before_portfolio:
        return False
    for _ in range(4):
        gap = _GAP.match(folded, at)
        at = gap.end() if gap else at
        if lexicon.offices.at(folded, at):
            return True
        people = scene.place_at.get(at)
        if people and people.kind == "demonym":
            at = people.end
            continue
        word = _TOKEN.match(folded, at)
        if not word or word[0] not in lexicon.portfolio:
            return False
        at = word.end()
    return False


def _may_stand(scene: Scene, place: Place, follows_link: bool) -> bool:
    """Behind a title a city needs a link, and so does any place where adjectives stand before their noun."""
    return follows_link or (place.kind != "city" and scene.lexicon.title_before_portfolio)


def _may_hold(place: Place, hit: Hit, countries: tuple[str, ...], follows_link: bool) -> bool:
    return not countries or place.kind == "demonym" or (follows_link and hit.label in MINISTERS)
