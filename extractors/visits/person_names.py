"""Where does the name beside a title begin and end, before it or behind?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.text import Span
from extractors.visits.bare_names import name_before, name_from
from extractors.visits.language_files import language_table
from extractors.visits.mentions import Mention
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_UPPER = r"[^\W\d_a-zß-öø-ÿ\u0600-\u06ff]"
_NAME_WORD = rf"{_UPPER}[\w’'-]{{0,30}}"
_INITIALS = rf"{_UPPER}[a-z]?\.(?:[ -]?{_UPPER}[a-z]?\.)*(?=[ -]?{_UPPER})-?"
_NAME = re.compile(rf"{_INITIALS}|{_NAME_WORD}(?:\.(?=\s))?")
"""A word of a name, or initials before one: "W.K.", "J.-B.", "Ch." """
_NICKNAME = re.compile(rf"[“\"«'‘]{_NAME_WORD}[”\"»'’](?= {_UPPER})")
_TOKEN = re.compile(r"[\w’'-]+")
_GAP = re.compile(r"[ ]{0,3}")
_COMMA = re.compile(r", {1,2}")
_BETWEEN = re.compile(r"[ ]{0,2},?[ ]{0,3}")
_ARTICLE_GAP = re.compile(r"[ ]{0,2},[ ]{1,2}(?:\w{1,3}[ '’])?$")
_WINDOW = 90
_POLITE = 48
"""So long are the honorifics before a name: "Son Excellence le général de corps d'armée"."""
_POST = 24
"""So far behind an envoy's title stands the state where he is: " to the Republic of "."""
_STATE = 40
"""So far behind a name its state begins: " of the Islamic Republic of "."""
_NUMBER = re.compile(r" \d")
_INITIAL = 4
_NASAL = re.compile(rf"N[’']{_UPPER}")
"""N'Dri, N’Guessan: a capital behind the sign, where "n'a" and "N'est" have none."""


def name_behind(scene: Scene, end: int) -> tuple[str | None, int]:
    """The name in apposition behind a title, and where it ends."""
    between = _BETWEEN.match(scene.folded, end)
    at = between.end() if between else end
    polite = scene.lexicon.honorific.match(scene.folded, at) or scene.lexicon.ranked.match(scene.folded, at)
    at = polite.end() if polite else at
    comma = "," in scene.folded[end:at]
    name = name_at(scene, at)
    if name and not (comma or polite or scene.in_headline(end)) and scene.lexicon.has_capitals:
        name = _behind_field(scene, name) or name
    if name and not polite and _word_before(scene, end) in scene.lexicon.bare_titles:
        return None, end
    if not name or (comma and not polite and " " not in scene.text[name.start : name.end] and scene.in_headline(end)):
        return None, end
    return scene.text[name.start : name.end], name.end


def _behind_field(scene: Scene, word: Span) -> Span | None:
    """ "ministro da Economia Marítima, Paulino Brito": a word with a capital that only ends the title."""
    comma = _COMMA.match(scene.folded, word.end)
    name = name_at(scene, comma.end()) if comma and " " not in scene.text[word.start : word.end] else None
    return name if name and " " in scene.text[name.start : name.end] else None


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
    rank = _small_ranks(scene.lexicon.language).match(scene.text, at)
    at = rank.end() if rank else at
    end, here, words = at, at, 0
    while words < 8:
        match = _NAME.match(scene.text, here)
        is_titled = polite is not None and not words
        if match and (is_titled or not _stops_name(scene, match, words)) and not _is_headline_word(scene, match):
            end, words = match.end(), words + 1
            if match[0].endswith(".") and len(match[0]) > _INITIAL and "." not in match[0][:-1]:
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
            elif match and (_is_hyphened(scene, match[0]) or (words and _is_elided(scene, match))):
                end, words = match.end(), words + 1
            elif not words or not match or match[0].lower() not in scene.lexicon.particles or state_behind(scene, end):
                break
        gap = _GAP.match(scene.text, match.end())
        here = gap.end() if gap else match.end()
    while end > at and scene.text[end - 1] in ".’'-":
        end -= 1
    span = Span(at, end)
    return span if words and not _is_place(scene, span) else None


def state_behind(scene: Scene, end: int) -> Place | None:
    """ "President X of Ghana", "le roi X du Royaume du Maroc": the state behind a name that ends at a place."""
    if not scene.lexicon.citizens.match(scene.folded, end):
        return None
    near = scene.places_between(end, end + _STATE)
    told = (p for p in near if scene.lexicon.citizens.fullmatch(scene.folded, end, p.start))
    return next((p for p in told if p.kind == "country"), None)


@cache
def _small_ranks(language: str) -> re.Pattern[str]:
    """ "le cheikh X": words that are an honorific in small letters and a name with a capital ("Cheikh Tidiane")."""
    return re.compile(rf"(?:{listed(language, 'small_ranks')}) ")


def _is_hyphened(scene: Scene, word: str) -> bool:
    """ "al-Shabibi": a particle in small letters and the name it is joined to."""
    particle, _, rest = word.partition("-")
    return particle in scene.lexicon.particles and rest[:1].isupper()


def _is_elided(scene: Scene, match: re.Match[str]) -> bool:
    """ "Américo d'Alva": a particle with an apostrophe inside a name, where no state or town follows it."""
    particle, _, rest = match[0].replace("’", "'").partition("'")
    is_place = match.end() - len(rest) in scene.place_at
    return rest[:1].isupper() and f"{particle}'" in scene.lexicon.particles and not is_place


def _is_headline_word(scene: Scene, match: re.Match[str]) -> bool:
    """In a headline of capitals only what the body prints as a name is one."""
    if not scene.headline_shouts or not scene.in_headline(match.start()):
        return False
    owned = scene.lexicon.genitive.search(scene.folded, match.start(), match.end())
    end = owned.start() if owned and owned.end() == match.end() else match.end()
    return scene.folded[match.start() : end] not in scene.body_names


def _stops_name(scene: Scene, match: re.Match[str], words: int) -> bool:
    folded = scene.folded[match.start() : match.end()].rstrip(".")
    if words and match[0].endswith(".") and match[0][:-1].isupper():
        return False  # "Claire A. Petersen": an initial is no article
    first = folded.split("'")[0]
    is_elided = first in ("l", "d", "qu", "j", "n", "s", "c") and "'" in folded
    if folded in scene.lexicon.stops or (is_elided and not _NASAL.match(match[0])):
        return folded not in scene.lexicon.particles or not words
    if _NUMBER.match(scene.text, match.end()):
        return True
    place = scene.place_at.get(match.start())
    return bool(place and words and place.kind in ("demonym", "compound"))


def _is_place(scene: Scene, span: Span) -> bool:
    place = scene.place_at.get(span.start)
    return bool(place and place.end >= span.end)


def with_name_before(scene: Scene, mention: Mention) -> Mention:
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
        place = scene.place_at.get(match.start())
        span = None if place and _is_reached(scene, place.start) else name_at(scene, match.start())
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


def _is_reached(scene: Scene, start: int) -> bool:
    """ "à Dakar Ousmane X, son homologue": a place behind its preposition begins no name."""
    case = scene.lexicon.place_case.search(scene.folded, max(0, start - _POLITE), start)
    return case is not None and case.lastgroup in ("in", "to")


def name_behind_post(scene: Scene, end: int) -> tuple[str | None, int]:
    """ "ambassador to Pakistan X", "special envoy to Mali, X": the name behind the state where somebody is posted."""
    post = next((p for at in range(end + 1, end + _POST) if (p := scene.place_at.get(at))), None)
    if post is None or "," in scene.folded[end : post.start] or not _is_reached(scene, post.start):
        return None, end
    name, after = name_behind(scene, post.end)
    # "attended by the ambassador in Amman, Haddadin stressed": a surname behind a comma goes on with another
    goes_on = name is not None and " " not in name and scene.folded.startswith(",", post.end)
    return (None, end) if goes_on else (name, after)


def _is_article(scene: Scene, word: str) -> bool:
    return not word or word in scene.lexicon.articles


def polite_before(scene: Scene, start: int) -> int:
    """How many characters of honorifics stand before a name."""
    window = scene.folded[max(0, start - _POLITE) : start]
    words = window.rsplit(None, 1)
    if not words or words[-1].split("'")[-1].rstrip(".") not in scene.lexicon.honorific_ends:
        return 0
    match = scene.lexicon.honorific.search(window)
    while match:
        before = window[: match.start()]
        is_whole = not before[-1:].isalnum()
        if match.end() == len(window) and is_whole:
            return 0 if before.rstrip()[-1:].isdigit() else len(window) - match.start()  # "155 mm. Varsovie …"
        # "Lomé le général": "Me" is none there, and hides none behind it
        match = scene.lexicon.honorific.search(window, match.end() if is_whole else match.start() + 1)
    return 0


def is_of_family(scene: Scene, start: int) -> bool:
    """ "avec son épouse, X Y": whether what stands right before a name says that it is somebody's wife or son."""
    before = _of_family(scene.lexicon.language)
    return before.search(scene.folded, max(0, start - _POLITE), start) is not None


@cache
def _of_family(language: str) -> re.Pattern[str]:
    told = listed(language, "private", "delegations")
    return re.compile(rf"(?<!\w)(?:{told})(?!\w),? ?\Z")


def _names_a_thing(scene: Scene, start: int) -> bool:
    """ "l'aéroport international Diori Hamani": a person's name that a thing bears."""
    words = scene.folded[max(0, start - 34) : start].split()
    if words[-1:] and words[-1] in _inside_of(scene.lexicon.language):
        return True  # "au Caucase du Sud, le Premier ministre"
    if case_of(scene, start) in ("by", "with"):
        return False  # "à l'aéroport par Ousmane X"
    return any(w.split("'")[-1] in scene.lexicon.things for w in words[-2:])


@cache
def _inside_of(language: str) -> frozenset[str]:
    """What stands before regions and towns, and never right before a person's name."""
    return frozenset(language_table(language, "words").get("before_regions", ()))


def is_followed_by_name(scene: Scene, end: int) -> bool:
    """ "…, Zambian President X": a title before its name, whoever stands before the comma."""
    gap = _GAP.match(scene.text, end)
    return bool(gap and gap.end() > end and _NAME.match(scene.text, gap.end()) and name_at(scene, gap.end()))
