"""Which titles stand for one person, and which for several?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.text import Span
from extractors.visits.language_files import language_table
from extractors.visits.mentions import BARRED, MINISTERS, Mention
from extractors.visits.person_names import name_behind
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_APPOSED = re.compile(r" ?[,:] (?:\w{1,3}[ '])?")
_TWO, _OF, _TAIL = 2, 5, 90
_LONGEST_BARE = 10
"""A counterpart whom the text then calls just "Minister X" holds the same office as his peer."""
_ONE_SLOT = frozenset({"arrive", "go", "leave", "return", "stay"})
_PAID = frozenset({"visit_by", "in_visit"})
_HEADS = frozenset({"head_of_state", "head_of_government", "speaker_of_parliament", "military"})
_CAREERS = MINISTERS | {"counterpart"}
"""Who may bear the rank of an ambassador beside an office of his own."""
_CALLED_FIRST = frozenset({"counterpart", "official", "special_envoy"})
"""Behind whom a title in apposition tells who that is: "a senior Togolese official, the minister X"."""
_BEFORE = 30
_SENT = 9
"""So far behind "envoy" his sender stands: " of the ", " de la "."""


def join_titles(scene: Scene, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Titles in one apposition are one mention: "ministre d'État, ministre des Affaires étrangères, M. X"."""
    last: Mention | None = None
    for mention in mentions:
        if last and _is_apposition(scene, last, mention, mentions):
            last = _merged(last, mention)
            continue
        if last and _is_attached(scene, last, mention):
            last = replace(_merged(last, mention), office=last.office)
            continue
        if last and _is_sent_by(scene, last, mention):
            last = replace(last, countries=mention.countries)
            is_told = any(m.office == last.office and m.name not in (None, mention.name) for m in mentions)
            if is_told:
                yield last
                last = mention
                continue
            is_apart = mention.title is not None and "," in scene.folded[mention.title.end : mention.end]
            if mention.name and is_apart and not (last.name or _is_in_the_capacity(scene, last)):
                last, mention = replace(last, name=mention.name), replace(mention, name=None)
            if scene.lexicon.definite and mention.name and not last.name:
                last = replace(last, name=mention.name, end=mention.end, title=_title_with(last, mention))
                continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def ranked_envoys(scene: Scene, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """ "l'envoyé spécial du président du Soudan du Sud, l'ambassadeur X": X, an ambassador by rank, is the envoy."""
    named: dict[int, str | None] = {}
    ranks: set[int] = set()
    for envoy, sender, ranked in zip(mentions, mentions[1:], mentions[2:], strict=False):
        is_envoy = envoy.office == "special_envoy" and not envoy.name and _is_near(envoy, sender)
        is_rank = ranked.office == "ambassador" and ranked.name and not ranked.countries
        if is_envoy and is_rank and _APPOSED.fullmatch(scene.folded, sender.end, max(sender.end, ranked.start)):
            named[envoy.start] = ranked.name
            ranks.add(ranked.start)
    for mention in mentions:
        if mention.start not in ranks:
            yield replace(mention, name=named.get(mention.start, mention.name))


def _is_near(envoy: Mention, sender: Mention) -> bool:
    return sender.office in _HEADS and 0 <= sender.start - envoy.end <= _SENT


def _is_attached(scene: Scene, first: Mention, second: Mention) -> bool:
    """ "ministre délégué auprès du Premier ministre, X"; an envoy is sent to whom he is "auprès de"."""
    is_office = first.office != "special_envoy" and not first.name
    return is_office and scene.lexicon.attached.fullmatch(scene.folded, first.end, second.start) is not None


def part_plural(scene: Scene, mention: Mention) -> Iterator[Mention]:
    """ "les présidents nigérien et béninois" are two officials, each of a state; names behind go in the same order."""
    mention = _with_listed_states(scene, mention)
    states = _states_inside(scene, mention)
    if not mention.is_plural or len(states) < _TWO:
        yield mention
        return
    named = mention if mention.name else _named_behind(scene, mention)
    names = _names_behind(scene, named, len(states)) if named.name else []
    names = names if mention.name or len(names) == len(states) else []
    if mention.name and len(names) != len(states):
        yield mention
        return
    ends = [*(place.start for place in states[1:]), mention.end]
    title = mention.title
    for number, (place, end) in enumerate(zip(states, ends, strict=True)):
        first, start = number == 0, place.start
        one = replace(mention, countries=place.countries, is_plural=False, title=title if first else None)
        if names:
            name, begin, after = names[number]
            one = replace(one, name=name, start=mention.start if first else begin, end=after)
        else:
            one = replace(one, start=mention.start if first else start, end=end)
        yield one


def _states_inside(scene: Scene, mention: Mention) -> list[Place]:
    """The words that name the states of a title; one that may be of several states ("congolais") is one official's."""
    if not mention.is_plural or not scene.has_place_between(mention.start, mention.end):
        return []
    inside = [p for p in scene.places_between(mention.start, mention.end) if p.kind in ("country", "demonym")]
    told = [state for place in inside for state in place.countries]
    return inside if sorted(told) == sorted(mention.countries) else []


def _named_behind(scene: Scene, mention: Mention) -> Mention:
    """ "The presidents of Togo and Benin, X and Y": the title with the first of the names behind its states."""
    name, end = name_behind(scene, mention.end)
    return replace(mention, name=name, end=end) if name else mention


def _names_behind(scene: Scene, mention: Mention, count: int) -> list[tuple[str, int, int]]:
    """The names that follow a plural title: name, where it begins with its honorifics, where it ends."""
    found = [(mention.name or "", mention.start, mention.end)]
    while len(found) < count:
        step = scene.lexicon.list_step.match(scene.folded, found[-1][2])
        begin = step.end() if step else found[-1][2]
        name, after = name_behind(scene, begin) if step else (None, begin)
        if not name:
            break
        found.append((name, begin, after))
    return found


def _with_listed_states(scene: Scene, mention: Mention) -> Mention:
    """ "os Presidentes do Quénia, da Tanzânia e do Uganda": a plural title with all the states that follow it."""
    if not mention.is_plural or mention.name or not mention.countries:
        return mention
    for place in scene.places:
        between = scene.lexicon.list_step.fullmatch(scene.folded, mention.end, max(mention.end, place.start))
        if place.start > mention.end and between and place.kind in ("country", "demonym") and len(place.countries) == 1:
            mention = replace(mention, end=place.end, countries=(*mention.countries, *place.countries))
    for place in () if scene.lexicon.title_before_portfolio else reversed(scene.places):
        is_next = scene.folded[place.end : mention.start].strip(" ,") in scene.lexicon.loose_links
        if place.end < mention.start and is_next and place.kind == "demonym" and len(place.countries) == 1:
            mention = replace(mention, start=place.start, countries=(*place.countries, *mention.countries))
    return mention


def _is_apposition(scene: Scene, first: Mention, second: Mention, mentions: Sequence[Mention]) -> bool:
    if first.office == "delegation" and second.office == "outsider" and 0 <= second.start - first.end <= _OF:
        return second.start - first.end <= _TWO or case_of(scene, second.start) == "of"
    if first.office == "former" and not first.name and 0 <= second.start - first.end <= _OF:
        return case_of(scene, second.start) == "of"  # "le prédécesseur du ministre togolais, X"
    if second.is_plural or first.is_plural or (first.name and second.name and first.name != second.name):
        return False
    if second.start < first.end:
        return True
    if second.office == "special_envoy" and first.name and _acts_as(scene, first, second):
        return True
    if first.office == "legislator" and second.office == "outsider":
        return False  # "le sénateur X, président du groupe d'amitié" is no less one
    if first.office == "delegation" or second.office in ("counterpart", "delegation", "official", "legislator"):
        return False
    if first.countries and second.countries and set(first.countries).isdisjoint(second.countries):
        return False
    if first.name and second.office == "outsider" and not second.name and _names_another(scene, second):
        return False
    between = scene.folded[first.end : second.start]
    is_met = second.title is not None and _is_met(scene, first, mentions)
    if is_met and _does_something(scene, _with_rank_behind(scene, second, mentions)):
        return False
    if "\n" in between or (scene.lexicon.verb_first and _is_sent_by(scene, first, second)):
        return False
    if scene.lexicon.verb_first and not between.strip() and _says_it_again(first, second):
        return True
    if scene.lexicon.verb_first and _are_two(first, second) and not _travels(scene, first):
        return _stands_behind_subject(scene, first, mentions)
    if _joins_offices(scene, between) and _are_one_minister(first, second):
        return True
    ends_in_title = not first.name or (scene.lexicon.verb_first and not second.name and _ends_in_title(first))
    if between.strip() == "," or (len(between) <= 3 and between.strip() == "" and ends_in_title):
        return True
    is_anothers = not scene.lexicon.possessives.isdisjoint(between.replace(",", " ").split())  # ", his spokesman said"
    return first.office in _CALLED_FIRST and not is_anothers and bool(_APPOSED.fullmatch(between))


def _acts_as(scene: Scene, first: Mention, envoy: Mention) -> bool:
    is_open = not (first.countries or envoy.name)
    return is_open and _acting_as(scene.lexicon.language).fullmatch(scene.folded, first.end, envoy.start) is not None


@cache
def _acting_as(language: str) -> re.Pattern[str]:
    """ "the minister X, who came as the special envoy of": between somebody and the capacity in which he has come."""
    return re.compile(rf",? (?:\w+ ){{0,3}}(?:{listed(language, 'acting_as')})[ '](?:\w{{1,3}}[ '])?")


def _says_it_again(first: Mention, second: Mention) -> bool:
    """ "King X, king of the country": the same office behind the name, of no other state; so too "President X,
    president of the Republic of the Gambia", whose state only the second tells."""
    is_other = bool(second.name) or bool(first.countries and second.countries)
    return first.office == second.office and bool(first.name) and not is_other


def _joins_offices(scene: Scene, between: str) -> bool:
    """ "Minister of Trade and acting Minister of Media X": what stands between two offices of one person."""
    also = language_table(scene.lexicon.language, "words").get("also_holding", ())
    return " ".join(w for w in between.split() if w not in also) in scene.lexicon.loose_links


def _names_another(scene: Scene, title: Mention) -> bool:
    """ "the minister X, president of the chamber of commerce, Ms Y": a polite word behind the title's comma opens its
    own name."""
    comma = scene.folded.find(", ", title.end, title.end + _TAIL)
    polite = scene.lexicon.honorific.match(scene.folded, comma + 2) if comma >= 0 else None
    return polite is not None and scene.text[polite.end() : polite.end() + 1].isupper()


def _is_met(scene: Scene, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """A counterpart whom somebody meets of whom the sentence tells only later."""
    if mention.office != "counterpart" or mention.name or case_of(scene, mention.start, mention.end) == "subject":
        return False
    start = scene.sentences[scene.sentence_number(mention.start)].start
    return not any(start <= m.start < mention.start for m in mentions)


def _does_something(scene: Scene, mention: Mention) -> bool:
    """ "… avec son homologue, le président X, est arrivé": a verb right behind a title makes it the subject."""
    return any(mention.end + gap in scene.cue_starts for gap in (1, 2)) and mention.name is not None


def _with_rank_behind(scene: Scene, title: Mention, mentions: Sequence[Mention]) -> Mention:
    """ "le ministre de la Défense, le général X, a visité": the name behind a second title."""
    behind = next((m for m in mentions if m.start > title.start), None)
    if title.name or behind is None or not behind.name:
        return title
    return behind if scene.folded[title.end : behind.start].strip() == "," else title


def _are_two(first: Mention, second: Mention) -> bool:
    """Where verbs stand first, a subject and its object follow each other as two titles of one person do."""
    if first.office == second.office or "royal" in (first.office, second.office):
        return False
    if second.office in MINISTERS:
        return first.office in _HEADS and bool(second.countries) and not first.countries
    if first.office == "other":
        return second.office == "head_of_state"  # a vice-president may be prime minister as well
    return second.office in _HEADS and first.office in _HEADS | MINISTERS


def _travels(scene: Scene, mention: Mention) -> bool:
    """Whether the verb before, else the words behind, are of travel, which has a subject and no object."""
    start, end = scene.sentences[scene.sentence_number(mention.start)]
    told = [c for c in scene.cues if start <= c.start < end]
    before = [c for c in told if c.start < mention.start]
    return before[-1].label in _ONE_SLOT if before else bool(told) and told[0].label in _PAID


def _stands_behind_subject(scene: Scene, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """ "received the-president X the-sheikh Y, prime-minister, foreign-minister": with Y the verb has its object."""
    start = scene.sentences[scene.sentence_number(mention.start)].start
    verb = next((c.end for c in scene.cues if c.start >= start), mention.start)
    is_named = mention.name is not None and mention.title is not None and mention.title.end == mention.end
    return is_named and any(verb <= m.start and m.end <= mention.start and m.name for m in mentions)


def _are_one_minister(first: Mention, second: Mention) -> bool:
    """ "Minister for Home Affairs and Minister for Law X", "X, Minister of State and envoy of Y"."""
    offices = MINISTERS | {"special_envoy"}
    if first.name and not second.name and second.office == "head_of_government":
        return first.office in offices | {"royal"}
    if first.name and second.countries and not first.countries:
        return False  # "Audience du Premier ministre X au ministre chinois"
    one_named = (first.name is None) != (second.name is None)
    if one_named and {first.office, second.office} - MINISTERS == {"head_of_government"}:
        return True  # "le Premier ministre et ministre des Affaires étrangères, X"
    return one_named and first.office in offices and second.office in offices


def _ends_in_title(mention: Mention) -> bool:
    return mention.title is not None and mention.title.end == mention.end


def _is_sent_by(scene: Scene, first: Mention, second: Mention) -> bool:
    """ "un émissaire du président zimbabwéen" serves the president's state."""
    near = 0 <= second.start - first.end <= _SENT and case_of(scene, second.start) == "of"
    return near and first.office in ("special_envoy", "deputy_minister", "other") and not first.countries


def _is_in_the_capacity(scene: Scene, envoy: Mention) -> bool:
    """ "reçu en sa qualité d'envoyé spécial du président, X": the envoy has been named, and X is who sent him."""
    words = _capacity(scene.lexicon.language)
    return words.search(scene.folded, max(0, envoy.start - _BEFORE), envoy.start) is not None


@cache
def _capacity(language: str) -> re.Pattern[str]:
    told = listed(language, "in_capacity")
    return re.compile(rf"(?<!\w)(?:{told})[ ']?$")


def _title_with(envoy: Mention, sender: Mention) -> Span | None:
    return Span(envoy.title.start, sender.title.end) if envoy.title and sender.title else envoy.title


def _merged(first: Mention, second: Mention) -> Mention:
    ranked = (
        "foreign_minister",
        "royal",
        "head_of_state",
        "head_of_government",
        "speaker_of_parliament",
        "special_envoy",
        "minister",
        "deputy_minister",
        "military",
        "other",
    )
    offices = {first.office, second.office}
    if "head_of_government" in offices:  # who leads the government may keep its foreign affairs
        offices.discard("foreign_minister")
    office = next((o for o in ranked if o in offices), first.office)
    is_rank = second.office == "ambassador" and not second.countries and first.office in _CAREERS
    holds_office = first.office == "ambassador" and not first.countries and second.office in MINISTERS
    if is_rank:  # "el canciller, embajador X", "son homologue, l'ambassadeur X": a career, no post
        office = first.office
    elif holds_office:  # "Ambassador X, Minister of Foreign Affairs"
        office = second.office
    elif offices & BARRED and "special_envoy" not in offices:
        office = next(o for o in (first.office, second.office) if o in BARRED)
    if "deputy_minister" in offices and "minister" in offices:
        office = "deputy_minister"
    if "counterpart" in offices and "minister" in offices and second.title and second.office == "minister":
        is_bare = second.title.end - second.title.start <= _LONGEST_BARE
        office = "counterpart" if is_bare else office
    title = max((t for t in (first.title, second.title) if t), key=lambda t: t.end - t.start, default=None)
    return replace(
        first,
        end=max(first.end, second.end),
        office=office,
        title=title,
        name=first.name or second.name,
        countries=first.countries or second.countries,
        is_counterpart=first.is_counterpart or second.is_counterpart or "counterpart" in offices,
    )
