"""Find the lexicon's predicates in a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from extractors.act_status import negated
from extractors.lexicon import CARRIERS, MEASURES, Hit, Lexicon, Predicate, lexicon
from extractors.syntax import behind, children, has_child, is_passive, objects, quoted

COPULAS = frozenset("be is are was were been being am 's 're become became becomes remain remains remained".split())
EFFORTS = frozenset("effort round process session bid campaign mission attempt initiative".split())
# What stands behind one of these is an object in all but name: "withdraw from the deal", "engage in talks".
AROUND = frozenset("after before since amid despite during following without because while by until".split())
CLOSE = frozenset({"on", "upon", "for", "to"})
# As part of a verb these govern nothing: "gave in", not "gave in person".
ADVERBS = frozenset({"in", "up", "down", "back", "over"})
OBLIQUE = ("from", "of", "in", "into")


def _lemma(token: Token, lemmas: dict[str, str]) -> str:
    return lemmas.get(token.lower_, token.lower_)


def _heads(token: Token, lemmas: dict[str, str]) -> Iterator[str]:
    """Return the lemmas a noun phrase is about: its head, or what a measure or carrier noun measures or carries."""
    lemma = _lemma(token, lemmas)
    yield lemma
    for other in token.conjuncts:
        yield _lemma(other, lemmas)
    if lemma in MEASURES or lemma.rstrip("s") in MEASURES or token.tag_ == "CD":
        for noun in behind(token, "of", "in"):
            yield from (_lemma(n, lemmas) for n in (noun, *children(noun, "conj")))
    if lemma in CARRIERS or lemma.rstrip("s") in CARRIERS:
        yield from (_lemma(c, lemmas) for c in children(token, "compound", "amod"))


def _particle(token: Token, particle: str) -> Token | None:
    """Return a verb's particle, or its preposition where it follows at once: not "called X on Monday"."""
    for child in children(token, "prep", "prt", "dative", "advmod"):
        if child.lower_ != particle or child.i < token.i:
            continue
        between = token.doc[token.i + 1 : child.i]
        near = child.dep_ == "prt" or is_passive(token) or all(t.tag_.startswith("RB") for t in between)
        loose = child.dep_ == "prep" and particle in ADVERBS and has_child(child, "pobj")
        if (near or particle not in CLOSE) and not loose:
            return child
    return None


def _object_words(token: Token, predicate: Predicate, lex: Lexicon) -> list[Token] | None:
    """Return the noun that makes the predicate, none needed, or None where the wanted object is missing."""
    if predicate.avoid:
        heads = [h for n in objects(token) for h in _heads(n, lex.noun_lemmas)]
        if not heads or any(h in predicate.avoid for h in heads):
            return None
    if predicate.people and not all(_someone(n, lex) for n in objects(token) if not _set_off(n, token)):
        return None
    if predicate.objects is None:
        return [] if predicate.kind != "verb" or _goes_on(token, predicate) else None
    nouns = objects(token) if predicate.kind == "verb" else []
    oblique = behind(token, *OBLIQUE, predicate.word.partition("+")[2]) if not nouns else []
    for noun in [*nouns, *oblique]:
        if any(h in predicate.objects for h in _heads(noun, lex.noun_lemmas)):
            return [noun]
    return None


def _set_off(noun: Token, verb: Token) -> bool:
    """Return whether a comma parts a noun from its verb: "met on Sunday, their first encounter" is no object."""
    return any(t.text == "," for t in verb.doc[verb.i : noun.left_edge.i])


def _someone(noun: Token, lex: Lexicon) -> bool:
    return noun.tag_ in {"NNP", "NNPS", "PRP", "WP"} or noun.lower_ in lex.agentive


def _goes_on(verb: Token, predicate: Predicate) -> bool:
    """Return whether a verb that acts on someone has an object, a clause or one of its prepositions."""
    if predicate.joint or "+" in predicate.word or not {"party", "object", "clause"} & set(predicate.target):
        return True
    if objects(verb) or has_child(verb, "ccomp", "xcomp", "dative", "advcl", "oprd"):
        return True
    return bool(behind(verb, *predicate.target))


def _complement_fits(token: Token, predicate: Predicate, lex: Lexicon) -> bool:
    """Return whether what the verb says, orders or plans is what its entry wants."""
    if predicate.negated and not negated(token):
        return False
    clauses = list(children(token, "xcomp", "ccomp", "advcl"))
    if any(c.dep_ == "xcomp" and _lemma(c, lex.verb_lemmas) in predicate.unless for c in clauses):
        return False
    if predicate.complement is not None and not any(
        _lemma(word, lex.verb_lemmas) in predicate.complement for c in clauses for word in (c, *children(c, "aux"))
    ):
        return False
    if predicate.content is None:
        return True
    if has_child(token, "dative"):
        clauses += children(token, "dobj")  # "designate Norway a threat"
    clauses += [*children(token, "oprd", "acomp"), *(p for p in children(token, "prep") if p.lower_ == "as")]
    words = {w.i: w for c in clauses for near in (c, *c.children) for w in (near, *near.children)}.values()
    return any({_lemma(w, lex.noun_lemmas), _lemma(w, lex.verb_lemmas)} & predicate.content for w in words)


def _fits(token: Token, predicate: Predicate, lex: Lexicon) -> tuple[Token, ...] | None:
    """Return the words of a predicate that a verb (or adjective) fits, itself among them, or None."""
    particle = predicate.word.partition("+")[2]
    own = _particle(token, particle) if particle else None
    if particle == "to" and predicate.kind == "adjective" and predicate.objects is None:
        own = next(children(token, "xcomp"), None)
    if not particle and has_child(token, "prt"):
        return None  # "give up" is not "give"
    nouns = _object_words(token, predicate, lex)
    if not _is_about(token, predicate, lex) or (predicate.quoted and not quoted(token)):
        return None
    if (particle and own is None) or nouns is None or not _complement_fits(token, predicate, lex):
        return None
    return tuple(w for w in (token, own, *nouns) if (w is not None and w.tag_[0] != "V") or w == token)


def _verb_hits(token: Token, lex: Lexicon) -> list[Hit]:
    """Return the predicates that a verb (or adjective) fits, one an event, the most particular first."""
    is_adjective = token.tag_.startswith("JJ") or is_passive(token) or token.dep_ == "acomp"
    entries = lex.adjectives.get(token.lower_, ()) if is_adjective else ()
    if not token.tag_.startswith("JJ"):
        entries += lex.verbs.get(token.lower_, ())
    found: list[tuple[int, Hit]] = []
    for predicate in entries:
        words = _fits(token, predicate, lex)
        if words is not None:
            found.append((predicate.particular, Hit(predicate, token, token, words)))
    hits: list[Hit] = []
    for _, hit in sorted(found, key=lambda pair: -pair[0]):
        if hit.predicate.event not in {h.predicate.event for h in hits}:
            hits.append(replace(hit, second=bool(hits)))
    return hits


def _climb(noun: Token) -> Token:
    """Return the noun whose place in the sentence counts: of "a round of talks" the round."""
    node = noun
    for _ in range(4):
        if (node.dep_ == "conj" and node.head.tag_.startswith("NN")) or (
            node.dep_ == "compound" and node.head.lower_.rstrip("s") in EFFORTS
        ):
            node = node.head
        elif node.dep_ == "pobj" and node.head.lower_ == "of" and node.head.head.lower_.rstrip("s") in MEASURES:
            node = node.head.head
        else:
            break
    return node


def light_verb(noun: Token, light: frozenset[str], lex: Lexicon) -> Token | None:
    """Return the light verb that a noun is the object of, or that happens to it: "held talks", "talks were held"."""
    top = _climb(noun)
    head = top.head
    if top.dep_ == "pobj" and head.dep_ == "prep":
        if head.lower_ in AROUND:
            return None  # "made the decision after a request"
        head = head.head
    elif top.dep_ not in {"dobj", "nsubjpass", "nsubj", "attr"}:
        head = next(children(noun, "acl", "relcl"), head)
    candidates = [head, *children(noun, "acl", "relcl")]
    if "be" in light and top.dep_ == "attr" and head.lower_ in COPULAS:
        return head
    for verb in candidates:
        if verb.tag_.startswith("V") and _lemma(verb, lex.verb_lemmas) in light:
            return verb
    return None


def _is_about(token: Token, predicate: Predicate, lex: Lexicon) -> bool:
    """Return whether what stands behind a word's preposition (or right before a noun) is what its entry wants."""
    if predicate.about is None:
        return True
    preposition, wanted = predicate.about
    nouns = (
        [*behind(token, preposition), *behind(token, "from", "to")]
        if predicate.kind == "noun"
        else behind(token, preposition)
    )
    nouns += list(children(token, "compound", "poss")) if predicate.kind == "noun" else []
    nouns += [n for o in objects(token) for n in behind(o, preposition)] if predicate.kind == "verb" else []
    return any(head in wanted for noun in nouns for head in _heads(noun, lex.noun_lemmas))


def _is_near(noun: Token, words: frozenset[str]) -> bool:
    """Return whether one of these words stands with a noun: before it or as its preposition."""
    return not words or any(c.lower_ in words for c in children(noun, "prep", "amod", "compound", "acl", "nmod"))


def _noun_hits(token: Token, lex: Lexicon) -> list[Hit]:
    """Return the predicates that a noun fits, one an event, in the order of the lexicon."""
    hits: list[Hit] = []
    for predicate in lex.nouns.get(token.lower_, ()):
        if predicate.event in {h.predicate.event for h in hits} or not _is_near(token, predicate.near):
            continue
        if not _is_about(token, predicate, lex):
            continue
        verb = light_verb(token, predicate.light, lex)
        if verb is not None:
            words = tuple(sorted((verb, token), key=lambda t: t.i))
            hits.append(Hit(predicate, token, verb, words, bool(hits)))
        elif predicate.bare:
            hits.append(Hit(predicate, token, None, (token,), bool(hits)))
    return hits


def find_hits(doc: Doc) -> list[Hit]:
    """Return the predicates of a sentence, in order; a noun that is part of a verb's predicate is none of its own.

    A word may fit predicates of several events; those behind its first are marked `second`.
    """
    lex = lexicon()
    hits: list[Hit] = []
    for token in doc:
        if token.dep_ in {"amod", "compound"} and token.tag_ in {"VBG", "VBN"}:
            continue  # "the negotiating team", "a proposed law"
        if token.tag_.startswith("V") or (token.tag_.startswith("JJ") and token.lower_ in lex.adjectives):
            hits += _verb_hits(token, lex)
        elif token.tag_ in {"NN", "NNS", "NNP"}:
            hits += _noun_hits(token, lex)
    firsts = [h for h in hits if not h.second]
    taken = {w.i for h in firsts if h.predicate.kind != "noun" for w in h.words if w != h.token}
    light = {h.verb.i for h in firsts if h.predicate.kind == "noun" and h.verb is not None}
    said = {(h.token.i, h.predicate.event) for h in firsts if h.predicate.objects is not None}
    return [
        h
        for h in hits
        if not (h.predicate.kind == "noun" and h.token.i in taken)
        and not (h.predicate.kind == "noun" and h.verb is not None and (h.verb.i, h.predicate.event) in said)
        and not (h.predicate.kind == "verb" and h.predicate.objects is None and h.token.i in light)
    ]
