"""May an office that is printed be somebody's, by its field, rank and gender?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.visits.actors import Actor, Cast
from extractors.visits.gender import agree
from extractors.visits.language_files import language_table
from extractors.visits.mentions import MINISTERS, Mention
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene

DIPLOMATS = frozenset({"foreign_minister", "special_envoy", "deputy_minister"})
"""Who may be called "le diplomate" besides an ambassador."""
_WORD = re.compile(r"\w+")
_TIE = re.compile(r"(?: \w{1,3}){0,2}[ ']$")
"""What ties a state to the title before it: " de la "."""
_BYLINE = 60
_CLAUSE_HEAD = 12
_OF_BODIES = frozenset({"military", "minister", "speaker_of_parliament"})
"""Whose titles name a body of their own."""
_TALKS = frozenset({"meet", "received", "receive"})


class Offices:
    """Compares the offices of an article's mentions with those that its actors are called by."""

    scene: Scene
    mentions: list[Mention]

    def _is_anaphoric(self, mention: Mention) -> bool:
        """ "le ministre" alone takes up whoever was last called so."""
        if self.scene.lexicon.verb_first and mention.title:
            return " " not in self.scene.folded[mention.title.start : mention.title.end]
        return not self._field(mention)

    def _fits(self, actor: Actor, mention: Mention) -> bool:
        return self._may_hold(actor, mention) and agree(self.scene, actor.mentions, mention)

    def _may_hold(self, actor: Actor, mention: Mention) -> bool:
        """Whether the office of a mention is one that the actor is called by."""
        offices = {m.office for m in actor.mentions}
        if mention.office == "official":
            return bool(actor.office) and actor.office != "ambassador" and not actor.is_plural
        if self._is_within_title(actor, mention):
            return True
        if mention.office == "speaker_of_parliament" in offices:
            return any(self._is_deputy(m) == self._is_deputy(mention) for m in actor.mentions if m.title)
        if mention.office in offices:
            return not (mention.office == "minister" and not self._same_portfolio(actor, mention))
        generic_minister = mention.office == "minister" and self._is_anaphoric(mention)
        if generic_minister and offices & (MINISTERS | {"special_envoy"}):
            return True
        if mention.office == "minister" and "foreign_minister" in offices:
            return any(self._field(m) & self._field(mention) for m in actor.mentions if m.office == "foreign_minister")
        if mention.office == "special_envoy" and offices & MINISTERS and not self._is_byline(mention):
            return actor.bears_message or "special_envoy" in offices or self._is_anaphoric(mention)
        return mention.office == "head_of_state" and self._is_anaphoric(mention) and "speaker_of_parliament" in offices

    def _titled_there(self, actors: Sequence[Actor], mention: Mention) -> Actor | None:
        """ "Washington can wait, said the secretary of state, X. The American foreign minister": the one whose title,
        printed without a state, means that office in the mention's."""
        meant = self.scene.lexicon.by_country.get(mention.country or "", {})
        titles = {words for words, office in meant.items() if office == mention.office and " " in words}
        unmarked = (a for a in actors if a.named and a.serves is None)
        told = [a for a in unmarked if any(self._printed(m) in titles for m in a.mentions)]
        return told[0] if len(told) == 1 else None

    def _is_deputy(self, mention: Mention) -> bool:
        """Whether a title is that of a deputy: "deputy speaker"."""
        words = language_table(self.scene.lexicon.language, "words").get("deputies", ())
        return any(word in self._printed(mention) for word in words)

    def _is_diplomat(self, mention: Mention) -> bool:
        """ "Le diplomate devait être reçu", where the text has told of no ambassador."""
        called = _diplomat(self.scene.lexicon.language).fullmatch(self.scene.folded, mention.start, mention.end)
        before = (m for m in self.mentions if m.start < mention.start)
        return called is not None and not any(m.office == "ambassador" and (m.name or m.countries) for m in before)

    def _is_within_title(self, actor: Actor, mention: Mention) -> bool:
        """ "the commander-in-chief", of whom "the commander-in-chief and minister of defence X" was told."""
        title = self._printed(mention)
        is_chief = mention.office in _OF_BODIES and " " in title
        return is_chief and any(m.name and title in self._printed(m) for m in actor.mentions)

    def _printed(self, mention: Mention) -> str:
        return self.scene.folded[mention.title.start : mention.title.end] if mention.title else ""

    def _of_main_clause(self, told: Sequence[Mention], mention: Mention) -> list[Mention]:
        """ "X, qui sera porteur d'un message à l'émir, coprésidera avec son homologue": whoever a clause set apart by
        commas names is no peer of the verb behind it."""
        verbs = [c.start for c in self.scene.cues if c.label in _TALKS and c.end <= mention.start]
        verb = max((at for at in verbs if told and at > told[0].end), default=None)
        if verb is None:
            return list(told)
        apart = [m for m in told if m.case != "subject" and "," in self.scene.folded[m.end : verb]]
        subjects = [m for m in told if m.case == "subject" and self._has_clause_behind(m)]
        return [m for m in told if m not in apart] if subjects and apart else list(told)

    def _has_clause_behind(self, mention: Mention) -> bool:
        """ "X, qui": a relative clause right behind somebody."""
        words = self.scene.folded[mention.end : mention.end + _CLAUSE_HEAD].replace("'", " ").split()
        return words[:1] == [","] and not self.scene.lexicon.relatives.isdisjoint(words[1:2])

    def _begins_so(self, mention: Mention, short: Mention) -> bool:
        """Whether a title, its state left out, is that of a headline or goes on from it: "ministre des Affaires
        étrangères, de la Migration"."""
        title, head = self._without_state(mention), self._printed(short)
        return title == head or title.startswith((f"{head},", f"{head} et "))

    def _without_state(self, mention: Mention) -> str:
        """ "Kampala dépêche son ministre de la Défense": the title of the "ministre ougandais de la Défense" below, and
        of the "ministre de la Défense de l'Ouganda"."""
        title = self._printed(mention)
        for place in self.scene.places_between(mention.start, mention.end) if title else ():
            if place.kind == "demonym":
                title = title.replace(f" {self.scene.folded[place.start : place.end]}", "", 1)
            elif title.endswith(name := self.scene.folded[place.start : place.end]):
                title = _TIE.sub("", title.removesuffix(name))
        return title

    def _is_byline(self, mention: Mention) -> bool:
        """ "Amadou K. / envoyé spécial" under an article is the paper's own."""
        text = self.scene.folded
        line = text[text.rfind("\n", 0, mention.start) + 1 : text.find("\n", mention.end) % (len(text) + 1)]
        return len(line) < _BYLINE

    def _same_portfolio(self, actor: Actor, mention: Mention) -> bool:
        """Two ministers are one only if neither prints another field."""
        own = self._field(mention)
        return not own or any(
            not self._field(m) or self._field(m) & own for m in actor.mentions if m.office == "minister"
        )

    def _field(self, mention: Mention) -> set[str]:
        return _field_of(self.scene, mention)


def retitle(scene: Scene, cast: Cast) -> None:
    """Gives a title printed without a state the office that it means in the one that its holder turns out to serve."""
    for actor in cast.actors:
        meant = scene.lexicon.by_country.get(actor.country or "", {})
        for mention in actor.mentions if meant else ():
            title = scene.folded[slice(*mention.title)] if mention.title and not mention.countries else ""
            mention.office = meant.get(title, mention.office)


def fields_of(scene: Scene, actor: Actor) -> set[str]:
    """The words of the fields that a minister's titles print."""
    return {word for mention in actor.mentions for word in _field_of(scene, mention)}


def _field_of(scene: Scene, mention: Mention) -> set[str]:
    if not mention.title:
        return set()
    words = _WORD.findall(scene.folded[mention.title.start : mention.title.end])
    first = 1 if scene.lexicon.title_before_portfolio else 0
    return {w for w in words[first:] if w in scene.lexicon.portfolio and len(w) > 3}


@cache
def called_guest(language: str) -> re.Pattern[str]:
    """ "l'hôte du jour": an official who is called by being a guest."""
    return re.compile(rf"(?:{listed(language, 'called_guest')})(?!\w)")


@cache
def _diplomat(language: str) -> re.Pattern[str]:
    return re.compile(listed(language, "diplomats"))
