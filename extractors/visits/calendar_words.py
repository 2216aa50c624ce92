"""The date words of one language, compiled once into the few shapes that a date can have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.registry import packaged, read_toml
from extractors.text import fold
from extractors.visits.date_mentions import DAYS_FROM_DAY
from extractors.visits.gazetteer import words_of
from extractors.visits.word_patterns import Pattern, word_pattern

YEAR = r"(?:19|20)\d\d"
_GAP = r"[ ,]{1,2}"
_ARTICLE = r"(?:le |the |el |dia |o dia |el dia |يوم )?"
"""What may stand before a day or weekday, in all languages."""
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Shapes of dates, tried in order where an anchor word or a number stands; all words are folded."""

    language: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    """Monday is 0."""
    numbers: Mapping[str, int]
    day_numbers: Mapping[str, int]
    """Words for the day of a month: "the fifth of March"."""
    hours: Mapping[str, int]
    relative: Mapping[str, int]
    units: Mapping[str, re.Pattern[str]]
    anchors: frozenset[str]
    openings: frozenset[str]
    """Anchors that begin phrases only ("la semaine prochaine"): the shapes of numbers are not tried there."""
    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    gates: tuple[re.Pattern[str], re.Pattern[str]]
    """All shapes and all phrases as one pattern each, a group for each shape: the first that matches is told by it."""
    before: re.Pattern[str]
    after: re.Pattern[str]
    month_cue: re.Pattern[str]
    tense: Pattern
    accented: re.Pattern[str]
    """Forms of `tense` that are verbs only where an accent is printed: "viajó", not "ministro"."""
    not_future: frozenset[str]
    not_relative_after: frozenset[str]
    not_weekday_after: frozenset[str]
    """Words behind which a relative word is none ("la mañana")."""
    since: re.Pattern[str]
    """Right before what goes on until now: "depuis ce week-end"."""
    since_or_from: frozenset[str]
    """Words that look back ("desde el lunes") or ahead ("à compter de jeudi") only where no verb says which way."""
    is_month_first: bool
    night: re.Pattern[str]
    """What stands before the two days of a night: "dans la nuit de samedi à dimanche"."""
    part_of_month: re.Pattern[str]
    """Right before what looks like a day of a month: "the second half", "the first week"."""
    of_week: re.Pattern[str]
    """Behind a weekday the week that it is of, where that is not the publication's own."""
    ordinal_before: re.Pattern[str]
    """Nouns before which the short name of a weekday is an ordinal ("a segunda sessão")."""

    def day_of_month(self, told: str) -> int:
        """The number of a day, in digits or told by a word."""
        return int(told) if told.isdigit() else self.day_numbers[told]

    def unit(self, word: str) -> str | None:
        """hour, day, week, month or year."""
        return next((name for name, pattern in self.units.items() if pattern.fullmatch(word)), None)


@cache
def load_calendar(language: str) -> Calendar | None:
    """The calendar of a language; None where `languages/world/` has no file of it. Raises SourceError."""
    path = packaged("languages", "world", f"{language}.toml")
    return _calendar(language, read_toml(path)["dates"]) if path.exists() else None


def _calendar(language: str, told: Mapping[str, Any]) -> Calendar:
    full_months = {fold(form): number for number, forms in enumerate(told["months"], 1) for form in forms}
    short = ((number, forms.split("|")) for number, forms in enumerate(told["abbreviations"], 1) if forms)
    months = full_months | {fold(form): number for number, forms in short for form in forms}
    weekdays = {fold(form): number for number, forms in enumerate(told["weekdays"]) for form in forms}
    numbers = {fold(f): n for n, forms in enumerate(told["numbers"]) for f in forms.split("|") if n}
    day_numbers = {fold(f): n for n, forms in enumerate(told.get("day_numbers", ()), 1) for f in forms.split("|")}
    hours = {fold(form): number for form, number in told["hours"].items()}
    relative = {fold(form): offset for form, offset in told["relative"].items()}
    units = {name: re.compile(fold_pattern(pattern)) for name, pattern in told["units"].items()}
    units_words = "|".join(pattern.pattern for pattern in units.values())
    macros = {
        "month": any_of(months),
        "full_month": any_of(full_months),
        "weekday": any_of(weekdays),
        "number": r"\d{1,3}|" + any_of((*numbers, *hours)),
        "day": "|".join(filter(None, (r"[0-3]?\d", any_of(day_numbers)))),
        "other_name": fold_pattern(told.get("other_name", "")).replace("<month>", any_of(full_months)),
        "units": units_words,
        "relative": any_of(relative),
        "to": fold_pattern(told["to"]),
        "of": fold_pattern(told["of"]),
        "ordinal": fold_pattern(told["ordinal"]),
    }
    phrases = tuple((name, re.compile(pattern)) for name, pattern in _phrases(told, macros))
    shapes = tuple((name, re.compile(pattern)) for name, pattern in _shapes(told, macros))
    words = (*months, *weekdays, *numbers, *day_numbers, *hours)
    return Calendar(
        language=language,
        months=months,
        weekdays=weekdays,
        numbers=numbers,
        day_numbers=day_numbers,
        hours=hours,
        relative=relative,
        units=units,
        anchors=_first_words((*words, *relative, *told["openings"])),
        openings=_first_words((*relative, *told["openings"])) - _first_words(words),
        shapes=(*shapes, *phrases),
        phrases=phrases,
        gates=(_gate((*shapes, *phrases)), _gate(phrases)),
        before=_directions(told, r"(?:^|\W)(?:{words})(?: (?:dia|day|يوم|dias|mes de|mois de))? $"),
        after=_directions(told, r"[ ]?\(?(?:{words})(?!\w)"),
        month_cue=re.compile(rf"(?:^|\W)(?:{fold_pattern(told['month_cues'])})[ ']?$"),
        tense=word_pattern(
            rf"(?<!\w)(?:(?P<future>{fold_pattern(told['future'])})|(?P<past>{fold_pattern(told['past'])}))(?!\w)",
            (fold_pattern(told["future"]), fold_pattern(told["past"])),
            language=language,
        ),
        accented=re.compile(fold_pattern(told.get("accented", "(?!)"))),
        not_future=frozenset(fold(word) for word in told["not_future"]),
        since=since_pattern(told),
        since_or_from=frozenset(fold(word) for word in told.get("since_or_from", ())),
        not_relative_after=frozenset(fold(word) for word in told["not_relative_after"]),
        not_weekday_after=frozenset(told.get("not_weekday_after", ())),
        is_month_first=bool(told.get("is_month_first", False)),
        night=re.compile(rf"(?:^|\W)(?:{fold_pattern(told['night_words'])})[ ']?$"),
        part_of_month=re.compile(rf"(?:^|\W)(?:{fold_pattern(told.get('part_of_month', '(?!)'))}) $"),
        of_week=_of_week(told),
        ordinal_before=re.compile(rf" (?:{fold_pattern(told.get('ordinal_before', '(?!)'))})(?!\w)"),
    )


def fold_pattern(pattern: str) -> str:
    """A pattern for folded text; classes such as \\w keep their letter's case."""
    return "".join(part if at % 2 else fold(part) for at, part in enumerate(re.split(r"(\\.|\(\?P)", pattern)))


def since_pattern(told: Mapping[str, Any]) -> re.Pattern[str]:
    """The words right before what goes on since: "depuis ce week-end", "since 2012"; `told`: a file's `[dates]`."""
    return re.compile(rf"(?<!\w)(?:{fold_pattern(told['since_words'])}) (?:\w{{1,5}} )?$")


def any_of(words: Sequence[str] | Mapping[str, Any]) -> str:
    """One alternation, the longest form first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


def _gate(shapes: Sequence[tuple[str, re.Pattern[str]]]) -> re.Pattern[str]:
    plain = (_NAMED_GROUP.sub("(?:", shape.pattern) for _, shape in shapes)
    return re.compile("|".join(f"({shape})" for shape in plain))


def _first_words(phrases: Sequence[str]) -> frozenset[str]:
    return frozenset(words[0] for words in map(words_of, phrases) if words)


def _directions(told: Mapping[str, Any], around: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{any_of([fold(w) for w in told[name]])})" for name in ("this", "next", "last"))
    return re.compile(around.replace("{words}", groups))


def _of_week(told: Mapping[str, Any]) -> re.Pattern[str]:
    groups = (f"(?P<{name}>{fold_pattern(told['of_week'][name])})" for name in ("next", "last") if "of_week" in told)
    return re.compile(rf",? (?:{'|'.join(groups) or '(?!)'})(?!\w)")


def _shapes(told: Mapping[str, Any], macros: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name and pattern of each shape that begins with a number, a weekday or a month; the most telling first."""
    w, to, of, nth = macros["weekday"], macros["to"], macros["of"], macros["ordinal"]
    end = r"(?![\w]|[.,:]\d|%)"

    def day(n: int) -> str:
        return rf"(?P<d{n}>{macros['day']}){nth}"

    def month(n: int) -> str:
        return rf"(?P<m{n}>{macros['month']})\.?(?!\w)(?:{macros['other_name']})?"

    def month_or_this(n: int) -> str:
        return rf"(?:{month(n)}|(?P<now{n}>{fold_pattern(told['current_month'])})(?!\w))"

    def told_year(n: int) -> str:
        names = ("last", "this", "next")
        return "|".join(f"(?P<{name}_year{n}>{fold_pattern(told[name + '_year'])})" for name in names)

    def year(n: int) -> str:
        return rf"(?:,? {of}(?:(?P<y{n}>{YEAR})(?!\d)|(?:{told_year(n)})(?!\w)))?"

    def on(n: int) -> str:
        return rf"(?:(?P<w{n}>{w}),? {_ARTICLE})?"

    day_words = any_of([fold(word) for word in (*told["this"], *told["relative"])])
    between = rf"(?: ?{to} ?| ?- ?)"
    full = rf"(?P<m1>{macros['full_month']})(?!\w)(?:{macros['other_name']})?"
    ago = _ago(told, macros)
    return [
        ("day", rf"(?P<y1>{YEAR})-(?P<n1>\d\d)-(?P<d1>\d\d)(?!\d)"),
        ("day", rf"(?P<d1>\d{{1,2}})[/.](?P<n1>\d{{1,2}})[/.](?P<y1>{YEAR}|\d\d)(?!\d)"),
        ("day", rf"(?P<d1>\d{{1,2}})-(?P<n1>\d{{1,2}})-(?P<y1>{YEAR})(?!\d)"),
        (
            "range",
            rf"{on(1)}{day(1)}(?: {of}{month(1)}{year(1)})?(?:(?:, | و)[0-3]?\d)*{between}"
            rf"{_ARTICLE}{on(2)}{day(2)} {of}{month_or_this(2)}{year(2)}",
        ),
        ("range", rf"(?P<w1>{w}),? {_ARTICLE}{day(1)}{between}{_ARTICLE}(?P<w2>{w}),? {_ARTICLE}{day(2)}{end}"),
        ("day", rf"{on(1)}{day(1)} {of}{month_or_this(1)}{year(1)}"),
        ("range", rf"{on(1)}{month(1)} {day(1)}{year(1)}{between}{on(2)}(?:{month(2)} )?{day(2)}{end}{year(2)}"),
        ("day", rf"{on(1)}{month(1)} {day(1)}{end}{year(1)}"),
        ("day", rf"(?P<w1>{w}),? \((?P<d1>[0-3]?\d)\)"),
        ("day", rf"(?P<w1>{w}),? {_ARTICLE}(?P<d1>[0-3]?\d){nth}(?!\w|[.,:h]\d| ?(?:{macros['units']})|-)"),
        ("month", rf"{month(1)} {of}(?P<y1>{YEAR})(?!\d)"),
        ("month", rf"{month(1)},? {of}(?:{told_year(1)})(?!\w)"),
        ("weekdays", rf"(?P<w1>{w}){between}{_ARTICLE}(?:(?:{day_words}) )?(?P<w2>{w})(?!\w)"),
        ("weekday", rf"(?P<w1>{w})(?!\w)"),
        (
            "days_apart",
            rf"(?P<n>{macros['number']}) (?P<unit>{macros['units']}) "
            rf"(?:(?P<before>{fold_pattern(told['apart_before'])})|(?:{fold_pattern(told['apart_after'])}))(?!\w)",
        ),
        ("ago", ago + r"(?!\w)"),  # "three days ago" is no length
        ("duration", rf"(?P<n>{macros['number']})[ -](?P<unit>{macros['units']})(?!\w)"),
        ("duration", rf"(?P<n>24|36|48|72|96)(?P<unit>{macros['units']})(?!\w)"),  # "48h"; "15h" is an hour of the day
        ("month", full),
        ("year", rf"(?P<y1>{YEAR})(?!\d|\w)"),
    ]


def _phrases(told: Mapping[str, Any], macros: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name and pattern of each shape that begins with another word."""
    between = rf"(?: ?{macros['to']} ?| ?- ?)"
    ordinal = macros["ordinal"].removesuffix("?") if told.get("is_bare_day_ordinal") else ""
    months = rf"{macros['month']}|{fold_pattern(told['current_month'])}"
    end = rf"(?![\w]|[.,:h]\d|\.?[ªº]| ?(?:{macros['units']}|%)| {macros['of']}(?:{months})(?!\w))"
    if ordinal:  # "the 8th and the 9th", not "the 10th session"
        end += r"(?= ?(?:[.,;:)]|$|and |to |through |until ))"
    days = rf"(?P<d1>[0-3]?\d){ordinal}{between}(?:the |le |el )?(?P<d2>[0-3]?\d){ordinal}{end}(?! و\d)"
    behind = fold_pattern(told.get("behind_bare_day", ""))
    one = rf"(?P<d1>[0-3]?\d){ordinal}{end}{behind}(?!{between}(?:the |le |el )?\d)"
    ago = _ago(told, macros)
    ahead = fold_pattern(told.get("days_ahead", "(?!)")).replace("<number>", macros["number"])
    return [
        *((name, rf"(?:{fold_pattern(told[name])})(?!\w)") for name in DAYS_FROM_DAY if name in told),
        *_nth_days(told),
        ("relatives", rf"(?P<r1>{macros['relative']}){between}(?P<r2>{macros['relative']})(?!\w)"),
        (
            "relative_on",
            rf"(?P<r1>{macros['relative']}){between}{_ARTICLE}(?P<w2>{macros['weekday']})(?!\w)",
        ),
        ("relative", rf"(?P<r1>{macros['relative']})(?!\w)"),
        ("range", rf"(?:{fold_pattern(told['days_words'])}) {days}"),
        ("day", rf"(?:{fold_pattern(told['day_words'])}) {one}"),
        *((f"{name}_unit", fold_pattern(told[f"{name}_units"]) + r"(?!\w)") for name in ("this", "next", "last")),
        ("weekend", fold_pattern(told["weekend"]) + r"(?!\w)"),
        ("ago", ago + r"(?!\w)"),
        ("days_ahead", ahead + r"(?!\w)"),
        ("duration", rf"(?P<dual>{fold_pattern(told['duals'])})(?!\w)"),
        ("some_hours", rf"(?:{fold_pattern(told['some_hours'])})(?!\w)"),
    ]


def _ago(told: Mapping[str, Any], macros: Mapping[str, str]) -> str:
    return fold_pattern(told["ago"]).replace("<number>", macros["number"]).replace("<units>", macros["units"])


def _nth_days(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """ "the second day of his visit", one shape for each number that is told."""
    pattern = fold_pattern(told["nth_day_of_visit"])
    numbers = enumerate(map(fold_pattern, told["nth_days"]), 2)
    return [("nth_day", pattern.replace("<nth>", rf"(?P<nth{n}>{words})") + r"(?!\w)") for n, words in numbers]
