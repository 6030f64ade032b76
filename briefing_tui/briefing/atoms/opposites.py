"""Opposites: words of direction and outcome, each with the axis that it lies on and its side."""

from __future__ import annotations

from functools import cache

from briefing_tui.briefing.atoms.clauses import SentenceWord, lemma

_AXES = """
rise raise increase grow growth climb jump surge soar gain up upward double triple upturn higher\
 higher rising go_up lift boost widen expand expansion swell accelerate more extend larger bigger\
 : fall drop decrease decline sink plunge slump slide tumble shrink reduce reduction cut lower\
 down downward halve downturn go_down narrow contract contraction slow less fewer shorten\
 smaller dwindle shed ease
high higher tall : low lower
large larger big bigger great greater : small smaller little
more : less fewer
old older elderly : young younger
increase raise lift : cut reduce lower
warm warmer hot hotter : cool cooler cold colder
dear dearer expensive costlier : cheap cheaper
earlier early sooner : later late
before ahead_of prior : after following once
first : last final
uphold affirm stand sustain reaffirm let_stand reinstate : overturn reverse quash vacate annul \
throw_out set_aside\
 strike_down strike invalidate void reversal
approve accept allow permit grant authorise authorize adopt pass endorse agree clear back approval\
 consent green-light ratify : reject refuse deny block forbid ban prohibit veto turn_down decline\
 rebuff rejection refusal bar disallow dismiss
admit include : exclude bar
win beat =defeated =defeats victory triumph winner : lose =defeat loss loser
guilty convict conviction : acquit acquittal clear innocent exonerate
positive : negative
support favour favor back endorse for_favour : oppose against opposition object resist
agree assent concur : disagree dissent differ
confirm corroborate bear_out support admit acknowledge \
: deny contradict refute dispute disprove rebut rule_out
open reopen opening : close shut closure shut_down
start begin launch commence onset : stop end finish halt cease conclude
enable activate : disable deactivate
buy acquire purchase take_over takeover : sell divest dispose
import : export
profit : loss
majority : minority
success succeed successful report_success : fail failure unsuccessful
meet exceed beat surpass top : miss fall_short undershoot
above over exceed : below under
hire recruit take_on : fire dismiss lay_off
join enter : leave quit exit
stay remain keep retain : leave depart quit resign close
strengthen firm : weaken soften undermine
impose : lift
arrive arrival : depart departure
temporary temporarily interim : permanent permanently
praise laud commend welcome : criticise criticize condemn denounce slam deplore
accelerate speed_up hasten : slow delay
tighten : loosen relax ease
recover resume restore recovery : fail collapse crash
appoint : dismiss sack
upgrade : downgrade
surplus : deficit
true correct right : false wrong incorrect
legal lawful constitutional : illegal unlawful unconstitutional
safe : unsafe dangerous
public : secret private
optimistic : pessimistic
overestimate : underestimate
attack : defend
free release : detain arrest jail imprison
hostile : friendly
improve improvement better : worsen deteriorate worse deterioration
increase raise : lower
north northern : south southern
east eastern : west western
attend : boycott skip
confident : doubtful
cause : prevent
encourage : discourage
include : omit
ahead lead : behind trail
present : absent
voluntary : compulsory mandatory
advantage : disadvantage
cheaper : dearer
launch introduce start create expand add : scrap abolish axe discontinue end cancel
praise : accuse blame fault
keep honour honor fulfil fulfill : break breach violate
daytime : night night-time overnight
hasten bring_forward early earlier : delay postpone put_off late later
vote_for : vote_against
recommend_for : recommend_against
praise hail : regret lament
"""

_PARTICLES = frozenset(
    [
        "up",
        "down",
        "out",
        "off",
        "aside",
        "over",
        "on",
        "short",
        "of",
        "stand",
        "for",
        "against",
        "forward",
    ]
)


@cache
def _senses() -> dict[str, frozenset[tuple[int, int]]]:
    """Return the axes and sides of each word, by its basic form, or as written after "="."""
    senses: dict[str, set[tuple[int, int]]] = {}
    for axis, line in enumerate(_AXES.strip().splitlines()):
        for side, words in zip((1, -1), line.split(" : "), strict=True):
            for word in words.split():
                if word.startswith("="):
                    senses.setdefault(word, set()).add((axis, side))
                    continue
                head, mark, particle = word.partition("_")
                senses.setdefault(lemma(head) + mark + particle, set()).add((axis, side))
    return {word: frozenset(sides) for word, sides in senses.items()}


def _axes_of(*pairs: str) -> frozenset[int]:
    lines = _AXES.strip().splitlines()
    return frozenset(
        axis
        for axis, line in enumerate(lines)
        for pair in pairs
        if all(
            word in part.split() for word, part in zip(pair.split(), line.split(" : "), strict=True)
        )
    )


CONVERSES = _axes_of("win lose", "buy sell", "import export", "ahead behind")
"""Axes on which an exchange of the parties is the same: A beat B, and B lost to A."""

RELATIONS = _axes_of("before after")
"""Axes that say how two things lie to each other: A before B is B after A."""


def senses(words: tuple[SentenceWord, ...], index: int) -> frozenset[tuple[int, int]]:
    """Return the axes that a word lies on and its sides, with the particle of a verb."""
    table = _senses()
    word = words[index]
    if word.is_name or word.is_quoted:
        return frozenset()
    if index + 1 < len(words) and words[index + 1].written in _PARTICLES:
        phrase = table.get(f"{word.lemma}_{words[index + 1].written}")
        if phrase:
            return phrase
    if index and word.written in _PARTICLES and f"{words[index - 1].lemma}_{word.written}" in table:
        return frozenset()
    return table.get(f"={word.written}") or table.get(word.lemma, frozenset())
