"""Who is only ever called by name, while an office without a name stands beside?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from extractors.text import Span, fold
from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import TRAVEL
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import BARRED, Case, Mention
from extractors.visits.person_names import is_of_family, name_at
from extractors.visits.phrases import any_source, words_of
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_UPPER = r"[^\W\d_a-zß-öø-ÿ\u0600-\u06ff]"
_OPENS_WORD = r"(?:(?<![\w’'@#.-])|(?<=(?<!\w)[dl][’'])|(?<=(?<!\w)qu[’']))"
"""Not within a word, but for an elided one: "d'Adrien X"."""
_PAIR = re.compile(rf"{_OPENS_WORD}{_UPPER}[\w’'-]+ (?:(?:[a-z]{{2,4}} )?{_UPPER}[\w’'-]+)")
_APPOSED = re.compile(r"[ ]?[,(] ?[^\W\d_A-ZÀ-Þ]")
_WORD_BEFORE = re.compile(r"(?<!\w)(\w+) $")
_OFTEN, _BESIDE, _LINK, _RELATIVE, _NOUN = 2, 4, 6, 12, 40
_OPENING, _COMMA = 2, 2
_BEHIND = 2
"""How many sentences behind an official his name may first stand."""
_OWNED = frozenset({"visit_of", "visit_by"})
_TRAVELS = TRAVEL | {"received"}
_MEETS = frozenset({"receive", "meet", "call_on"})
_NOBODY = BARRED | {"delegation", "official", "legislator"}


def adopt_names(scene: Scene, cast: Cast) -> Cast:
    """The cast with a name given to the one official without a name, where the article names one person besides."""
    if not scene.lexicon.has_capitals:
        return cast
    nameless = [a for a in cast.actors if a.named is None and _can_be_called(scene, cast, a)]
    nameless = [a for a in nameless if not _is_another_s(cast, a)]
    acting = [a for a in nameless if a.mentions[0].case == "subject"]
    foreign, headed = [a for a in nameless if a.serves], [a for a in acting if scene.in_headline(a.start)]
    likely = next((few for few in (acting, foreign, headed) if len(few) == 1), nameless)
    names = _unknown_names(scene, cast, likely[0].start) if len(likely) == 1 else {}
    if len(likely) < len(nameless):
        told = {name: next((s for s in spans if s.start >= scene.shift), spans[0]) for name, spans in names.items()}
        names = {name: spans for name, spans in names.items() if _follows(scene, likely[0], told[name])}
    if len(names) > 1:
        names = {name: spans for name, spans in names.items() if any(_opens_sentence(scene, s.start) for s in spans)}
    if len(names) != 1:
        return cast
    (name, spans), actor = next(iter(names.items())), likely[0]
    added = [Mention(s.start, s.end, "", None, name, case=case_of(scene, s.start, s.end)) for s in spans]
    actor.named = name
    actor.mentions = sorted([*actor.mentions, *added], key=lambda m: m.start)
    actor_of = {**cast.actor_of, **dict.fromkeys((m.start for m in added), actor)}
    return replace(cast, mentions=tuple(sorted([*cast.mentions, *added], key=lambda m: m.start)), actor_of=actor_of)


def _is_another_s(cast: Cast, actor: Actor) -> bool:
    """ "Malaysian king tells Xi …" over "Sultan Ibrahim": of a state's one sovereign the text gives the name itself."""
    same = (a for a in cast.actors if a is not actor and a.named and a.office == actor.office == "royal")
    return any(a.serves in (None, actor.serves) for a in same)


def _follows(scene: Scene, actor: Actor, name: Span) -> bool:
    """Whether somebody called by a name acts right behind an official; a headline's is there throughout."""
    step = scene.sentence_number(name.start) - scene.sentence_number(max(actor.start, scene.shift))
    return name.start > actor.start and step <= _BEHIND and case_of(scene, name.start, name.end) == "subject"


def _can_be_called(scene: Scene, cast: Cast, actor: object) -> bool:
    """Of an office of the opening, not a group, nobody's counterpart and no outsider."""
    mentions = [m for m in cast.mentions if cast.actor_of.get(m.start) is actor]
    opening = scene.sentence_number(scene.shift) + _OPENING
    return (
        bool(mentions)
        and not any(m.is_plural or m.is_counterpart or m.office in _NOBODY - {"official"} for m in mentions)
        and not any(m.is_new and not scene.in_headline(m.start) for m in mentions)
        and mentions[0].office != "official"
        and scene.sentence_number(mentions[0].start) <= opening
    )


def _unknown_names(scene: Scene, cast: Cast, office: int) -> dict[str, list[Span]]:
    """Full names of nobody known that the article prints twice, or in the headline by their last word, or once behind
    the office: beside a journey's words, or as a sentence's subject with a relative clause."""
    taken = [Span(m.start, m.end) for m in cast.mentions]
    spans = [s for s in full_names(scene) if not any(s.start < t.end and t.start < s.end for t in taken)]
    spans = [s for s in spans if not _is_of_a_thing(scene, s)]
    counted = Counter(scene.text[s.start : s.end] for s in spans)
    behind = [s for s in spans if s.start > office and _stands_at_cue(scene, cast, s)]
    apart = (_owns_visit, partial(_opens, cast=cast, office=office), partial(_is_met_before, cast=cast, office=office))
    told = (s for s in spans if s in behind or any(stands(scene, s) for stands in apart))
    counted.update(scene.text[s.start : s.end] for s in told)
    headline = set(scene.folded[: scene.shift].split())
    body = {scene.text[s.start : s.end] for s in spans if s.start >= scene.shift}
    counted.update(name for name in body if fold(name).split()[-1] in headline)
    often = [name for name, count in counted.items() if count >= _OFTEN]
    return {name: [s for s in spans if scene.text[s.start : s.end] == name] for name in often}


def _is_of_a_thing(scene: Scene, name: Span) -> bool:
    """ "el Cáucaso Sur", "el Fondo Europeo de Apoyo": a region stands behind a determiner, the rest of a body's name
    behind its first word."""
    before = _WORD_BEFORE.search(scene.text, max(0, name.start - _NOUN), name.start)
    if before is None or scene.in_headline(name.start):
        return False
    if before[1][0].isupper():
        words = words_of(scene.lexicon.language)
        return words is not None and words.not_names.search(scene.folded, before.start(), name.start) is not None
    determiners = language_table(scene.lexicon.language, "words").get("determiners", {"the": ()})
    return fold(before[1]) in determiners["the"]


def _is_met_before(scene: Scene, name: Span, *, cast: Cast, office: int) -> bool:
    """ "Le Président A a reçu lundi X Y. Le Premier ministre sénégalais, arrivé dimanche": the object of a meeting, of
    whom the next sentence says what he is."""
    number, there = scene.sentence_number(name.start), scene.sentence_number(office)
    start = scene.sentences[number].start
    if there != number + 1 or office - scene.sentences[there].start > _LINK or is_described(scene, name):
        return False
    verb = max((c.end for c in scene.cues if start <= c.start and c.end <= name.start and c.label in _MEETS), default=0)
    return verb > 0 and not any(verb <= m.start < name.start for m in cast.mentions)


def _opens(scene: Scene, name: Span, *, cast: Cast, office: int) -> bool:
    """ "X Y hides no joy. Sitting in a hotel, the Portuguese minister, who arrived …": a feature opens with a name, of
    whom the next sentence says what he is; a heading or a dateline may stand before one who travels."""
    number, body = scene.sentence_number(name.start), scene.sentence_number(scene.shift)
    is_first = number == body or (number == body + 1 and _leads_visit(scene, cast, name))
    is_next = scene.sentence_number(office) == number + 1
    opens = _opens_sentence(scene, name.start) or (_opens_clause(scene, cast, name) and _opens_sentence(scene, office))
    is_signature = scene.sentences[number].end - name.end <= _BESIDE  # a line with the author's name and no more
    return is_first and is_next and opens and not is_signature and not is_described(scene, name)


def _opens_clause(scene: Scene, cast: Cast, name: Span) -> bool:
    """ "Arrivée de nuit à Kiev, X Y a promis …": a name right behind the first comma, before which nobody stands."""
    start = scene.sentences[scene.sentence_number(name.start)].start
    comma = scene.folded.find(",", start, name.start)
    return comma == name.start - _COMMA and not any(start <= m.start < comma for m in cast.mentions)


def _stands_at_cue(scene: Scene, cast: Cast, name: Span) -> bool:
    """ "X visited …", "the journey of X": the name right before a construction, or behind a noun of visiting; or the
    subject of a sentence that tells of a visit ("De sa visite à Y, X retient", "X, venu de Z, a été accueilli")."""
    if _opens_sentence(scene, name.start) and _is_followed_by_relative(scene, name):
        return True
    if _leads_visit(scene, cast, name) or _is_pointed_out(scene, name):
        return True
    return any(0 < c.start - name.end <= _BESIDE for c in scene.cues) or _owns_visit(scene, name)


def _is_pointed_out(scene: Scene, name: Span) -> bool:
    """ "a échangé avec le ministre béninois. X, c'est de lui qu'il s'agit, a transmis": who he was."""
    words = language_table(scene.lexicon.language, "words").get("pointed_out", ())
    return bool(words) and _pointing(scene.lexicon.language).match(scene.folded, name.end) is not None


@cache
def _pointing(language: str) -> re.Pattern[str]:
    words = language_table(language, "words")["pointed_out"]
    return re.compile(rf",? (?:{any_source(words)})(?!\w)")


def _owns_visit(scene: Scene, name: Span) -> bool:
    """ "la visite d'État d'Adrien X": the name right behind a noun of visiting and what tells its kind."""
    nouns = (c for c in scene.cues if c.label in _OWNED and 0 < name.start - c.end <= _NOUN)
    tails = (scene.lexicon.visit_tail.match(scene.folded, c.end) for c in nouns)
    return any(0 < name.start - tail.end() <= _LINK for tail in tails if tail)


def _leads_visit(scene: Scene, cast: Cast, name: Span) -> bool:
    """Whether a name opens its sentence or the main clause behind a comma, and is the nearest before a construction or
    behind "his visit"."""
    sentence = scene.sentences[scene.sentence_number(name.start)]
    before = scene.folded[scene.opening_of(sentence) : name.start]
    if (before.strip() and not before.endswith(", ")) or case_of(scene, name.start, name.end) != "subject":
        return False
    cues = [c for c in scene.cues if sentence.start <= c.start < sentence.end and c.label in _TRAVELS]
    following = next((c.start for c in cues if c.start > name.end), None)
    is_next = following is not None and not any(name.end <= m.start < following for m in cast.mentions)
    owns = any(c.end < name.start for c in cues) and not scene.lexicon.possessives.isdisjoint(before.split())
    return (is_next or owns) and not is_described(scene, name, but=cues)


def _is_followed_by_relative(scene: Scene, name: Span) -> bool:
    behind = scene.folded[name.end : name.end + _RELATIVE].replace(",", " , ").split()[:2]
    return behind[:1] == [","] and behind[-1] in scene.lexicon.relatives


def _opens_sentence(scene: Scene, start: int) -> bool:
    return start - scene.sentences[scene.sentence_number(start)].start <= _BESIDE


def full_names(scene: Scene, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The names of two words or more in a stretch of the text, without places."""
    end, words = len(scene.text) if end is None else end, words_of(scene.lexicon.language)
    while match := _PAIR.search(scene.text, start, end):
        name = name_at(scene, match.start())
        is_full = name is not None and " " in scene.text[name.start : name.end]
        is_body = name and words and words.not_names.search(scene.folded, *name)
        if name and is_full and not is_body and not scene.has_place_over(name.start, name.end):
            yield name
            start = max(name.end, match.end())
        else:  # "à Lomé par Kossi Amégan": the second word may begin a name of its own
            start = match.start() + len(match[0].split(" ", 1)[0])


def named_only(scene: Scene, span: Span, case: Case) -> Actor | None:
    """ "a été reçu par X Y": the first full name of a stretch, where it stands so and nothing behind it says that it is
    somebody of no office ("X Y, patron de …")."""
    words = words_of(scene.lexicon.language)
    if not scene.lexicon.has_capitals or words is None:
        return None
    name = next(full_names(scene, span.start, span.end), None)
    if name is None or case_of(scene, name.start, name.end) != case:
        return None
    before = scene.folded[max(0, name.start - _RELATIVE) : name.start].split()[-1:]
    is_thing = words.not_names.search(scene.folded, *name) or not scene.lexicon.articles.isdisjoint(before)
    if is_thing or is_of_family(scene, name.start) or is_described(scene, name):
        return None
    mention = Mention(name.start, name.end, "", None, scene.text[slice(*name)], case=case)
    return Actor([mention], named=mention.name)


def named_before(scene: Scene, span: Span) -> Actor | None:
    """ "X Y a reçu son homologue": a full name that opens the stretch and ends right before its verb."""
    if not scene.lexicon.has_capitals or scene.in_headline(span.start):
        return None
    name = next(full_names(scene, span.start, span.end), None)
    if name is None or name.start - span.start > _BESIDE or span.end - name.end > _BESIDE:
        return None
    mention = Mention(name.start, name.end, "", None, scene.text[slice(*name)])
    return Actor([mention], named=mention.name)


def named_beside(scene: Scene, start: int, verb: int) -> Actor | None:
    """ "à la présidence, où X Y l'a reçu": a full name right before a verb, behind a word of its clause."""
    name = max(full_names(scene, start, verb), default=None) if scene.lexicon.has_capitals else None
    if name is None or verb - name.end > _BESIDE or case_of(scene, name.start, name.end) != "subject":
        return None
    mention = Mention(name.start, name.end, "", None, scene.text[slice(*name)])
    return Actor([mention], named=mention.name)


def is_described(scene: Scene, name: Span, but: Sequence[Hit] = ()) -> bool:
    """ "X Y, patron de …": what stands in apposition says who somebody without an office is, but for a relative clause,
    a construction ("X Y, arrivé à …") and what only tells of the circumstances ("X Y, entouré de …")."""
    if not _APPOSED.match(scene.text, name.end) or _is_followed_by_relative(scene, name):
        return False
    if any(0 < c.start - name.end <= _BESIDE for c in but):
        return False
    return _aside(scene.lexicon.language).match(scene.folded, name.end) is None


@cache
def _aside(language: str) -> re.Pattern[str]:
    return re.compile(rf" ?, ?(?:{any_source(language_table(language, 'words').get('asides', ()))})(?!\w)")
