"""Grammatical relations over a dependency parse: who is the subject of a verb, what is its object.

Labels are those of spaCy's English models. Control, raising, passives, relative clauses and participles are looked
through, so that "Russia is expected to refuse" gives Russia as the subject of "refuse".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.inflection import all_forms

SUBJECTS = frozenset({"nsubj", "csubj"})
RELATIVES = frozenset({"WDT", "WP", "WP$"})
# The object of these is the subject of the infinitive behind them: "urged Iran to stop".
CONTROL_FORMS = all_forms(
    "urge ask call force press allow let order persuade convince invite want tell help pressure encourage "
    "authorize authorise direct prompt enable push expect warn require permit compel see"
)
TIMES = frozenset("week month year day today yesterday weekend night morning monday tuesday".split())
TIMES |= frozenset("wednesday thursday friday saturday sunday".split())
# Before its verb such a preposition says where or when: "At the United Nations, Norway criticised Iceland".
FRAMING = frozenset("at in on for".split())
MOST_STEPS = 8  # a clause is never nested deeper in a sentence worth reading


def children(token: Token, *labels: str) -> Iterator[Token]:
    """Return the children of a token that have one of these labels."""
    return (child for child in token.children if child.dep_ in labels)


def has_child(token: Token, *labels: str) -> bool:
    """Return whether a token has a child with one of these labels."""
    return any(child.dep_ in labels for child in token.children)


def is_passive(verb: Token) -> bool:
    """Return whether a verb is in the passive, a bare participle after its noun included."""
    if has_child(verb, "nsubjpass", "auxpass", "csubjpass"):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "conj":
        return is_passive(verb.head) and not has_child(verb, *SUBJECTS, "dobj", "aux")
    return verb.dep_ in {"acl", "amod"} or (verb.dep_ in {"advcl", "pcomp"} and not has_child(verb, "dobj", "aux"))


def _antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for, or the token itself."""
    if token.tag_ not in RELATIVES and token.lower_ != "that":
        return token
    node = token
    for _ in range(MOST_STEPS):
        if node.dep_ == "relcl":
            return node.head
        if node.head == node:
            break
        node = node.head
    return token


def subject(verb: Token) -> Token | None:
    """Return the token that does what the verb says, or None where the sentence does not tell."""
    if is_passive(verb):
        return _agent(verb)
    node, steps = verb, 0
    while steps < MOST_STEPS:
        own = next(children(node, *SUBJECTS), None) or (
            next(children(node, "nsubjpass"), None) if node != verb else None
        )
        if own is not None:
            return _antecedent(own)
        above = node.head
        if above == node:
            return None
        if node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ in {"VBG", "VB"}):
            return above if node.tag_ != "VB" else _owner(above)
        if node.dep_ in {"xcomp", "ccomp", "advcl"} and above.lower_ in CONTROL_FORMS:
            controlled = next(children(above, "dobj", "nsubjpass"), None)
            if controlled is not None:
                return _antecedent(controlled)
        if node.dep_ == "pcomp":
            return _of_preposition(above)
        if node.dep_ not in {"xcomp", "conj", "advcl", "aux", "dep", "prep", "acomp", "attr"}:
            return None
        node, steps = above, steps + 1
    return None


def _agent(verb: Token) -> Token | None:
    by = next(children(verb, "agent"), None) or next((p for p in children(verb, "prep") if p.lower_ == "by"), None)
    return next(children(by, "pobj"), None) if by is not None else None


def _owner(noun: Token) -> Token | None:
    """Return whose "plan", "decision", "refusal" it is that an infinitive hangs on."""
    poss = next((p for p in children(noun, "poss") if p.lower_ not in TIMES), None)
    if poss is not None:
        return poss
    if any(c.tag_ == "NNP" for c in children(noun, "compound")):
        return noun  # "the UN decision to"
    if noun.dep_ in {"dobj", "attr", "pobj"}:
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        return subject(verb) if verb.tag_.startswith("V") else None
    return next((c for p in children(noun, "prep") if p.lower_ in {"by", "of"} for c in children(p, "pobj")), noun)


def _of_preposition(preposition: Token) -> Token | None:
    """Return who does what stands behind a preposition: "accused Iran of arming", "by arming"."""
    above = preposition.head
    if above.tag_.startswith("V"):
        if preposition.lower_ in {"of", "for", "from", "into", "against"}:
            blamed = next(children(above, "dobj", "nsubjpass"), None)
            if blamed is not None:
                return _antecedent(blamed)
        return subject(above)
    return _owner(above)


def objects(verb: Token) -> list[Token]:
    """Return what a verb is done to: its object, the subject of its passive, the noun its participle hangs on."""
    if is_passive(verb):
        found = list(children(verb, "nsubjpass"))
        if not found and verb.dep_ == "conj":
            found = list(children(verb.head, "nsubjpass"))
        if not found and verb.dep_ in {"acl", "amod"}:
            found = [verb.head]
        if not found and verb.dep_ == "advcl":
            found = [s for s in (subject(verb.head),) if s is not None] if not is_passive(verb.head) else []
    else:
        found = list(children(verb, "dobj"))
        if not found and verb.dep_ == "relcl" and has_child(verb, *SUBJECTS):
            inner = next(children(verb, *SUBJECTS))
            found = [verb.head] if _antecedent(inner) == inner else []
    return [_antecedent(token) for token in found]


def behind(token: Token, *prepositions: str) -> list[Token]:
    """Return the nouns behind these prepositions of a token, "out of" and the like included."""
    found = []
    for prep in children(token, "prep", "agent", "dative", "prt", "advmod"):
        if prep.lower_ == "according" or (prep.i < token.i and prep.lower_ in FRAMING):
            continue
        if prep.lower_ in prepositions:
            found += list(children(prep, "pobj"))
        found += [
            n for inner in children(prep, "prep") if inner.lower_ in prepositions for n in children(inner, "pobj")
        ]
    return found


def branch(token: Token) -> list[Token]:
    """Return a token and what hangs on it, relative and adverbial clauses left out, in order of depth."""
    found = [token]
    for child in token.children:
        if child.dep_ not in {"relcl", "advcl", "parataxis"}:
            found += branch(child)
    return found


def with_conjuncts(token: Token) -> list[Token]:
    """Return a token and those coordinated with it."""
    return [token, *token.conjuncts] if token.dep_ != "conj" else [token]


def quoted(token: Token) -> bool:
    """Return whether a token stands inside quotation marks that open in its sentence or before it."""
    marks = [t for t in token.doc if t.lower_ in {'"', "“", "”", "``", "''"}]
    before = [t for t in marks if t.i < token.i]
    if before:
        return before[-1].lower_ == "“" or (before[-1].lower_ != "”" and len(before) % 2 == 1)
    return bool(marks) and marks[0].lower_ == "”"
