"""Who is named with which office, of which state, and in which words?

A mention is an office with what is printed around it, in any order: portfolio, state, apposition, honorifics, name. The
grammar is one for all languages; the words come from the language file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.text import Span, fold
from extractors.visits.appositions import join_titles, part_plural, ranked_envoys
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.listed_officials import part_list, part_pair
from extractors.visits.mentions import Mention
from extractors.visits.person_names import (
    is_followed_by_name,
    name_behind,
    name_behind_post,
    polite_before,
    state_behind,
    with_name_before,
)
from extractors.visits.phrases import any_source, listed
from extractors.visits.scene import Scene
from extractors.visits.titles import (
    case_of,
    delegation_state,
    is_plural_title,
    leads_a_thing,
    office_of_title,
    places_inside,
    presides_over_a_thing,
    read_portfolio,
    state_of_title,
    states_before,
)

_NO_ARTICLE = re.compile(r"[^ ]{0,3},[ ]{1,2}$")
_PREFIX, _MOST_JOINTS, _MOST_WORDS = 3, 3, 8
_BRACKET = re.compile(r"\((?:\w+[ ']){0,3}$")
_BRACKET_END = re.compile(r"(?: \w+)?\s?\)")
_WORD, _BEARER = 20, 24
_FIELD = re.compile(r" ?([\w-]+)")
_SHORT = 3
_POSTED = frozenset({"ambassador", "special_envoy"})
_LONGEST = 600
_SHORT_OF = 24
"""So far before a title begins what says that its holder comes from somewhere: "le retour du "."""
"""So many officials are read at most; no article that tells of visits comes near."""


def find_mentions(scene: Scene) -> tuple[Mention, ...]:
    """Every office of the text in reading order, with portfolio, state and the name that stands beside it."""
    titles: list[Mention] = []
    for hit in scene.office_hits:
        if (not titles or hit.start >= titles[-1].end) and not _is_part_of_name(scene, hit):
            mention = _mention(scene, hit)
            if titles and mention.start < titles[-1].end:
                if titles[-1].office == "special_envoy":
                    titles[-1] = _without_sender(scene, titles[-1], mention)
                else:
                    mention = _without_title_before(titles[-1], mention, hit)
            if mention.office != "presiding":
                titles.append(_with_side(scene, mention))
            if len(titles) > _LONGEST:
                break
    joined = [part for m in ranked_envoys(scene, tuple(join_titles(scene, titles))) for part in part_plural(scene, m)]
    listed = [one for mention in joined for one in part_list(scene, mention)]
    found = [_with_case(scene, m) for one in listed for m in part_pair(scene, one)]
    return tuple(_as_residents(scene, list(_with_shared_case(scene, found))))


def _as_residents(scene: Scene, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """ "French envoy calls on PM" over a French ambassador's call: papers call ambassadors so, who are no envoys."""
    lede = scene.sentence_number(scene.shift) + 1
    posted = [m for m in mentions if m.office == "ambassador" and scene.sentence_number(m.start) <= lede]
    for mention in mentions:
        own = (m for m in posted if m.countries == mention.countries and (not mention.name or mention.name == m.name))
        is_resident = mention.office == "special_envoy" and _is_called_envoy(scene, mention) and next(own, None)
        yield replace(mention, office="ambassador") if is_resident else mention


def _is_called_envoy(scene: Scene, mention: Mention) -> bool:
    """Whether a title is "envoy" with a state before it and no word besides, as "special" or "peace"."""
    place = scene.place_at.get(mention.start)
    if mention.title is None or place is None:
        return False
    words = language_table(scene.lexicon.language, "words").get("resident_envoys", ())
    owned = scene.lexicon.genitive.match(scene.folded, place.end)
    return scene.folded[owned.end() if owned else place.end : mention.title.end].strip() in words


def _without_title_before(title: Mention, mention: Mention, hit: Hit) -> Mention:
    """ "the-minister the-Egyptian the-ambassador X": the people belong to the title before, the name stays."""
    is_behind = mention.title is not None and mention.end > mention.title.end
    states = () if set(mention.countries) <= set(title.countries) else mention.countries
    return replace(mention, start=hit.start, name=mention.name if is_behind else None, countries=states)


def _without_sender(scene: Scene, envoy: Mention, sender: Mention) -> Mention:
    """ "a special envoy of the Guinean president, X": the people named there is the sender's, and so the envoy's."""
    end = envoy.start + len(scene.text[envoy.start : sender.start].rstrip())
    link = scene.lexicon.case.search(scene.folded, envoy.start, sender.start)
    end = link.start() if link else end
    end = envoy.start + len(scene.text[envoy.start : end].rstrip())
    return replace(envoy, end=end, title=Span(envoy.start, end), countries=())


def _with_shared_case(scene: Scene, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """ "met with President X and Prime Minister Y": the second stands as the first, unless a verb follows it; so does
    the second of "met with the ministers of Ecuador and Panama"."""
    last: Mention | None = None
    for mention in mentions:
        goes_on = last is not None and mention.start == last.end and mention.title is None and not mention.name
        if last and goes_on and last.case == "with" and not scene.in_headline(mention.start):
            mention = replace(mention, case="with")
        if last and last.case == "with" and mention.case == "subject" and _is_joined(scene, last, mention):
            mention = replace(mention, case="with")
        yield mention
        last = mention


def _is_joined(scene: Scene, first: Mention, second: Mention) -> bool:
    between = scene.folded[first.end : second.start].split()
    if not between or len(between) > _MOST_JOINTS or any(word not in scene.lexicon.joints for word in between):
        return False
    acts = any(second.end + gap in scene.cue_starts for gap in (0, 1, 2))
    return any(word not in scene.lexicon.articles for word in between) and not acts


def _with_side(scene: Scene, mention: Mention) -> Mention:
    """ "the Omani side, His Excellency X, minister …": the state of the side for which somebody stands."""
    if mention.countries or not scene.lexicon.sides:
        return mention
    end = mention.start - polite_before(scene, mention.start)
    while end > 0 and scene.folded[end - 1] in " ,":
        end -= 1
    place = scene.place_ending.get(end)
    if place is None or not scene.lexicon.sides.search(scene.folded, max(0, place.start - 12), place.start):
        return mention
    return replace(mention, countries=place.countries)


def _with_case(scene: Scene, mention: Mention) -> Mention:
    if mention.title is None:
        return mention
    case = case_of(scene, mention.start, mention.end)
    if case == "subject" and not mention.name and _is_predicate(scene, mention):
        case = "of"
    return mention.standing(case, is_new=_is_new(scene, mention))


def _is_predicate(scene: Scene, mention: Mention) -> bool:
    """ "Nommé ministre par le président X, il s'était rendu": what somebody was made is not who acts."""
    made = _made(scene.lexicon.language)
    return made.search(scene.folded, max(0, mention.start - _WORD), mention.start) is not None


@cache
def _made(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_source(language_table(language, 'words').get('made', ()))})(?: \w+)? $")


def _is_new(scene: Scene, mention: Mention) -> bool:
    lexicon = scene.lexicon
    if lexicon.then.match(scene.folded, mention.end):
        return True
    return lexicon.indefinite.search(scene.folded, max(0, mention.start - 22), mention.start) is not None


def _is_part_of_name(scene: Scene, hit: Hit) -> bool:
    """ "M. Pape Diouf": a word of office that is a given name."""
    line = scene.folded[max(0, hit.start - _BEARER) : hit.start].rpartition("\n")[2]
    before = line.split()  # a headline "… at Kamuzu Palace" is none of the text's first words
    if not scene.lexicon.has_capitals and len(before) > 1 and _is_thing(scene, before):
        return True
    if hit.label == "special_envoy" and before and before[-1].split("'")[-1] in _auxiliaries(scene.lexicon.language):
        return True  # "a envoyé hier son ministre"
    if hit.label == "special_envoy" and _is_bracketed(scene, hit):
        return True  # "Banjul (de notre envoyé spécial)": the paper's own
    if hit.end - hit.start <= _SHORT and before and before[-1][-1].isdigit():
        return True  # "9 pm"
    if scene.is_inside_place(hit.start) or (hit.label == "royal" and _is_surname(scene, hit)):
        return True
    if before and scene.text[hit.start].isupper() and _bears_it(scene, before):
        return True
    return hit.label == "outsider" and bool(before) and scene.lexicon.honorific.fullmatch(before[-1] + " ") is not None


def _is_bracketed(scene: Scene, hit: Hit) -> bool:
    """Whether brackets hold an office and what belongs to it, and no name."""
    opening = _BRACKET.search(scene.folded, max(0, hit.start - _BEARER), hit.start)
    return opening is not None and _BRACKET_END.match(scene.folded, hit.end) is not None


@cache
def _auxiliaries(language: str) -> frozenset[str]:
    """Behind which a word that may be an envoy is the participle of sending."""
    return frozenset(language_table(language, "words").get("auxiliaries", ()))


def _bears_it(scene: Scene, before: Sequence[str]) -> bool:
    """ "l'aéroport international Président X Y": a title with a capital right behind what bears the name."""
    return scene.lexicon.has_capitals and before[-1].split("'")[-1] in scene.lexicon.things


def _is_surname(scene: Scene, hit: Hit) -> bool:
    """ "Nuno Salvaterra Reis, que …": a king's word with a capital behind a name and before none."""
    before = scene.text[max(0, hit.start - _WORD) : hit.start]
    word = before.rstrip().split(" ")[-1] if before[-1:] == " " else ""
    is_apart = not word[:1].isupper() or not word[-1:].isalpha() or fold(word) in scene.lexicon.stops
    if is_apart or not scene.text[hit.start].isupper() or scene.place_ending.get(hit.start - 1):
        return False
    return not scene.text[hit.end : hit.end + 2].strip()[:1].isupper()


def _is_thing(scene: Scene, before: Sequence[str]) -> bool:
    """ "King Khalid airport": what stands right before bears the name; not so "at-the-airport his-counterpart"."""
    word = before[-1] if len(before[-1]) > _PREFIX else before[-2]
    lexicon = scene.lexicon
    glued = (n for n in lexicon.prefix_lengths(word, 0, len(word)) if not _ends_with_article(scene, word[:n]))
    return word in lexicon.things or any(word[n:] in lexicon.things for n in glued)


def _ends_with_article(scene: Scene, prefix: str) -> bool:
    return bool(scene.lexicon.definite) and prefix.endswith(scene.lexicon.definite)


def _mention(scene: Scene, hit: Hit) -> Mention:
    lexicon = scene.lexicon
    start, countries = states_before(scene, hit)
    end, more = read_portfolio(scene, hit)
    countries = countries + tuple(c for c in more if c not in countries)
    countries = countries or state_of_title(scene, start, end) or _inside(scene, hit) or _of_last_state(scene, start)
    countries = countries or _citizens_abroad(scene, hit.end, end)
    if hit.label == "delegation" and not countries:
        end, countries = delegation_state(scene, end)
    office = office_of_title(scene, hit, scene.folded[start:end], countries)
    if hit.label == "head_of_state" and presides_over_a_thing(scene, hit, end):
        office = "outsider"
    if hit.label == "head_of_state" and not countries and leads_a_thing(scene, start):
        office = "other"
    elif office == "head_of_state" and not countries and leads_a_thing(scene, start, "chambers"):
        office = "speaker_of_parliament"
    former = lexicon.former.search(scene.folded, max(0, start - 16), start)
    ended = lexicon.former_after.match(scene.folded, end)
    if ended is None and lexicon.verb_first and countries:  # "وزيرة الخارجية السويدية السابقة"
        ended = lexicon.former_after.search(scene.folded, hit.end, end)
    if former or ended:
        office, start = "former", former.start() if former else start
        end = max(end, ended.end()) if ended else end
    plural = office != "delegation" and is_plural_title(scene, hit)
    bare = Mention(start, end, office, Span(start, end), None, countries, is_plural=plural)
    if _NO_ARTICLE.search(scene.folded, max(0, start - 4), start) and not is_followed_by_name(scene, end):
        named = with_name_before(scene, bare)
        if named.name:
            return named
    name, after = name_behind(scene, end) if office != "delegation" else (None, end)
    if not name and hit.label == "counterpart":
        field = _field_behind(scene, end)
        name, after = name_behind(scene, field) if field > end else (None, end)
    if not name and hit.label in _POSTED and lexicon.has_capitals:
        name, after = name_behind_post(scene, end)
    if not name:
        named = with_name_before(scene, bare)
        return named if named.name or plural or office == "delegation" else _with_name_behind_tail(scene, named)
    home = None if countries or _is_coming_from(scene, start) else state_behind(scene, after)
    if home:
        after, countries = home.end, home.countries
    return Mention(start, after, office, bare.title, name, countries, is_plural=plural)


def _field_behind(scene: Scene, end: int) -> int:
    """ "son homologue malgache de la Pêche, X": where the portfolio behind a counterpart ends."""
    for _ in range(_MOST_WORDS):
        comma = scene.folded.startswith(", ", end)
        is_apart = comma or scene.folded.startswith(" ", end)
        link = scene.lexicon.links.match(scene.folded, end + 1 + comma) if is_apart else None
        is_apart = is_apart and (link is not None or not comma)
        word = _FIELD.match(scene.folded, link.end() if link else end) if is_apart else None
        if word is None or not scene.lexicon.is_portfolio(word[1]):
            break
        end = word.end()
    return end


def _with_name_behind_tail(scene: Scene, mention: Mention) -> Mention:
    """ "le Premier ministre par intérim, X Y, …": the name behind what only says how somebody holds the office, or that
    he serves the state named last ("o seu homólogo daquele país, X Y")."""
    tail = scene.lexicon.title_tail.match(scene.folded, mention.end)
    name, after = name_behind(scene, tail.end()) if tail else (None, mention.end)
    if not tail or not name:
        return mention
    is_there = _that_country(scene.lexicon.language).search(scene.folded, *tail.span()) is not None
    countries = _last_state(scene, mention.start) if is_there and not mention.countries else mention.countries
    return replace(mention, end=after, name=name, countries=countries)


@cache
def _that_country(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'that_country')})(?!\w)")


def _is_coming_from(scene: Scene, start: int) -> bool:
    """ "le retour du président X du Maroc": the state behind the name is the one he has left."""
    before = _leaving(scene.lexicon.language).search(scene.folded, max(0, start - _SHORT_OF), start)
    return before is not None


@cache
def _leaving(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'left_by')}) (?:\w{{1,3}} ?){{0,2}}['’]?\Z")


def _citizens_abroad(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """ "minister of foreign affairs and of Gambians abroad": the people in a title that is written with its article."""
    if not scene.lexicon.definite:
        return ()
    inside = (p for at, p in scene.place_at.items() if start <= at < end and p.kind == "demonym")
    return next((p.countries for p in inside), ())


def _of_last_state(scene: Scene, start: int) -> tuple[str, ...]:
    """ "its president": the state that was named last."""
    return _last_state(scene, start) if scene.lexicon.of_last_state.match(scene.folded, start) else ()


def _last_state(scene: Scene, start: int) -> tuple[str, ...]:
    before = [p for p in scene.places if p.end <= start and p.kind == "country"]
    return before[-1].countries if before else ()


def _inside(scene: Scene, hit: Hit) -> tuple[str, ...]:
    """ "head of Sudan's intelligence": the state in the office's own words."""
    return next((p.countries for p in places_inside(scene, hit) if p.kind != "city"), ())
