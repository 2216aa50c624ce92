"""The words of one language for people, places, constructions, kinds and status, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extractors.errors import SourceError
from extractors.text import fold
from extractors.visits.branches import branched
from extractors.visits.language_files import language_file
from extractors.visits.phrase_index import GAP, Hit, PhraseIndex, Phrases, WordIndex, folded_pattern
from extractors.visits.word_patterns import Pattern, word_pattern

__all__ = ["Hit", "Lexicon", "Phrases", "WordIndex", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the coder knows of one language."""

    language: str
    prefixes: tuple[str, ...]
    """What may stand glued before a word, the longest first (Arabic و, ال …)."""
    phrases: PhraseIndex
    """Offices, seats, cues, kinds, status, stage, against and occasion."""
    offices: Phrases
    by_country: Mapping[str, Mapping[str, str]]
    """Offices that mean another one in a state: {"USA": {"secretaire d'etat": "foreign_minister"}}."""
    country_by_title: Mapping[str, str]
    """Titles that only one state has: {"president du faso": "BFA"}."""
    known_titles: re.Pattern[str]
    """Any of them: most titles are none."""
    foreign: re.Pattern[str]
    links: re.Pattern[str]
    loose_links: frozenset[str]
    """Links behind which only a known word goes on a title ("," "et")."""
    state_words: frozenset[str]
    """Words of a state's official name: "fédérale", "démocratique"."""
    portfolio: frozenset[str]
    stops: frozenset[str]
    """Words at which a title or a name ends."""
    things: frozenset[str]
    """Nouns of what bears a person's name: airports, streets, palaces."""
    ranked: re.Pattern[str]
    """An honorific with its article: "le général de division"."""
    honorific: re.Pattern[str]
    honorific_ends: frozenset[str]
    """The last words of honorifics, without their dots: where none of them stands, no honorific does."""
    particles: frozenset[str]
    former: re.Pattern[str]
    bearer: Pattern
    """What makes a visitor a bearer of a message: "porteur d'un …"."""
    indefinite: re.Pattern[str]
    """An article that brings somebody new: "un émissaire"."""
    conjunctions: re.Pattern[str]
    """What goes on with a list of places: "vendredi à Banjul et dimanche à Praia"."""
    latter: Pattern
    invitation: Pattern
    """Nouns and verbs of inviting."""
    town_case: re.Pattern[str]
    """A preposition that only towns take ("à Djibouti")."""
    inverted: re.Pattern[str]
    """What makes the subject follow: "la visite que devait effectuer le ministre"."""
    for_state: re.Pattern[str]  # What stands between a name and its state: "X pour le Niger", "X (Niger)".
    where: re.Pattern[str]  # What ties a clause to the place before it: "Niamey, où il a été reçu".
    tour_noun: Pattern
    visit_noun: re.Pattern[str]  # what calls a journey a visit: the macro `visit` of the constructions
    tour: Pattern
    """A journey through several states."""
    relatives: frozenset[str]
    possessives: frozenset[str]
    there: frozenset[str]
    led_by: Pattern
    """What stands between a delegation and its leader."""
    same_place: Pattern
    welcome: re.Pattern[str]  # Verbs of welcoming, which are no talks.
    attached: re.Pattern[str]  # What ties a deputy to his minister: "auprès du".
    both: Pattern
    """What an article on a visit says of the two sides again and again."""
    then: re.Pattern[str]  # What makes an office one of another time: "d'alors".
    accepted: Pattern
    dateless: Pattern  # Says that the day of what is to come is still to be agreed.
    case: re.Pattern[str]
    countries_word: re.Pattern[str]
    """ "ces quatre pays" behind a verb of visiting."""
    place_case: re.Pattern[str]
    ground: re.Pattern[str]
    ground_behind: re.Pattern[str]  # the same behind a people's name: "the Ethiopian capital"
    seats: Phrases
    cues: Phrases
    future: re.Pattern[str]
    """Asked only whether a verb is one; the letters before its ending need no look."""
    earlier: re.Pattern[str]
    done: re.Pattern[str]
    """What makes a verb of leaving one of having left."""
    kinds: Phrases
    status: Phrases
    stage: Phrases
    """Strong words for where a visit stands: `ended`, `here` (it goes on as the text is written), `paid`."""
    pending: Pattern
    """Before words of an end: it is still to come."""
    against: Phrases
    occasion: Phrases
    pronoun: Pattern
    table: Mapping[str, Any]
    has_capitals: bool
    title_before_portfolio: bool
    the_two: Pattern
    """Those who met in the sentence before: "the two leaders"."""
    past_marks: Pattern
    """What behind a verb makes it one of an earlier time, where the tense doesn't: "visited Accra last year"."""
    finite_past: re.Pattern[str] | None
    """Verbs of the past; where given, other verbs of a sentence share the future of a verb before them."""
    strangers: Pattern
    """Those who go somewhere in an official's words: "said tourists visiting Thailand"."""
    topical: re.Pattern[str]
    """Verbs behind which a place is what is spoken of, not where: "discussed the situation in Kassala"."""
    visit_tail: re.Pattern[str]
    """What may stand between a visit and its relative clause: "a visita oficial de três dias que"."""
    called_host: re.Pattern[str]
    """What stands before whoever receives a visitor: "her host, President X"."""
    host_word: re.Pattern[str]
    """The same as a title of its own: "his Ivorian host, President X"."""
    goal: re.Pattern[str]
    """What stands between a visit and where it goes: "a visit to the hospital"."""
    articles: frozenset[str]
    inverts: bool
    """True where a subject may stand behind its verb: "sont arrivés hier les ministres"."""
    plural_verb: re.Pattern[str] | None
    """The ending of a verb whose subjects are several."""
    matters: Pattern
    """What is spoken of: behind it a place is no site."""
    before_verb: re.Pattern[str]
    """What a verb without a subject of its own stands behind: "before he goes"."""
    drops_subject: bool
    """True where a verb alone goes on about whoever acted last: "será recebido"."""
    marked: int
    """How much an official printed with his state speaks against that state being the article's own."""
    genitive: re.Pattern[str]  # what makes a name before it an owner: "the president's visit"
    plurals: re.Pattern[str] | None
    """Words that make an office one of several people, where the ending of its first word doesn't tell."""
    citizens: re.Pattern[str]  # what stands between a name and its state: "President X of Ghana"
    here: re.Pattern[str]  # what stands behind a verb for the place of writing: "arrived here on Tuesday"
    session_before: Pattern  # what tells of an earlier session: the place behind it is no meeting's
    sides: re.Pattern[str] | None  # what names a delegation's side before its state: "the … side"
    sequel: re.Pattern[str] | None  # right before a verb without a tense of its own: "before", "avant de"
    posts: Pattern  # an embassy and its state right before the town where it is
    done_at: re.Pattern[str] | None  # what opens the line of a communiqué that tells where it was signed
    feminine: re.Pattern[str] | None  # titles of women, where their form tells
    ungendered: re.Pattern[str]  # titles that men and women bear in one form: "chanceler"
    of_last_state: re.Pattern[str]
    """Titles of the state last named: "its president"."""
    former_after: re.Pattern[str]  # what stands behind a title that is one no more
    verb_first: bool
    """True where the subject stands behind its verb."""
    glued: tuple[str, ...]
    """Prefixes by which a state is joined to a title before a name ("the prime minister of-Barbados, X")."""
    glued_states: tuple[str, ...]
    """The same before a state's official name, also without a name behind it ("of-the-republic of Sudan")."""
    definite: str
    """The article that is written with its noun: a title that bears it takes no state's name behind it."""
    given_names: frozenset[str]
    """Names that look like other words."""
    exact_stops: frozenset[str]
    """Stops that hold only as printed, because folded they are names."""
    glued_article: re.Pattern[str]
    """Prefixes of a noun with its article, with which no name begins."""
    foreign_ministry: re.Pattern[str]
    governors: Pattern
    """What makes a noun of visiting a journey of the sentence's subject, where verbs stand first: "paid", "on a"."""
    bare_titles: frozenset[str]
    """Titles that take up somebody, so that a name follows them only behind an honorific: "the minister"."""
    name_stop: re.Pattern[str]  # patterns of words that no name holds, where the script has no capitals
    list_step: re.Pattern[str]
    """What leads from a name to the next state of a list: ", et du"."""
    apposed: re.Pattern[str]
    """A comma and the participle of one who came: "…, venu pour …"."""
    title_tail: re.Pattern[str]
    """What stands between a title and its name and says how the office is held: "par intérim"."""
    past_before: re.Pattern[str]
    """What puts the visit behind it into the past: "un an après"."""
    joints: frozenset[str]
    """What stands between the parts of a list of people: conjunctions and articles."""
    taken_up: re.Pattern[str]  # words for whoever acted last, without state and name: "o governante"
    lineage: re.Pattern[str]  # what stands between a given name and the father's
    that: frozenset[str]
    """Relatives that open clauses of what is said as well: "informó que llegará"."""
    object_mark: re.Pattern[str]
    """The preposition of a person who is an object: "recibió al ministro"."""
    imperfect: re.Pattern[str]
    """Verbs that tell what goes on or is to come; `coming` days behind them tell which."""
    coming: Pattern
    tense_reach: int
    """How many characters before a cue the word may stand that makes it future."""

    def index_phrases(self, folded: str) -> WordIndex:
        """Where the phrases of all tables may begin in a text."""
        return self.phrases.places(folded)

    def prefix_lengths(self, folded: str, start: int, end: int) -> list[int]:
        """How many letters of the word between two places may be glued prefixes, rising."""
        return _glued_letters(self.prefixes, folded[start:end])

    def is_portfolio(self, word: str) -> bool:
        """Whether a folded word, or what is behind its prefixes, belongs to a minister's portfolio."""
        if word in self.portfolio:
            return True
        return any(word[n:] in self.portfolio for n in self.prefix_lengths(word, 0, len(word)))


@lru_cache(maxsize=50_000)
def _glued_letters(prefixes: tuple[str, ...], word: str) -> list[int]:
    """The lengths of all prefixes that a word begins with; two letters of it are left."""
    return sorted({len(p) for p in prefixes if word.startswith(p) and len(word) > len(p) + 1})


@cache
def load_lexicon(language: str | None) -> Lexicon | None:
    """The lexicon of a language, or None where no file holds one. Raises SourceError naming a missing key."""
    told = language_file(language) if language else {}
    if not language or "cues" not in told:
        return None
    try:
        return _lexicon(language, told)
    except (KeyError, re.error) as error:
        raise SourceError(f"{language}.toml: sections of the visit coder wanted ({error!r}); see fr.toml") from error


def _any(phrases: Sequence[str]) -> str:
    return "|".join(folded_pattern(p) for p in sorted(phrases, key=len, reverse=True)) or "(?!)"


def _branched(phrases: Sequence[str]) -> str:
    """As `_any`, sorted by letters: for patterns that are asked only whether they match."""
    return branched([(folded_pattern(phrase), "") for phrase in phrases])


def _last_word(honorific: str) -> str:
    """The last word of an honorific's pattern, folded, without its dots."""
    return fold(honorific).replace("\\", "").split()[-1].split("'")[-1].rstrip(".")


def _cases(table: Mapping[str, Sequence[str]], gap: str) -> re.Pattern[str]:
    steps = "|".join(f"(?P<{name}>{_branched(words)})" for name, words in table.items())
    return re.compile(rf"(?<!\w)(?:{steps}){gap}$")


def _lexicon(language: str, told: Mapping[str, Any]) -> Lexicon:
    words, offices = told["words"], told["offices"]
    macros = {name: folded_pattern(source).replace(GAP, " ") for name, source in told["macros"].items()}
    polite, articles, step = _any(words["honorifics"]), _any(words["articles"]), r"(?!\w)[ ]{0,2}"
    glue = "|" if words["prefixes"] else ""
    before = _branched((*words["articles"], *words["honorifics"]))
    gap = rf"(?:(?:^|[ ']|(?<=['])|[ ]?[«\"“]{glue})(?:{before}))*[ '«\"“]*"
    tables = {name: Phrases(told[name], macros) for name in ("cues", "kinds", "status", "against", "occasion")}
    tables["offices"] = Phrases({k: v for k, v in offices.items() if isinstance(v, list)}, macros)
    tables["seats"] = Phrases(told.get("seats", {}))
    tables["stage"] = Phrases(told.get("stage", {}), macros)
    prefixes = tuple(sorted(map(fold, words["prefixes"]), key=len, reverse=True))
    given_names = frozenset(map(fold, words.get("given_names", ())))

    def glued(word: str) -> Sequence[int]:
        return () if word in given_names else _glued_letters(prefixes, word)

    def _words(phrases: Sequence[str], end: str = r"(?!\w)") -> Pattern:
        """A pattern for whole words, or with another end, for what is looked for in whole sentences."""
        return word_pattern(rf"(?<!\w)(?:{_any(phrases)}){end}", map(folded_pattern, phrases), language=language)

    return Lexicon(
        language=language,
        phrases=PhraseIndex(tuple(tables.values()), glued),
        offices=tables["offices"],
        ground_behind=re.compile(rf"[ ](?:{_any(words.get('ground_behind', ()))})(?!\w)"),
        seats=tables["seats"],
        cues=tables["cues"],
        kinds=tables["kinds"],
        status=tables["status"],
        stage=tables["stage"],
        against=tables["against"],
        occasion=tables["occasion"],
        prefixes=prefixes,
        by_country=offices.get("by_country", {}),
        country_by_title=offices.get("country_by_title", {}),
        known_titles=re.compile("|".join(offices.get("country_by_title", {})) or "(?!)"),
        foreign=re.compile(_any(told["portfolio"]["foreign"])),
        links=re.compile(rf"(?:{_any(told['portfolio']['links'])})(?:(?<!\w)|(?!\w))"),
        loose_links=frozenset(told["portfolio"]["loose_links"]),
        state_words=frozenset(map(fold, told["portfolio"]["state_words"])),
        portfolio=frozenset(fold(" ".join(told["portfolio"]["words"])).split()),
        stops=frozenset(fold(" ".join(words["stops"])).split()),
        things=frozenset(fold(" ".join(words["things"])).split()),
        ranked=re.compile(rf"(?:{articles})[ ]?(?:(?:{polite}){step}){{1,3}}"),
        honorific_ends=frozenset(map(_last_word, words["honorifics"])),
        honorific=re.compile(rf"(?:{polite}){step}(?:(?:(?:{articles})[ ]?)?(?:{polite}){step}){{0,3}}"),
        particles=frozenset(map(fold, words["particles"])),
        former=re.compile(rf"(?:{_any(words['former'])})[ -]?$"),
        bearer=_words(words["bearer"], end=""),
        indefinite=re.compile(rf"(?<!\w)(?:{_any(words['indefinite'])})[ ']?(?:[\w-]+[ ])?$"),
        conjunctions=re.compile(
            rf"(?:[ ]\w+)?[ ]?(?:,|,?[ ](?:{_any(words.get('conjunctions', ()))}))(?:[ ][\w'-]+){{0,4}}[ ]"
        ),
        latter=_words(words.get("latter", ())),
        invitation=_words(words.get("invitation", ()), end=""),
        town_case=re.compile(rf"(?<!\w)(?:{_any(words.get('town_case', ()))})[ ]?$"),
        visit_tail=re.compile(rf"(?:[ ](?:{_any(words.get('visit_tails', ()))})(?!\w))*"),
        inverted=re.compile(rf"[ ]?,?[ ](?:{_any(words.get('inverted', ()))})(?!\w)"),
        for_state=re.compile(
            rf"[ ]?(?:[(]|[ ](?:{_any(words.get('for_state', ()))})[ ])(?:(?:{_any(words['articles'])})[ ]?)?"
        ),
        where=re.compile(rf"[ ]?,?[ ](?:{_any(words.get('where', ()))})(?!\w)"),
        tour_noun=_words(words.get("tour_nouns", ())),
        visit_noun=re.compile(rf"(?:{macros.get('visit', '(?!)')})(?!\w)"),
        tour=_words(words["tour"]),
        relatives=frozenset(map(fold, words["relatives"])),
        possessives=frozenset(map(fold, words["possessives"])),
        there=frozenset(map(fold, words["there"])),
        led_by=_words(words["led_by"]),
        same_place=_words(words["same_place"]),
        welcome=re.compile(rf"(?:{_any(words['welcome'])})"),
        attached=re.compile(rf"[ ]?,?[ ]?(?:{_any(words['attached'])})[ ']?"),
        both=_words(words["both"]),
        then=re.compile(rf"[ ]?,?[ ]?(?:{_any(words['then'])})(?!\w)"),
        accepted=_words(words["accepted"]),
        dateless=_words(words.get("dateless", ())),
        case=_cases(told["case"], gap),
        countries_word=re.compile(rf"[ ](?:[\w'-]+[ ]){{0,2}}(?:{_any(words['countries_word'])})(?!\w)"),
        place_case=_cases(told["place_case"], gap),
        ground=re.compile(rf"(?<!\w)(?:{_any(words['ground'])})[ ']$"),
        future=re.compile(_any([ending.removeprefix(r"\w*") for ending in told["tense"]["future"]])),
        earlier=re.compile(_any(told["tense"]["earlier"])),
        done=re.compile(rf"(?<!\w)(?:{_any(told['tense'].get('done', ('',)))})"),
        pending=_words(told["tense"].get("pending", ())),
        pronoun=_words(words["pronouns"]),
        table=told,
        has_capitals=words.get("has_capitals", True),
        title_before_portfolio=words.get("title_first", True),
        the_two=_words(words.get("the_two", ())),
        past_marks=_words(told["tense"].get("past_marks", ())),
        finite_past=re.compile(_any(told["tense"]["finite_past"])) if "finite_past" in told["tense"] else None,
        strangers=_words(words.get("strangers", ())),
        topical=re.compile(_any(words.get("topical", ()))),
        called_host=re.compile(
            rf"(?:{_any(words.get('called_host', ()))})[ ]?,?[ ]?(?:{_any(words['articles'])})?[ ]?$"
        ),
        host_word=re.compile(rf"(?:{_any([w.split()[-1] for w in words.get('called_host', ())])})(?!\w)"),
        goal=re.compile(rf"[ ](?:{_any(words.get('goals', ()))})[ ]"),
        articles=frozenset(map(fold, words["articles"])),
        inverts=words.get("inverts", True),
        plural_verb=re.compile(rf"\w(?:{_any(words['plural_verb'])})(?!\w)") if "plural_verb" in words else None,
        matters=_words(words.get("matters", ()), end=r"(?: \w+)?[ ]?$"),
        before_verb=re.compile(rf"(?<!\w)(?:{_any(words.get('before_verb', ()))})[ ]$"),
        drops_subject=words.get("drops_subject", False),
        marked=words.get("marked", 0),
        genitive=re.compile(_any(words.get("genitive", ()))),
        plurals=re.compile(rf"(?<!\w)(?:{_any(words['plurals'])})(?!\w)") if "plurals" in words else None,
        citizens=re.compile(rf"[ ](?:{_any(words.get('citizens', ()))})(?:[ ]|(?<='))"),
        here=re.compile(rf"(?:[ ][\w-]+){{0,2}}?[ ](?:{_any(words.get('here', ()))})(?!\w)"),
        session_before=_words(words.get("session_before", ())),
        sides=re.compile(rf"(?:{_any(words['sides'])})[ ]$") if "sides" in words else None,
        sequel=re.compile(rf"(?<!\w)(?:{_any(words['sequel'])})[ ']$") if "sequel" in words else None,
        posts=_words(words["posts"], end=r"(?:[ '][\w-]+){1,6}[ ']?$"),
        done_at=re.compile(rf"(?:{_any(words['done_at'])})(?= )") if "done_at" in words else None,
        feminine=re.compile(_any(words["feminine"])) if "feminine" in words else None,
        ungendered=re.compile(rf"(?:{_any(words.get('ungendered', ()))})(?!\w)"),
        of_last_state=re.compile(rf"(?:{_any(words.get('of_last_state', ()))})(?!\w)"),
        former_after=re.compile(rf"[ ]?,?[ ]?(?:{_any(words.get('former_after', ()))})(?!\w)"),
        verb_first=words.get("verb_first", False),
        glued=tuple(map(fold, told["portfolio"].get("glued", ()))),
        glued_states=tuple(map(fold, told["portfolio"].get("glued_states", ()))),
        definite=fold(words.get("definite", "")),
        given_names=given_names,
        exact_stops=frozenset(words.get("exact_stops", ())),
        glued_article=re.compile(rf"(?:{_any(words.get('glued_articles', ()))})\w"),
        foreign_ministry=re.compile(_any(words.get("foreign_ministry", ()))),
        governors=_words(words.get("governors", ()), end=""),
        bare_titles=frozenset(map(fold, words.get("bare_titles", ()))),
        name_stop=re.compile(rf"(?:{_any(words.get('name_stops', ()))})(?!\w)"),
        imperfect=re.compile(_any(told["tense"].get("imperfect", ()))),
        coming=_words(told["tense"].get("coming", ())),
        tense_reach=told["tense"].get("reach", 0),
        taken_up=re.compile(_any(words.get("taken_up", ()))),
        lineage=re.compile(rf"[ ](?:{_any(words.get('lineage', ()))})[ ]"),
        that=frozenset(map(fold, words.get("that", ()))),
        apposed=re.compile(rf"[ ]?,[ ](?:{_any(words.get('apposed', ()))})(?!\w)"),
        title_tail=re.compile(rf"[ ]?,?[ ](?:{_any(words.get('title_tails', ()))})(?!\w)"),
        past_before=re.compile(rf"(?:{_any(told['tense'].get('past_before', ()))})[ ']?$"),
        joints=frozenset(
            filter(str.isalpha, (fold(w).strip("'") for w in (*words["articles"], *told["portfolio"]["loose_links"])))
        ),
        list_step=re.compile(
            rf"[ ]?[,;]?[ ](?:(?:{_any(words.get('conjunctions', ()))})[ ])?(?:(?:{_any(told['case']['of'])})[ ]?)?"
            + words.get("glued_and", "")
        ),
        object_mark=_cases({"object": words.get("object_marks", ())}, gap),
    )
