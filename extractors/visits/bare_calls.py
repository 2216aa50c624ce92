"""Where is somebody, once introduced, called by the bare name?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import compress

from extractors.text import Span, fold, tokens
from extractors.visits.actors import name_tokens
from extractors.visits.first_person import signed
from extractors.visits.language_files import language_table
from extractors.visits.mentions import Mention
from extractors.visits.person_names import is_of_family, name_at, polite_before
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_CAPITAL = re.compile(r"(?:(?<![\w’'@#-])|(?<=(?<!\w)d[’']))(?:[a-z]{2}-)?[^\W\d_a-zß-öø-ÿ\u0600-\u06ff][\w’'-]+")
_WORD = re.compile(r"\w+")
_FOLLOWING = re.compile(r" [\w’'-]+(?: [\w’'-]+)?")
_TITLE = 4
_NEAR, _LONGEST = 24, 900
"""So many mentions are read at most; no article that tells of visits comes near."""


def with_bare_names(scene: Scene, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and the places where a person already introduced is only named."""
    if not scene.lexicon.has_capitals:
        found = [*mentions, *_polite_names(scene, mentions)]
        found = [*found, *_known_names(scene, found), *_styled(scene, mentions)]
        return list(_attached(scene, sorted(found, key=lambda m: m.start)[:_LONGEST]))
    mentions = sorted([*mentions, *_leading_names(scene, mentions)], key=lambda m: m.start)
    known = _words_of_names(scene, mentions)
    found = _with_capital_names(scene, mentions, known)
    called = _words_of_names(scene, found) - known
    headed = called.intersection(_WORD.findall(scene.folded, 0, scene.shift))
    if headed:  # the headline's "reçoit Lamin X", of whom the text only says "M. X"
        found = _with_capital_names(scene, found, known | headed)
    if called - headed:  # "Lamin X a quitté Dakar", of whom titles and honorifics only say "M. X"
        found = _with_full_names(found, _with_capital_names(scene, found, known | called))
    return list(_attached(scene, found[:_LONGEST]))


def _words_of_names(scene: Scene, mentions: Sequence[Mention]) -> set[str]:
    named = (name_tokens(m.name, scene.lexicon.particles) for m in mentions if m.name)
    return {t for words in named for t in words if t not in scene.lexicon.stops}


def _with_capital_names(scene: Scene, mentions: Sequence[Mention], known: set[str]) -> list[Mention]:
    taken = [Span(m.start, m.end) for m in mentions]
    return sorted([*mentions, *_capital_names(scene, known, taken)], key=lambda m: m.start)


def _leading_names(scene: Scene, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """ "une délégation de députés conduite par X Y": whoever leads it, though nothing says what he is."""
    for led in scene.lexicon.led_by.finditer(scene.folded):
        name = name_at(scene, led.end() + 1) if scene.folded.startswith(" ", led.end()) else None
        printed = scene.text[name.start : name.end] if name else ""
        if name and " " in printed and not any(m.start < name.end and name.start < m.end for m in mentions):
            yield Mention(name.start, name.end, "", None, printed, case="by")


def _with_full_names(found: Sequence[Mention], more: Sequence[Mention]) -> list[Mention]:
    """What is found, and of the further mentions the first one of each name of several words."""
    full = {fold(m.name): m for m in reversed(more) if m not in found and m.name and " " in m.name}
    return sorted([*found, *full.values()], key=lambda m: m.start)


def _styled(scene: Scene, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """ "his-majesty met the-minister": a style alone means whoever was last named with it, or with an office that it
    goes with."""
    calls = _styles(scene.lexicon.language)
    starts, words = tokens(scene.folded) if calls else ((), ())
    for start, word in compress(zip(starts, words, strict=True), map(calls.__contains__, words)):
        if any(m.start <= start < m.end for m in mentions):
            continue
        skip, style, offices = calls[word]
        before = [m for m in reversed(mentions) if m.name and m.end <= start]
        own = (m for m in before if style in scene.folded[max(0, m.start - _NEAR) : m.end].split())
        who = next(own, None) or next((m for m in before if m.office in offices), None)
        if who:
            at, end = start + skip, start + len(word)
            yield Mention(at, end, "", None, who.name, case=case_of(scene, at, end))


@cache
def _styles(language: str) -> Mapping[str, tuple[int, str, frozenset[str]]]:
    """Of each call, also behind a glued prefix: that prefix's length, the style that the call takes up, and the offices
    that the style goes with."""
    prefixes = ("", *language_table(language, "words").get("prefixes", ()))
    return {
        fold(prefix + call): (len(prefix), fold(style), frozenset(told["offices"]))
        for style, told in language_table(language, "styles").items()
        for call in told["calls"]
        for prefix in prefixes
    }


def _attached(scene: Scene, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A long title and the name behind it: "Représentant spécial du … pour l'Afrique de l'Ouest, M. X"; a name and the
    title on the line below."""
    last: Mention | None = None
    for mention in mentions:
        if last and _continues(scene, last, mention):
            last = replace(last, end=mention.end, name=mention.name)
            continue
        signer = signed(scene, last, mention) if last else None
        if signer:
            last = signer
            continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _continues(scene: Scene, title: Mention, name: Mention) -> bool:
    between = scene.folded[title.end : name.start]
    return (
        bool(
            title.office and not title.name and not name.office and not title.is_plural and title.office != "delegation"
        )
        and name.start - title.end < 130
        and between.endswith(", ")
        and scene.sentence_number(title.end - 1) == scene.sentence_number(name.start)
        and scene.lexicon.honorific.match(scene.folded, name.start) is not None
        and not any(title.end <= c.start < name.start for c in scene.cues)
    )


def _capital_names(scene: Scene, known: set[str], taken: Sequence[Span]) -> Iterable[Mention]:
    at, number = 0, 0
    called = _places_of(scene, known)
    for match in _CAPITAL.finditer(scene.text):
        start = match.start()
        while number < len(taken) and taken[number].end <= start:
            number += 1
        if start < at or (number < len(taken) and taken[number].start <= start):
            continue
        polite = polite_before(scene, start)
        if not polite and not (called and _is_of_known(scene, match, called)):
            continue
        if scene.is_inside_place(start) or _is_country(scene, start):
            continue
        if polite and _goes_on(scene, start - polite, start):
            continue
        name = name_at(scene, start)
        if name and _names_a_thing(scene, name):
            at = name.end
            continue
        if name and (
            polite or known.intersection(name_tokens(scene.text[name.start : name.end], scene.lexicon.particles))
        ):
            at = name.end
            begin = start - polite
            if number < len(taken) and taken[number].start < name.end:
                continue
            office = "royal" if polite and _is_royal(scene, Span(begin, start)) else ""
            case = case_of(scene, begin, name.end)
            if is_of_family(scene, begin):  # "le Président et la Première Dame, X Y, ont regagné"
                office, case = "outsider", "with" if case == "subject" else case
            yield Mention(begin, name.end, office, None, scene.text[name.start : name.end], case=case)


def _is_royal(scene: Scene, polite: Span) -> bool:
    """ "Son Altesse Royale X": a style that goes with one office only."""
    styles = language_table(scene.lexicon.language, "words").get("royal_styles", ())
    return not set(map(fold, styles)).isdisjoint(scene.folded[polite.start : polite.end].split())


def _goes_on(scene: Scene, begin: int, start: int) -> bool:
    """ "Son Altesse Royale X": a word that still belongs to the honorific before it."""
    polite = scene.lexicon.honorific.match(scene.folded, begin)
    return polite is not None and polite.end() > start


def _names_a_thing(scene: Scene, name: Span) -> bool:
    """ "l'aéroport international Diori Hamani", "Sir Seretse Khama International Airport"."""
    things = scene.lexicon.things
    before = scene.folded[max(0, name.start - _NEAR) : name.start].split()[-1:]
    if any(word.split("'")[-1] in things for word in before):
        return True
    if scene.lexicon.title_before_portfolio:
        return False
    behind = _FOLLOWING.match(scene.folded, name.end)
    return scene.folded[name.start : name.end].split()[-1] in things or bool(behind and behind[0].split()[0] in things)


def _is_country(scene: Scene, start: int) -> bool:
    place = scene.place_at.get(start)
    return place is not None and place.kind == "country"


def _places_of(scene: Scene, known: set[str]) -> Sequence[int]:
    """Where the words of known names stand, rising."""
    starts, words = tokens(scene.folded)
    return list(compress(starts, map(known.__contains__, words))) if known else ()


def _is_of_known(scene: Scene, match: re.Match[str], called: Sequence[int]) -> bool:
    """A known name, or the given name before a known surname: "Nikol Pachinian"; `called`: where their words stand."""
    first = bisect_left(called, match.start())
    if first == len(called):
        return False
    if called[first] < match.end():
        return True
    following = _FOLLOWING.match(scene.folded, match.end())
    return following is not None and called[first] < following.end()


def _polite_names(scene: Scene, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """For scripts without capitals: an honorific with the full name behind it, where no title goes before."""
    taken, number = [Span(m.start, m.end) for m in mentions], 0
    end = 0
    for polite in scene.lexicon.honorific.finditer(scene.folded):
        start = polite.start()
        while number < len(taken) and taken[number].end <= start:
            number += 1
        is_known = number < len(taken) and taken[number].start <= start
        if start < end or is_known or polite.end() - start < _TITLE or scene.folded[start - 1 : start].isalnum():
            continue
        name = None if scene.has_place_over(start, polite.end() + 1) else name_at(scene, polite.end())
        if name and " " in scene.text[slice(*name)] and not (number < len(taken) and taken[number].start < name.end):
            end = name.end
            yield Mention(start, end, "", None, scene.text[slice(*name)], case=case_of(scene, start, end))


def _known_names(scene: Scene, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """For scripts without capitals: the last word of a known name."""
    taken = sorted(Span(m.start, m.end) for m in mentions)
    lasts = {}
    for m in mentions:
        tokens = name_tokens(m.name, scene.lexicon.particles) if m.name else []
        if tokens and len(tokens[-1]) > 3:
            lasts[tokens[-1]] = m.name
    number = 0
    for match in _WORD.finditer(scene.folded):
        while number < len(taken) and taken[number].end <= match.start():
            number += 1
        if number < len(taken) and taken[number].start <= match.start():
            continue
        if match[0] in lasts:
            yield Mention(match.start(), match.end(), "", None, lasts[match[0]], case=case_of(scene, match.start()))
