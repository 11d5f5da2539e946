"""English inflection, as far as a lexicon of lemmas needs it: the forms of a verb or noun, and the way back."""

from __future__ import annotations

VOWELS = "aeiou"
ENDINGS = ("ing", "ed", "es", "s")
SHORTEST = 3  # letters that an ending may leave
# Past and participle where they do not end in -ed; only verbs that a lexicon of diplomacy or war may hold.
IRREGULAR = {
    entry.split()[0]: entry.split()[1:]
    for entry in (
        "bear bore borne, become became, begin began begun, beseech besought, bid bade bidden, bind bound, "
        "break broke broken, bring brought, buy bought, catch caught, choose chose chosen, come came, cut "
        "cut, cast cast, deal dealt, do did done does, draw drew drawn, drive drove driven, fall fell fallen, "
        "fight fought, find found, flee fled, fling flung, fly flew flown, forbid forbade forbidden, forsake "
        "forsook forsaken, get got gotten, give gave given, go went gone goes, grow grew grown, have had has, "
        "hear heard, hit hit, hold held, keep kept, know knew known, lay laid, lead led, leave left, lend "
        "lent, let let, lie lay lain lied, lose lost, make made, mean meant, meet met, pay paid, plead pled, "
        "put put, quit quit, read read, ride rode ridden, ring rang rung, rise rose risen, say said, see saw "
        "seen, seek sought, sell sold, send sent, set set, shake shook shaken, shed shed, shoot shot, shut "
        "shut, sit sat, speak spoke spoken, spend spent, stand stood, strike struck stricken, swear swore "
        "sworn, take took taken, tear tore torn, tell told, think thought, throw threw thrown, undertake "
        "undertook undertaken, understand understood, uphold upheld, wear wore worn, win won, withdraw "
        "withdrew withdrawn, withhold withheld, write wrote written, sink sank sunk, blow blew blown, slay slew "
        "slain, mow mowed mown"
    ).split(", ")
}
# The last consonant doubles before -ed and -ing although the verb has several syllables.
DOUBLING = frozenset(
    "rebut permit commit submit refer confer admit expel compel propel repel transfer defer enrol".split()
)
MONOSYLLABLE_DOUBLING = frozenset(
    "ban bar beg chat cut drop get hit let plan prod prop put quit rap scrap set sit slam shun snub shut slap spar "
    "step stop swap trim win rip nab lob gun".split()
)

# Doubled in British spelling only.
BRITISH = frozenset("cancel travel level label signal quarrel counsel channel funnel".split())


def _stem(verb: str) -> str:
    """Return what -ed and -ing are put to: the doubled or the shortened verb."""
    if verb in DOUBLING or verb in MONOSYLLABLE_DOUBLING:
        return verb + verb[-1]
    return verb


def verb_forms(verb: str) -> frozenset[str]:
    """Return every form of a verb: base, -s, -ing, past, participle."""
    stem = _stem(verb)
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    past = stem + "ed"
    gerund = stem + "ing"
    if verb.endswith("ie"):
        past, gerund = verb + "d", verb[:-2] + "ying"
    elif verb.endswith("ee"):
        past = verb + "d"
    elif verb.endswith("e"):
        past, gerund = verb + "d", verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif verb.endswith("ic"):
        past, gerund = verb + "ked", verb + "king"
    forms = {verb, third, gerund, *IRREGULAR.get(verb, [past])}
    if verb in BRITISH:
        forms |= {verb + "led", verb + "ling"}
    if verb == "plead":
        forms.add("pleaded")
    return frozenset(forms)


def all_forms(verbs: str) -> frozenset[str]:
    """Return every form of each verb of a list: "say tell"."""
    return frozenset(form for verb in verbs.split() for form in verb_forms(verb))


def noun_forms(noun: str) -> frozenset[str]:
    """Return the singular and the plural of a noun."""
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return frozenset({noun, noun[:-1] + "ies"})
    return frozenset({noun, noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")})


def stem(word: str) -> str:
    """Return a word in small letters without the commonest endings: "imposing" and "imposes" are alike."""
    word = word.lower()
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word
