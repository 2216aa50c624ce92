"""Does a construction tell what is to come, what is news, or what was long before it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.text import Span
from extractors.visits.actors import Actor
from extractors.visits.claims import Claim, Sentence
from extractors.visits.dates import find_dates
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.phrases import Pattern, listed, open_phrases
from extractors.visits.scene import Scene
from extractors.visits.tenses import share_ahead

_AGO = 50
_TOLD_BEHIND = 110
"""So far behind a noun of visiting its relative clause may tell when that was."""
_INTENDED = 30
_ADJECTIVE = 20
"""So far from a noun of visiting its adjective ends."""
_DENIED = 16
"""So far before a verb or its subject stands what denies it."""
_VERB = 12
_AUXILIARY = 2
"""So much of a construction may end the verb before it: "était venu à"."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OLD_YEAR = re.compile(r"\W*(?:\w+ ){1,2}((?:19|20)\d\d)(?= |,)")
"""What a sentence opens with that tells of one year: "In 1958"."""
_YEAR_ONLY = 4
_MONTHS = 4
"""So many months after its day no visit is news."""
_JOINED = 24
_DAY_BEHIND = 70
_NOUNS = frozenset({"visit_by", "in_visit", "visit_of"})


@cache
def _intentions(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """An infinitive, and right before it a verb of what is to come; None where a language needs neither."""
    told = language_table(language, "tense")
    if "intends" not in told:
        return None
    words = "|".join(told["intends"])
    return re.compile(told["infinitive"]), re.compile(rf"(?<!\w)(?:{words})(?: \w+)? (?:de |d'|a )?$")


def _is_before(day: str | None, published: str) -> bool:
    """Whether a day, month or year lies so far before the publication that what is told of it is retold."""
    if not day or len(day) == _YEAR_ONLY:
        return bool(day) and int((day or "")[:4]) < int(published[:4])
    months = (int(published[:4]) - int(day[:4])) * 12 + int(published[5:7]) - int(day[5:7])
    return months >= _MONTHS


@cache
def _ago_openings(language: str) -> re.Pattern[str]:
    """ "Il y a trente ans, ": what a sentence opens with that tells of years ago."""
    return re.compile(rf"\W*(?:{listed(language, 'ago_openings', 'tense')})(?!\w)")


@cache
def _just_before(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?<!\w)(?:{listed(language, 'just_before', 'tense')})(?!\w)")


@cache
def _reported(language: str) -> re.Pattern[str]:
    """Words of saying up to the auxiliary of a pluperfect whose subject is who speaks."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'reported', 'tense')})(?!\w)")


@cache
def _previous(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'previous', 'tense')})")


@cache
def _counted(language: str) -> Pattern:
    return open_phrases(language_table(language, "words").get("times", ()), language, "")


@cache
def _never(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Within or right before a verb, and right before whoever it is of: that never happened."""
    never, nobody = (listed(language, key) for key in ("never", "nobody"))
    return re.compile(rf"(?<!\w)(?:{never})(?!\w)"), re.compile(rf"(?<!\w)(?:{nobody}) \Z")


@cache
def _wishes(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A journey in the subjunctive, and what stands before one that was decided."""
    subjunctive, decided = (listed(language, key) for key in ("subjunctives", "decided"))
    return re.compile(subjunctive), re.compile(rf"(?<!\w)(?:{decided})(?!\w)")


@cache
def joining(language: str) -> frozenset[str]:
    return frozenset(language_table(language, "words").get("conjunctions", ()))


def opens_its_relative(scene: Scene, cue: Hit) -> bool:
    """ "a visita oficial de três dias que o ministro efectuou": the noun's own relative clause follows."""
    tail = scene.lexicon.visit_tail.match(scene.folded, cue.end)
    return scene.lexicon.inverted.match(scene.folded, tail.end() if tail else cue.end) is not None


class Timed:
    """The tense of each construction of one sentence."""

    scene: Scene
    sentence: Sentence
    earlier: Sequence[Claim]

    def _tense(self, cue: Hit) -> str | None:
        start, text = cue.start, self.scene.folded[cue.start : cue.end]
        before = self.scene.folded[max(self.sentence.span.start, cue.start - 14) : cue.start]
        earlier = self.scene.lexicon.earlier
        is_earlier = earlier.search(before) or earlier.search(f"{before}{text[:_VERB]}")
        if earlier.match(text) or (is_earlier and not self._is_planned(text)):
            is_news = self._is_back_from(cue) or self._is_of_these_days(cue) or self._is_reported(cue)
            return None if is_news else "earlier"
        if cue.label in _NOUNS and self._is_called_previous(cue):
            return "earlier"
        if cue.label == "session" and earlier.search(self.scene.folded, cue.end, cue.end + _VERB):
            return "earlier"  # "la précédente session de la commission s'était tenue à Tripoli"
        reach = self.scene.lexicon.tense_reach
        if reach:
            start = max(self.sentence.span.start, cue.start - reach)
        if self.scene.looks_ahead(start, cue.end):
            return "future"
        if self._is_intended(cue):
            return "future"
        sequel = self.scene.lexicon.sequel
        opens = sequel and sequel.search(self.scene.folded, self.sentence.span.start, cue.start)
        if opens and self.scene.looks_ahead(self.sentence.span.start, opens.start()):
            return "future"  # "doit être reçu mardi avant de se rendre à Lomé"
        if self._is_long_ago(cue) or self._is_of_earlier(cue):
            return "earlier"
        return "future" if self._is_apposed_to_goal(cue) else self._shared_tense(cue)

    def _is_called_previous(self, cue: Hit) -> bool:
        """ "during his previous visit to Riyadh"."""
        start = max(self.sentence.span.start, cue.start - _ADJECTIVE)
        end = min(self.sentence.span.end, cue.end + _ADJECTIVE)
        told = _previous(self.scene.lexicon.language).finditer(self.scene.folded, start, end)
        return any(found.start() < cue.end and found.end() > cue.start for found in told)

    def _is_only_counted(self, cue: Hit, who: Actor) -> bool:
        """ "It was the first time that a Finnish president had set foot here": of the visit that is told, no other."""
        if who.named or not all(m.is_new for m in who.mentions) or self._tense(cue) != "earlier":
            return False
        counted = _counted(self.scene.lexicon.language)
        return counted.search(self.scene.folded, self.sentence.span.start, cue.start) is not None

    def _is_never(self, cue: Hit) -> bool:
        """ "has never paid a visit to Brazil", "aucun président togolais ne s'y est rendu": nobody travelled."""
        never, nobody = _never(self.scene.lexicon.language)
        start, folded = self.sentence.span.start, self.scene.folded
        told = never.search(folded, max(start, cue.start - _DENIED), cue.end)
        if told and len(folded[told.end() : cue.start].split()) <= 1:
            return True
        last = next((m for m in reversed(self.sentence.people) if m.end <= cue.start), None)
        return last is not None and nobody.search(folded, max(start, last.start - _DENIED), last.start) is not None

    def _is_only_wished(self, cue: Hit) -> bool:
        """ "souhaite que le président se rende à Paris": a subjunctive tells a journey only where it was decided."""
        subjunctive, decided = _wishes(self.scene.lexicon.language)
        if subjunctive.fullmatch(self.scene.folded, cue.start, cue.end) is None:
            return False
        return decided.search(self.scene.folded, self.sentence.span.start, cue.start) is None

    def _is_of_earlier(self, cue: Hit) -> bool:
        """ "s'était rendu à Conakry, pour sa première sortie": a noun of visiting without a verb of its own."""
        own = (c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.is_travel)
        last = next(own, None)
        if last is None or last.tense != "earlier" or last.label == "arrive" or cue.start < last.cue.end:
            return False
        if cue.label not in _NOUNS:
            return False
        between = Span(last.cue.end - self.scene.shift, cue.end - self.scene.shift)
        return share_ahead(self.scene.document, [between]) is None

    def _is_apposed_to_goal(self, cue: Hit) -> bool:
        """ "partira jeudi pour Cotonou, prochaine étape de sa tournée": a stage is as far off as the verb before it."""
        is_stage = cue.label == "stop" or self.scene.lexicon.tour_noun.match(self.scene.folded, cue.start) is not None
        own = (c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.is_travel)
        last = next(own, None)
        return is_stage and last is not None and last.tense == "future"

    def _is_intended(self, cue: Hit) -> bool:
        """ "prévoit de se rendre": what an infinitive tells is as far off as the verb before it says."""
        forms = _intentions(self.scene.lexicon.language)
        if forms is None or forms[0].match(self.scene.folded, cue.start, cue.end) is None:
            return False
        start = max(self.sentence.span.start, cue.start - _INTENDED)
        if forms[1].search(self.scene.folded[start : cue.start]):
            return True
        # "vendredi, ce sera au tour de son homologue, X, de fouler le sol togolais"
        before = Span(self.sentence.span.start - self.scene.shift, cue.start - self.scene.shift)
        return share_ahead(self.scene.document, [before]) == 1.0

    def _is_planned(self, text: str) -> bool:
        """Where a visit is off, "had been due to meet" tells of it, not of an earlier one."""
        is_off = any(h.label in ("cancelled", "postponed") for h in self.scene.status_hits)
        return is_off and self.scene.lexicon.future.match(text) is not None

    def _is_of_these_days(self, cue: Hit) -> bool:
        """ "Arrivée mardi, elle s'était rendue mercredi à Ségou": a bare weekday or "yesterday" beside the verb; "La
        veille, il avait été reçu", "had come that morning": what was shortly before, told first or right behind."""
        folded, span = self.scene.folded, self.sentence.span
        start, end = cue.end, min(span.end, cue.end + _DAY_BEHIND)
        following = (c.start for c in self.sentence.cues if c.start > cue.end and c.label not in _NOUNS)
        end = min(end, min(following, default=end))
        before = _just_before(self.scene.lexicon.language)
        is_close = before.match(folded, self.scene.opening_of(span)) or before.search(folded, start, end)
        if is_close and not _YEAR.search(folded, span.start, span.end):
            return True
        published = self.scene.document.published_on
        text, folded = self.scene.text[start:end], self.scene.folded[start:end]
        told = find_dates(text, self.scene.lexicon.language, published, folded) if published else ()
        return any(day.form in ("weekday", "relative") and day.precision == "day" for day in told)

    def _is_reported(self, cue: Hit) -> bool:
        """ "He said he had come to Lusaka to deliver a message": a past of speech, not of the past."""
        told = _reported(self.scene.lexicon.language)
        said = [m.end() for m in told.finditer(self.scene.folded, self.sentence.span.start, cue.start + _VERB)]
        is_told = any(0 <= end - cue.start < _VERB or 0 <= cue.start - end <= _AUXILIARY for end in said)
        return is_told and not self._is_long_ago(cue)

    def _is_back_from(self, cue: Hit) -> bool:
        """ "est rentré d'un voyage qui l'avait conduit à Praia": the journey from which one is back."""
        return any(c.label == "return" and c.start < cue.start for c in self.sentence.cues)

    def _opens_long_ago(self, cue: Hit) -> bool:
        """ "Il y a trente ans, le président était accueilli", "In 1958 X came; three years later Y flew to Accra"."""
        start = self.sentence.span.start
        start = max(start, self.scene.folded.rfind(";", start, cue.start) + 1)
        if _ago_openings(self.scene.lexicon.language).match(self.scene.folded, start, cue.start):
            return True
        published, year = self.scene.written_on, _OLD_YEAR.match(self.scene.folded, start, cue.start)
        return bool(published and year) and _is_before(year[1] if year else None, published or "")

    def _is_long_ago(self, cue: Hit) -> bool:
        """ "visited Accra last year"; not where the visit is counted: "the third time since 2022 that she visits"."""
        lexicon = self.scene.lexicon
        if _counted(lexicon.language).search(self.scene.folded, self.sentence.span.start, cue.start):
            return False
        if self._opens_long_ago(cue):
            return True
        end = min(self.sentence.span.end, cue.end + (_TOLD_BEHIND if self._is_told_behind(cue) else _AGO))
        start = max(self.sentence.span.start, cue.start - _AGO)
        if lexicon.past_before.search(self.scene.folded, start, cue.start):
            return True
        return lexicon.past_marks.search(self.scene.folded, cue.start, end) is not None or self._is_of_old_year(
            cue, end
        )

    def _is_told_behind(self, cue: Hit) -> bool:
        """ "the visit that the king paid to Moscow in 2016": its day stands behind its relative clause."""
        return cue.label == "visit_of" and opens_its_relative(self.scene, cue)

    def _is_of_old_year(self, cue: Hit, end: int) -> bool:
        """ "a visit to China in 1987": a date right behind the journey or its place, years before the publication."""
        published = self.scene.written_on
        if not published or not _YEAR.search(self.scene.folded, cue.end, end):
            return False
        text, folded = self.scene.text[cue.end : end], self.scene.folded[cue.end : end]
        told = [cue.end, *(p.end for p in self.scene.places_between(cue.end, end))]
        for day in find_dates(text, self.scene.lexicon.language, None, folded):
            at = cue.end + day.start
            between = self.scene.folded[max(t for t in told if t <= at) : at]
            is_old = day.basis == "stated" and _is_before(day.first, published)
            if is_old and len(between.split()) <= 1:
                return True
        return False

    def _shared_tense(self, cue: Hit) -> str | None:
        """ "will fly to Accra to meet X for talks": what has no tense of its own takes that of the verb before."""
        lexicon, folded = self.scene.lexicon, self.scene.folded
        if lexicon.finite_past is None:
            first = self._coordinated(cue)
            return first.tense if first else None
        for other in reversed([c for c in self.sentence.cues if c.start <= cue.start]):
            if self.scene.looks_ahead(other.start, other.end):
                return "future"
            if lexicon.finite_past.search(folded, other.start, other.end):
                return None
        return None

    def _coordinated(self, cue: Hit) -> Claim | None:
        """ "effectuera une visite en Mauritanie, puis une visite en Côte d'Ivoire": whose verb it shares."""
        lexicon, folded = self.scene.lexicon, self.scene.folded
        own = (c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.label == "visit_by")
        first = next((c for c in own if c.visitor and c.cue.end <= cue.start), None)
        if first is None or cue.label != "visit_of":
            return None
        article = lexicon.indefinite.search(folded, first.cue.end, cue.start)
        before = folded[max(first.cue.end, cue.start - _JOINED) : article.start()].split() if article else []
        return first if before and before[-1].strip(",") in joining(lexicon.language) else None
