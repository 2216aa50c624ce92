"""What the words around a date say of it: arrival, departure, a meeting, an announcement, or another event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extractors.registry import packaged, read_toml
from extractors.text import Span
from extractors.visits.calendar_words import fold_pattern, since_pattern
from extractors.visits.date_mentions import DateMention, is_dateline
from extractors.visits.document import Document
from extractors.visits.language_files import language_table
from extractors.visits.phrases import any_source
from extractors.visits.places import Place
from extractors.visits.word_patterns import Pattern, word_pattern

Role = Literal["start", "end", "leave", "moved", "visit", "said", "earlier", "trap", "dateline", "none"]
"""Of a date: arrival, end or return, departure (from home or from the host), the new day of a postponed visit, a day in
the host country, an announcement, an earlier visit, another event, the dateline, or nothing."""
_ROLES = ("moved", "leave", "end", "said", "start", "visit")
_LEFT, _RIGHT, _TRAP, _AT_ONCE, _OF_VISIT, _PARTING = 90, 45, 60, 6, 25, 120
_STEP = re.compile(r", (?:(?:at|a) )?")
_OPENING = 2
_OBJECT = 2
"""So many words stand between such a verb and its noun."""
_TOUCHING = 1
"""A day so near behind its verb is that verb's: "débutée mercredi, la visite prend fin aujourd'hui"."""


@dataclass(frozen=True, slots=True, eq=False)
class DateCues:
    """The cue words of one language, compiled; for folded text."""

    nearest: Pattern
    trap: Pattern
    earlier: Pattern
    length: re.Pattern[str]
    apart: re.Pattern[str]
    """Right behind days that are no length: "six jours après"."""
    stay_before: re.Pattern[str]
    """Right before some hours: what makes them the visit's, not those of a talk."""
    stay_behind: re.Pattern[str]
    destination: re.Pattern[str]
    """For the text before a place: whether one goes there."""
    onward: re.Pattern[str]
    """The same right behind a day: "partira lundi pour une visite au Sénégal"."""
    over: re.Pattern[str]
    """Between the day of leaving and a place: "left on Tuesday after a visit to Oman"."""
    when: re.Pattern[str]
    """Right behind a day: what happened on it, "on Saturday, when he flew in"."""
    parting: Pattern
    """What says that the visitor goes on or home behind the day that is told."""
    back: re.Pattern[str]
    """A sentence that opens with "de retour de Moscou, " and goes on about a day at home."""
    tour: re.Pattern[str]
    """A journey of several stops, right before its length."""
    journey: re.Pattern[str]
    """The words for it."""
    since: re.Pattern[str]
    """Right before a month or year: what has been so since, longer than any visit lasts."""
    spoken: re.Pattern[str]
    """ "spoke when he received": on the day on which somebody said what stands before."""
    event: re.Pattern[str]
    """A summit, a fair, a conference as what a sentence opens with."""


@cache
def load_date_cues(language: str) -> DateCues | None:
    """The cues of a language; None where `languages/world/` has no file of it. Raises SourceError."""
    path = packaged("languages", "world", f"{language}.toml")
    if not path.exists():
        return None
    told = read_toml(path)["dates"]
    joined, cues = told["joined"], {key: fold_pattern(words) for key, words in told.items() if key.endswith("_cues")}
    groups = "|".join(f"(?P<{role}>{cues[role + '_cues']})" for role in _ROLES)

    def words(name: str) -> Pattern:
        pattern = cues[f"{name}_cues"]
        return word_pattern(rf"(?<!\w){joined}(?:{pattern})(?!\w)", (pattern,), joined, language)

    article = r"(?: (?:la|le|les|l|el|los|las|o|a|os|as))?"
    destination = re.compile(rf"(?<!\w)(?:{fold_pattern(told['destination_words'])}){article}[ ']$")
    over = re.compile(rf"(?<!\w)(?:{fold_pattern(told['over_words'])})(?!\w)")
    when = re.compile(rf",? ?(?:{fold_pattern(told['when_words'])})(?!\w)")
    onward = re.compile(rf" (?:{fold_pattern(told['onward_words'])}) (?=\w)")
    event = re.compile(rf"\W*(?:[^\W\d]+[ ']){{0,{_OPENING}}}(?:{fold_pattern(told['event_words'])})(?!\w)")
    back = re.compile(rf"\W*(?:[^\W\d]+ ){{0,{_OPENING}}}(?:{fold_pattern(told['back_openings'])})(?!\w)[^,،]*[,،]")
    journey = re.compile(rf"(?<!\w)(?:{fold_pattern(told['tour_words'])})(?!\w)")
    tour = re.compile(rf"(?<!\w)(?:{fold_pattern(told['tour_words'])})(?: [\w-]+){{0,3}}(?: d\w*| of| de)? ?$")
    spoken = re.compile(rf"(?<!\w)(?:{fold_pattern(told['spoken_words'])})(?!\w)")
    stays = fold_pattern(told["short_stays"])
    apart = re.compile(rf" (?:{fold_pattern(told['apart_words'])})(?!\w)")
    stay_before = re.compile(rf"(?<!\w)(?:{stays})(?:[ '][^\W\d]+){{0,3}}[ ']*$")
    stay_behind = re.compile(rf"[ -](?:[^\W\d]+ ){{0,2}}(?:{stays})(?!\w)")
    return DateCues(
        word_pattern(
            rf"(?<!\w){joined}(?:{groups})(?!\w)", (cues[f"{role}_cues"] for role in _ROLES), joined, language
        ),
        words("trap"),
        words("earlier"),
        re.compile(rf"(?<!\w){joined}(?:{cues['length_cues']})(?!\w)"),
        apart,
        stay_before,
        stay_behind,
        destination,
        onward,
        over,
        when,
        words("parting"),
        back,
        tour,
        journey,
        since_pattern(told),
        spoken,
        event,
    )


@lru_cache(maxsize=512)
def role_of(folded: str, span: Span, mention: DateMention, cues: DateCues) -> Role:
    """What the nearest words of its sentence say of a date: those before it, else those behind it."""
    left = max(span.start, mention.start - _LEFT)
    right = min(span.end, mention.end + _RIGHT)
    if mention.anaphor == "nth_day":
        return "visit"
    if mention.form == "duration":
        return "visit" if _is_of_visit(folded, left, right, mention, cues) else "none"
    if is_dateline(folded, mention):
        return "dateline"
    if mention.precision == "day" and _is_when_arrived(folded, span.end, mention, cues):
        return "start"
    if cues.trap.search(folded, max(left, mention.start - _TRAP), mention.start):
        return "trap"
    if mention.precision in ("month", "year") and cues.since.search(folded, left, mention.start):
        return "trap"  # "la première visite d'un chef d'État malgache depuis 2012"
    if mention.anaphor is None and cues.earlier.search(folded, left, mention.start):
        return "earlier"  # "had travelled to Maseru a day earlier" is a day of this visit
    before = list(cues.nearest.finditer(folded, left, mention.start))
    begins = bool(before) and before[-1].lastgroup == "start" and mention.start - before[-1].end() <= _TOUCHING
    if not begins and _ends_at_once(folded, mention, cues):
        return "end"
    opening = cues.back.match(folded, span.start, mention.start)
    if opening and not (before and before[-1].start() >= opening.end()):
        return "trap"
    found = _governing(folded, before) if before else _behind(folded, mention.end, right, cues)
    return found.lastgroup if found and found.lastgroup in _ROLES else "none"  # type: ignore[return-value]


def _is_when_arrived(folded: str, stop: int, mention: DateMention, cues: DateCues) -> bool:
    """ "An earlier round was held on Saturday, when the president flew in": the day of the arrival behind it."""
    when = cues.when.match(folded, mention.end)
    found = cues.nearest.search(folded, when.end(), min(stop, when.end() + _PARTING)) if when else None
    return found is not None and found.lastgroup == "start"


def _governing(folded: str, before: list[re.Match[str]]) -> re.Match[str]:
    """ "a bouclé son séjour mercredi": of a verb of beginning or ending and its noun the verb."""
    verb, noun = before[-2:] if len(before) > 1 else (before[-1], before[-1])
    between = folded[verb.end() : noun.start()].split() if verb is not noun else []
    is_object = 0 < len(between) <= _OBJECT and not any("," in word for word in between)
    return verb if noun.lastgroup == "visit" and verb.lastgroup in ("end", "start") and is_object else noun


def _ends_at_once(folded: str, mention: DateMention, cues: DateCues) -> bool:
    """ "divulgado hoje, no termo da visita": a day right before the words of an end; "até quinta" is none."""
    step = _STEP.match(folded, mention.end)
    found = cues.nearest.match(folded, step.end()) if step else None
    is_end = found is not None and found.lastgroup == "end" and " " in found.group()
    return is_end and mention.form in ("relative", "weekday", "day")


def parting_behind(folded: str, stop: int, mention: DateMention, cues: DateCues) -> int | None:
    """Where the text goes on, before `stop`, that the visitor left on the day told: "reçu mercredi avant de regagner
    Dakar"; the end of the words that say so."""
    if mention.precision != "day" or mention.form in ("duration", "range"):
        return None
    found = cues.parting.search(folded, mention.end, min(stop, mention.end + _PARTING))
    return found.end() if found else None


def sets_out(folded: str, cue: Span, language: str) -> bool:
    """Whether a verb of going tells that one leaves where one was: "s'est envolé pour", "has left for"."""
    cues = load_date_cues(language)
    found = cues.nearest.finditer(folded, cue.start, cue.end) if cues else ()
    return any(match.lastgroup in ("leave", "end") for match in found)


def is_of_tour(folded: str, mention: DateMention, cues: DateCues) -> bool:
    """ "une tournée de quatre jours", "une tournée entamée mardi": a length or a beginning of all stops together."""
    return cues.tour.search(folded, max(0, mention.start - _RIGHT), mention.start) is not None


def _behind(folded: str, start: int, end: int, cues: DateCues) -> re.Match[str] | None:
    """The first cue behind a date; an announcement only where it follows at once ("on Monday announced")."""
    for found in cues.nearest.finditer(folded, start, end):
        if found.lastgroup != "said" or found.start() - start <= _AT_ONCE:
            return found
    return None


def _is_of_visit(folded: str, left: int, right: int, mention: DateMention, cues: DateCues) -> bool:
    """ "visite de trois jours", "two-day visit", not "il y a trois jours"."""
    behind = folded[mention.end : min(right, mention.end + _OF_VISIT)]
    before = folded[max(left, mention.start - _RIGHT) : mention.start]
    if cues.apart.match(behind):
        return False
    if mention.is_short:
        return cues.stay_before.search(before) is not None or cues.stay_behind.match(behind) is not None
    near = before + " " + behind
    return cues.length.search(near) is not None


def leads_on(document: Document, day: DateMention, town: Place) -> bool:
    """ "seguem amanhã para Xangai", "Benguela, para onde segue amanhã": whether one goes to a town on that day."""
    toward, whither = _ways(document.language or "")
    if town.start < day.end:
        return whither.match(document.folded, town.end) is not None
    return toward.search(document.folded, day.end, town.start) is not None


@cache
def _ways(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between a day and the town to which one goes, and behind a town to which one goes on."""
    told = language_table(language, "words")
    toward, whither = (any_source(told.get(key, ())) for key in ("toward", "whither"))
    return re.compile(rf" (?:{toward}) $"), re.compile(rf",? (?:{whither})(?!\w)")
