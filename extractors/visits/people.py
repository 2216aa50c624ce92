"""Who is named with which office, of which state, and in which words?

A mention is an office with what is printed around it, in any order: portfolio, state, apposition, honorifics, name. The
grammar is one for all languages; the words come from the language file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.text import Span
from extractors.visits.bare_names import name_before, name_from
from extractors.visits.lexicon import Hit
from extractors.visits.places import Place
from extractors.visits.scene import Scene

Case = Literal["subject", "by", "with", "of", "to", "owner"]

MINISTERS = frozenset({"minister", "foreign_minister", "deputy_minister"})
BARRED = frozenset({"ambassador", "outsider", "former"})
"""Whoever bears one of these makes no visit in the codebook's sense."""

_UPPER = r"[^\W\d_a-zß-öø-ÿ\u0600-\u06ff]"
_NAME_WORD = rf"{_UPPER}[\w’'-]{{0,30}}"
_NAME = re.compile(rf"{_NAME_WORD}(?:\.(?=\s))?")
_NICKNAME = re.compile(rf"[“\"«'‘]{_NAME_WORD}[”\"»'’](?= {_UPPER})")
_TOKEN = re.compile(r"[\w’'-]+")
_GAP = re.compile(r"[ ]{0,3}")
_BETWEEN = re.compile(r"[ ]{0,2},?[ ]{0,3}")
_ARTICLE_GAP = re.compile(r"[ ]{0,2},[ ]{1,2}(?:\w{1,3}[ '’])?$")
_ENDS_TITLE = re.compile(rf"[ ]?,[ ]|[ ](?:{_UPPER}|et[ ]|and[ ]|y[ ]|e[ ])")
_APPOSED = re.compile(r" ?, (?:\w{1,3}[ '])?")
_ACRONYM = re.compile(r"\([A-ZÀ-Þ][\w-]{1,9}\)")
_NO_ARTICLE = re.compile(r"[^ ]{0,3},[ ]{1,2}$")
_PHRASE = re.compile(r"(?:[ '](?:[\w-]+)){1,5}")
_TWO = 2
_WINDOW = 90
_INITIAL = 4
"""The longest word of a name that may end in a full stop: "Jr.", "S."."""
_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One person or body as printed at one place; offsets are of the scene's text."""

    start: int
    end: int
    office: str
    """An office of the codebook, or counterpart, official, ambassador, outsider, former, or "" where only a name stands."""
    title: Span | None = None
    name: str | None = None
    countries: tuple[str, ...] = ()
    case: Case = "subject"
    is_plural: bool = False
    is_counterpart: bool = False
    is_new: bool = False
    """True for "un émissaire", "le ministre d'alors": nobody of whom the article spoke before."""

    @property
    def country(self) -> str | None:
        return self.countries[0] if len(self.countries) == 1 else None


def find_mentions(scene: Scene) -> tuple[Mention, ...]:
    """Every office of the text in reading order, with portfolio, state and the name that stands beside it."""
    titles: list[Mention] = []
    for hit in scene.lexicon.offices.scan(scene.folded, scene.word_index):
        if (not titles or hit.start >= titles[-1].end) and not _is_part_of_name(scene, hit):
            mention = _mention(scene, hit)
            if titles and mention.start < titles[-1].end:
                mention = replace(mention, start=hit.start, name=None)
            if mention.office != "presiding":
                titles.append(mention)
    joined = [part for mention in _joined(scene, titles) for part in _parted(scene, mention)]
    return tuple(_with_case(scene, m) for m in joined)


def _with_case(scene: Scene, mention: Mention) -> Mention:
    if mention.title is None:
        return mention
    return replace(mention, case=case_of(scene, mention.start, mention.end), is_new=_is_new(scene, mention))


def _is_new(scene: Scene, mention: Mention) -> bool:
    lexicon = scene.lexicon
    if lexicon.then.match(scene.folded, mention.end):
        return True
    return lexicon.indefinite.search(scene.folded, max(0, mention.start - 22), mention.start) is not None


def _is_part_of_name(scene: Scene, hit: Hit) -> bool:
    """ "M. Pape Diouf": a word of office that is a given name."""
    before = scene.folded[max(0, hit.start - 12) : hit.start].split()
    if not scene.lexicon.has_capitals and len(before) > 1 and _is_thing(scene, before):
        return True
    if hit.start in scene.inside_places:
        return True
    return hit.label == "outsider" and bool(before) and scene.lexicon.honorific.fullmatch(before[-1] + " ") is not None


def _is_thing(scene: Scene, before: Sequence[str]) -> bool:
    """ "King Khalid airport": what stands right before bears the person's name."""
    word = before[-1] if len(before[-1]) > _PREFIX else before[-2]
    lexicon = scene.lexicon
    return word in lexicon.things or any(word[n:] in lexicon.things for n in lexicon.prefix_lengths(word, 0, len(word)))


def case_of(scene: Scene, start: int, end: int | None = None) -> Case:
    """How a person stands in the sentence, by the words around: as subject, agent, companion, possessor or goal."""
    if end is not None and scene.lexicon.genitive.match(scene.folded, end):
        return "owner"
    match = scene.lexicon.case.search(scene.folded, max(0, start - 48), start)
    return match.lastgroup if match and match.lastgroup in ("by", "with", "of", "to") else "subject"  # type: ignore[return-value]


def _mention(scene: Scene, hit: Hit) -> Mention:
    lexicon = scene.lexicon
    start, countries = _before(scene, hit)
    end, more = _portfolio(scene, hit)
    countries = countries + tuple(c for c in more if c not in countries)
    countries = countries or _of_title(scene, start, end) or _inside(scene, hit) or _of_last_state(scene, start)
    if hit.label == "delegation" and not countries:
        end, countries = _delegation_state(scene, end)
    office = _office(scene, hit, scene.folded[start:end], countries)
    if hit.label == "head_of_state" and _presides_over_a_thing(scene, hit, end):
        office = "outsider"
    former = lexicon.former.search(scene.folded, max(0, start - 16), start)
    ended = lexicon.former_after.match(scene.folded, end)
    if former or ended:
        office, start = "former", former.start() if former else start
        end = ended.end() if ended else end
    plural = office != "delegation" and _is_plural(scene, hit)
    bare = Mention(start, end, office, Span(start, end), None, countries, is_plural=plural)
    if _NO_ARTICLE.search(scene.folded, max(0, start - 4), start) and not _is_followed_by_name(scene, end):
        named = _with_name_before(scene, bare)
        if named.name:
            return named
    name, after = _name_after(scene, end) if office != "delegation" else (None, end)
    if not name:
        return _with_name_before(scene, bare)
    home = None if countries else _home_behind(scene, after)
    if home:
        after, countries = home.end, home.countries
    return replace(bare, end=after, name=name, countries=countries)


def _is_followed_by_name(scene: Scene, end: int) -> bool:
    """ "…, Zambian President X": a title before its name, whoever stands before the comma."""
    gap = _GAP.match(scene.text, end)
    return bool(gap and gap.end() > end and _NAME.match(scene.text, gap.end()) and name_at(scene, gap.end()))


def _inside(scene: Scene, hit: Hit) -> tuple[str, ...]:
    """ "head of Sudan's intelligence": the state in the office's own words."""
    return next((p.countries for p in _places_inside(scene, hit) if p.kind != "city"), ())


def _home_behind(scene: Scene, end: int) -> Place | None:
    """ "President X of Ghana": the state behind the name."""
    link = scene.lexicon.citizens.match(scene.folded, end)
    place = scene.place_at.get(link.end()) if link else None
    return place if place and place.kind == "country" else None


def _of_last_state(scene: Scene, start: int) -> tuple[str, ...]:
    """ "its president": the state that was named last."""
    if not scene.lexicon.of_last_state.match(scene.folded, start):
        return ()
    before = [p for p in scene.places if p.end <= start and p.kind == "country"]
    return before[-1].countries if before else ()


def _of_title(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    title = scene.folded[start : end + 9]
    return next(((state,) for words, state in scene.lexicon.country_by_title.items() if words in title), ())


def _presides_over_a_thing(scene: Scene, hit: Hit, end: int) -> bool:
    """ "présidente de la Région": a president of what is no state."""
    gap = _GAP.match(scene.folded, end)
    link = scene.lexicon.links.match(scene.folded, gap.end()) if gap and end == hit.end else None
    if not link or link[0].strip() in scene.lexicon.loose_links:
        return False
    gap = _GAP.match(scene.folded, link.end())
    word = _TOKEN.match(scene.folded, gap.end() if gap else link.end())
    return bool(word and word[0] not in scene.lexicon.stops and word.start() not in scene.place_at)


def _delegation_state(scene: Scene, end: int) -> tuple[int, tuple[str, ...]]:
    """ "une délégation gouvernementale togolaise", "une mission du ministère turc": the first state in the phrase."""
    phrase = _PHRASE.match(scene.folded, end)
    for start in range(end, phrase.end() if phrase else end):
        if start in scene.cue_starts or scene.lexicon.led_by.match(scene.folded, start):
            break
        place = scene.place_at.get(start)
        if place and place.kind in ("country", "demonym") and len(place.countries) == 1:
            return place.end, place.countries
    return end, ()


def _is_plural(scene: Scene, hit: Hit) -> bool:
    if scene.lexicon.plurals:
        return scene.lexicon.plurals.search(scene.folded[hit.start : hit.end]) is not None
    words = scene.folded[hit.start : hit.end].split()
    return (
        scene.lexicon.has_capitals
        and words[0].endswith("s")
        and words[0] not in ("vis-a-vis", "pdgs")
        and len(words[0]) > 4
    )


def _office(scene: Scene, hit: Hit, title: str, countries: Sequence[str]) -> str:
    if hit.label == "minister" and scene.lexicon.foreign.search(title):
        return "foreign_minister"
    if title in scene.lexicon.bare_titles and _serves_abroad(scene, hit):
        return "foreign_minister"
    words = scene.folded[hit.start : hit.end]
    if hit.label == "presiding":
        ends = scene.place_ending.get(hit.start + len(title))
        return "head_of_state" if ends and ends.kind == "country" else hit.label
    meanings = (scene.lexicon.by_country.get(country, {}).get(words) for country in countries)
    return next((office for office in meanings if office), hit.label)


def _serves_abroad(scene: Scene, hit: Hit) -> bool:
    """ "the foreign ministry said that the minister …"."""
    start = scene.sentences[scene.sentence_number(hit.start)].start
    return hit.label == "minister" and bool(scene.lexicon.foreign_ministry.search(scene.folded, start, hit.start))


def _before(scene: Scene, hit: Hit) -> tuple[int, tuple[str, ...]]:
    """What stands before the office and belongs to it: "Algerian foreign …", "Ghana's …", "Transport …"."""
    start, countries = hit.start, ()
    for _ in range(6):
        place = _place_ending(scene, start)
        if place:
            start, countries = place.start, place.countries
            break
        word = re.search(r"(?<![\w])([\w'-]{2,30}) {1,2}$", scene.folded[max(0, start - 34) : start])
        if scene.lexicon.title_before_portfolio or not word or not set(word[1].split("-")) <= scene.lexicon.portfolio:
            break
        start -= len(word[0])
    return start, countries


def _place_ending(scene: Scene, end: int) -> Place | None:
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


def _portfolio(scene: Scene, hit: Hit) -> tuple[int, tuple[str, ...]]:
    """Where the title ends behind its office, and the states named in it."""
    lexicon, folded = scene.lexicon, scene.folded
    inside = _place_over(scene, hit)
    end = at = inside.end if inside else hit.end
    countries: tuple[str, ...] = inside.countries if inside else ()
    linked = follows_link = False
    for _ in range(40):
        gap = _GAP.match(folded, at)
        here = gap.end() if gap else at
        place = _place_behind(scene, here)
        acronym = _ACRONYM.match(scene.text, here) if end > hit.end else None
        if acronym:
            at = end = acronym.end()
            continue
        if place and _may_stand(scene, place, follows_link) and _may_hold(place, hit, countries, follows_link):
            at = end = place.end
            countries += tuple(c for c in place.countries if c not in countries)
            linked = follows_link = False
            continue
        link = lexicon.links.match(folded, here) if not linked else None
        if link:
            at, linked, follows_link = link.end(), True, link[0].strip(" ") not in lexicon.loose_links
            continue
        word = _TOKEN.match(folded, here)
        if not word or not _belongs(scene, hit, word, follows_link):
            break
        at = end = word.end()
        linked = follows_link = False
    return end, countries


def _place_behind(scene: Scene, here: int) -> Place | None:
    """The place that begins at a word or behind its glued preposition; none that is the verb's object."""
    place = scene.place_at.get(here)
    if place is not None:
        before = scene.folded[max(0, here - 30) : here].split()
        is_closed = bool(scene.lexicon.definite and before) and scene.lexicon.definite in before[-1][:3]
        return None if is_closed and place.kind in ("country", "city") else place
    for prefix in (*scene.lexicon.glued, *scene.lexicon.glued_states):
        inside = scene.place_at.get(here + len(prefix)) if scene.folded.startswith(prefix, here) else None
        if inside and inside.kind == "country" and _is_of_title(scene, inside, prefix):
            return inside
    return None


def _is_of_title(scene: Scene, place: Place, prefix: str) -> bool:
    """Whether a state glued to a title belongs to it: by its official name, or with a person's name behind it."""
    first, *more = scene.folded[place.start : place.end].split()
    if prefix in scene.lexicon.glued_states and more and first in scene.lexicon.state_words:
        return True
    between = _BETWEEN.match(scene.folded, place.end)
    at = between.end() if between else place.end
    if prefix not in scene.lexicon.glued or at == place.end:
        return False
    if scene.lexicon.honorific.match(scene.folded, at):
        return True
    return "," in scene.folded[place.end : at] and name_from(scene, at) is not None


def _place_over(scene: Scene, hit: Hit) -> Place | None:
    """ "président de la République fédérale de Somalie": the state's name begins inside the office's words."""
    return next((p for p in _places_inside(scene, hit) if p.end > hit.end), None)


def _places_inside(scene: Scene, hit: Hit) -> Iterator[Place]:
    for match in _TOKEN.finditer(scene.folded, hit.start + 4, hit.end):
        place = scene.place_at.get(match.start())
        if place:
            yield place


def _may_stand(scene: Scene, place: Place, follows_link: bool) -> bool:
    """Behind a title a city needs a link, and so does any place where adjectives stand before their noun."""
    return follows_link or (place.kind != "city" and scene.lexicon.title_before_portfolio)


def _may_hold(place: Place, hit: Hit, countries: tuple[str, ...], follows_link: bool) -> bool:
    return not countries or place.kind == "demonym" or (follows_link and hit.label in MINISTERS)


def _belongs(scene: Scene, hit: Hit, word: re.Match[str], follows_link: bool) -> bool:
    text = word[0]
    parts = [p for p in re.split(r"['’-]", text) if p]
    known = bool(parts) and all(map(scene.lexicon.is_portfolio, parts))
    if hit.label not in (
        "minister",
        "deputy_minister",
        "foreign_minister",
        "outsider",
        "former",
        "military",
        "ambassador",
    ):
        if hit.label in ("head_of_state", "counterpart", "royal", "official"):
            return text in scene.lexicon.state_words
        return known or text in scene.lexicon.state_words
    if known or _is_adjective(scene, word, follows_link) or _bears_article(scene, word):
        return True
    if (
        hit.label == "outsider"
        and scene.text[word.start()].isupper()
        and " " in scene.folded[hit.end + 1 : word.start()]
    ):
        return True
    if follows_link and text in scene.lexicon.state_words:
        return True
    return (
        follows_link
        and len(text) > 3
        and text not in scene.lexicon.stops
        and hit.label != "ambassador"
        and (scene.lexicon.offices.at(scene.folded, word.start()) is None and scene.lexicon.has_capitals)
    )


def _bears_article(scene: Scene, word: re.Match[str]) -> bool:
    """Where the article is written with its noun, a word that bears it goes on with a title, and few names do."""
    lexicon, text = scene.lexicon, word[0]
    if not lexicon.definite or text in lexicon.given_names or text in lexicon.stops or word.start() in scene.cue_starts:
        return False
    place = scene.place_at.get(word.start())
    if place and place.kind in ("country", "city"):
        return False
    return lexicon.definite in text[:_PREFIX] and scene.lexicon.offices.at(scene.folded, word.start()) is None


def _is_adjective(scene: Scene, word: re.Match[str], follows_link: bool) -> bool:
    """An unknown word that ends a portfolio: "Ressources naturelles, Orhan …"."""
    if (
        follows_link
        or not scene.lexicon.title_before_portfolio
        or not scene.lexicon.has_capitals
        or len(word[0]) < 5
        or word[0] in scene.lexicon.stops
    ):
        return False
    if (
        not scene.text[word.start()].islower()
        or word.start() in scene.cue_starts
        or not _ENDS_TITLE.match(scene.text, word.end())
    ):
        return False
    return scene.lexicon.offices.at(scene.folded, word.start()) is None


def _name_after(scene: Scene, end: int) -> tuple[str | None, int]:
    """The name in apposition behind a title, and where it ends."""
    between = _BETWEEN.match(scene.folded, end)
    at = between.end() if between else end
    polite = scene.lexicon.honorific.match(scene.folded, at) or scene.lexicon.ranked.match(scene.folded, at)
    at = polite.end() if polite else at
    comma = "," in scene.folded[end:at]
    name = name_at(scene, at)
    if name and not polite and _word_before(scene, end) in scene.lexicon.bare_titles:
        return None, end
    if not name or (comma and not polite and " " not in scene.text[name.start : name.end] and scene.in_headline(end)):
        return None, end
    return scene.text[name.start : name.end], name.end


def _word_before(scene: Scene, end: int) -> str:
    """The word that ends a title, where it is its only one."""
    words = scene.folded[max(0, end - 24) : end].split()
    return words[-1] if words else ""


def name_at(scene: Scene, at: int) -> Span | None:
    """The person's name that begins at a place of the text, or None."""
    if not scene.lexicon.has_capitals:
        return name_from(scene, at)
    polite = scene.lexicon.honorific.match(scene.folded, at)
    at = polite.end() if polite else at
    end, here, words = at, at, 0
    while words < 8:
        match = _NAME.match(scene.text, here)
        is_titled = polite is not None and not words
        if match and (is_titled or not _stops_name(scene, match, words)) and not _is_headline_word(scene, match):
            end, words = match.end(), words + 1
            if match[0].endswith(".") and len(match[0]) > _INITIAL:
                break
            owned = scene.lexicon.genitive.search(scene.folded, match.start(), match.end())
            if owned and owned.end() == match.end():
                end = owned.start()
                break
        else:
            match = _TOKEN.match(scene.text, here)
            called = _NICKNAME.match(scene.text, here)
            if words and called:
                match = called
            elif match and _is_hyphened(scene, match[0]):
                end, words = match.end(), words + 1
            elif not words or not match or match[0].lower() not in scene.lexicon.particles:
                break
        gap = _GAP.match(scene.text, match.end())
        here = gap.end() if gap else match.end()
    while end > at and scene.text[end - 1] in ".’'-":
        end -= 1
    span = Span(at, end)
    return span if words and not _is_place(scene, span) else None


def _is_hyphened(scene: Scene, word: str) -> bool:
    """ "al-Shabibi": a particle in small letters and the name it is joined to."""
    particle, _, rest = word.partition("-")
    return particle in scene.lexicon.particles and rest[:1].isupper()


def _is_headline_word(scene: Scene, match: re.Match[str]) -> bool:
    """In a headline of capitals only what the body prints as a name is one."""
    if not scene.headline_shouts or not scene.in_headline(match.start()):
        return False
    owned = scene.lexicon.genitive.search(scene.folded, match.start(), match.end())
    end = owned.start() if owned and owned.end() == match.end() else match.end()
    return scene.folded[match.start() : end] not in scene.body_names


def _stops_name(scene: Scene, match: re.Match[str], words: int) -> bool:
    folded = scene.folded[match.start() : match.end()].rstrip(".")
    first = folded.split("'")[0]
    if folded in scene.lexicon.stops or (first in ("l", "d", "qu", "j", "n", "s", "c") and "'" in folded):
        return folded not in scene.lexicon.particles or not words
    place = scene.place_at.get(match.start())
    return bool(place and words and place.kind in ("demonym", "compound"))


def _is_place(scene: Scene, span: Span) -> bool:
    place = scene.place_at.get(span.start)
    return bool(place and place.end >= span.end)


def _with_name_before(scene: Scene, mention: Mention) -> Mention:
    """ "Anselmo Ondo, ministre d'État": the name that stands before its title."""
    if not scene.lexicon.has_capitals:
        name = name_before(scene, mention.start)
        return replace(mention, start=name.start, name=scene.text[name.start : name.end]) if name else mention
    window = max(0, mention.start - _WINDOW)
    gap = _ARTICLE_GAP.search(scene.folded, max(window, mention.start - 9), mention.start)
    if not gap or not _is_article(scene, gap[0].strip(" ,'’")):
        return mention
    found: Span | None = None
    for match in _NAME.finditer(scene.text, window, gap.start()):
        if (found and match.start() < found.end) or scene.text[match.start() - 1 : match.start()].isalnum():
            continue
        span = name_at(scene, match.start())
        if span:
            found = span
            if span.end == gap.start():
                break
    if found and (_names_a_thing(scene, found.start) or " " not in scene.text[found.start : found.end]):
        return mention
    if (
        not found
        or found.end != gap.start()
        or scene.sentence_number(found.start) != scene.sentence_number(mention.start)
    ):
        return mention
    start = found.start - polite_before(scene, found.start)
    return replace(mention, start=start, name=scene.text[found.start : found.end])


def _is_article(scene: Scene, word: str) -> bool:
    return not word or word in scene.lexicon.articles


def polite_before(scene: Scene, start: int) -> int:
    """How many characters of honorifics stand before a name."""
    window = scene.folded[max(0, start - 30) : start]
    words = window.split()
    if not words or words[-1].split("'")[-1].rstrip(".") not in scene.lexicon.honorific_ends:
        return 0
    for match in scene.lexicon.honorific.finditer(window):
        if match.end() == len(window) and (match.start() == 0 or not window[match.start() - 1].isalnum()):
            return len(window) - match.start()
    return 0


def _names_a_thing(scene: Scene, start: int) -> bool:
    """ "l'aéroport international Diori Hamani": a person's name that a thing bears."""
    words = scene.folded[max(0, start - 34) : start].split()
    return any(w.split("'")[-1] in scene.lexicon.things for w in words[-2:])


def _joined(scene: Scene, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Titles in one apposition are one mention: "ministre d'État, ministre des Affaires étrangères, M. X"."""
    last: Mention | None = None
    for mention in mentions:
        if last and _is_apposition(scene, last, mention):
            last = _merged(last, mention)
            continue
        if last and not last.name and scene.lexicon.attached.fullmatch(scene.folded, last.end, mention.start):
            last = replace(_merged(last, mention), office=last.office)
            continue
        if last and _is_sent_by(scene, last, mention):
            last = replace(last, countries=mention.countries)
            if mention.name and mention.title and "," in scene.folded[mention.title.end : mention.end]:
                last, mention = replace(last, name=mention.name), replace(mention, name=None)
            if scene.lexicon.definite and mention.name and not last.name:
                last = replace(last, name=mention.name, end=mention.end, title=_title_with(last, mention))
                continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _parted(scene: Scene, mention: Mention) -> Iterator[Mention]:
    """ "les présidents nigérien et béninois" are two officials, each of a state."""
    if not mention.is_plural or mention.name or len(mention.countries) != _TWO:
        yield mention
        return
    second = next(
        (
            s
            for s, p in scene.place_at.items()
            if mention.start < s < mention.end and p.countries == mention.countries[1:]
        ),
        None,
    )
    if second is None:
        yield mention
        return
    yield replace(mention, end=second, countries=mention.countries[:1], is_plural=False)
    yield replace(mention, start=second, title=None, countries=mention.countries[1:], is_plural=False)


def _is_apposition(scene: Scene, first: Mention, second: Mention) -> bool:
    if second.is_plural or first.is_plural or (first.name and second.name and first.name != second.name):
        return False
    if second.start < first.end:
        return True
    if first.office == "delegation" or second.office in ("counterpart", "delegation", "official"):
        return False
    if first.countries and second.countries and set(first.countries).isdisjoint(second.countries):
        return False
    between = scene.folded[first.end : second.start]
    if "\n" in between:
        return False
    if between.strip() in scene.lexicon.loose_links and _are_one_minister(first, second):
        return True
    ends_in_title = not first.name or (scene.lexicon.verb_first and not second.name and _ends_in_title(first))
    if between.strip() == "," or (len(between) <= 3 and between.strip() == "" and ends_in_title):
        return True
    return first.office == "counterpart" and bool(_APPOSED.fullmatch(between))


def _are_one_minister(first: Mention, second: Mention) -> bool:
    """ "Minister for Home Affairs and Minister for Law X", "X, Minister of State and envoy of Y"."""
    offices = MINISTERS | {"special_envoy"}
    one_named = (first.name is None) != (second.name is None)
    return one_named and first.office in offices and second.office in offices


def _ends_in_title(mention: Mention) -> bool:
    return mention.title is not None and mention.title.end == mention.end


def _is_sent_by(scene: Scene, first: Mention, second: Mention) -> bool:
    """ "un émissaire du président zimbabwéen" serves the president's state."""
    near = 0 <= second.start - first.end <= 6 and case_of(scene, second.start) == "of"
    return near and first.office in ("special_envoy", "deputy_minister", "other") and not first.countries


def _title_with(envoy: Mention, sender: Mention) -> Span | None:
    return Span(envoy.title.start, sender.title.end) if envoy.title and sender.title else envoy.title


def _merged(first: Mention, second: Mention) -> Mention:
    ranked = (
        "foreign_minister",
        "head_of_state",
        "head_of_government",
        "speaker_of_parliament",
        "royal",
        "special_envoy",
        "minister",
        "deputy_minister",
        "military",
        "other",
    )
    offices = {first.office, second.office}
    office = next((o for o in ranked if o in offices), first.office)
    if offices & BARRED and "special_envoy" not in offices:
        office = next(o for o in offices if o in BARRED)
    if "deputy_minister" in offices and "minister" in offices:
        office = "deputy_minister"
    title = max((t for t in (first.title, second.title) if t), key=lambda t: t.end - t.start, default=None)
    return replace(
        first,
        end=max(first.end, second.end),
        office=office,
        title=title,
        name=first.name or second.name,
        countries=first.countries or second.countries,
    )
