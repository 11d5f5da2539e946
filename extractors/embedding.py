"""Acts inside acts: what is only the content of another, what is asked for, what is refused."""

from __future__ import annotations

from extractors.lexicon import Hit
from extractors.syntax import branch, children

# What hangs on one of these is its content, not a second act: "urged both sides to hold talks".
SWALLOWING = frozenset({"REQUEST", "AGREE", "REJECT", "THREATEN"})
TALKED = frozenset({"CONSULT", "AGREE"})


def _content_of(hit: Hit) -> set[int]:
    """Return the tokens that are the content of an act."""
    anchor = hit.token
    found: set[int] = set()
    labels = {"xcomp", "ccomp", "dobj", "prep", "pcomp", "acl", "dative"}
    for child in anchor.children:
        if child.dep_ in labels and not (child.dep_ == "ccomp" and child.i < anchor.i):
            found |= {t.i for t in branch(child)}
    return found - {w.i for w in hit.words}


def swallowed_by_others(hits: list[Hit]) -> set[int]:
    """Return the tokens of hits that are mere content of another act; a pledge of aid is the aid."""
    found: set[int] = set()
    for hit in hits:
        if hit.second or hit.predicate.event not in SWALLOWING:
            continue
        content = _content_of(hit)
        inner = [h for h in hits if h.token.i in content]
        aid = any(h.predicate.event == "AID" for h in inner)
        if (hit.predicate.event == "AGREE" and aid) or (hit.predicate.kind == "adjective" and inner):
            found.add(hit.token.i)
        else:
            found |= {h.token.i for h in inner}
    return found


def own_acts(hits: list[Hit]) -> list[Hit]:
    """Return the hits but for what another only refuses or asks for: "refused to meet", "called for talks"."""
    dropped: set[int] = set()
    for hit in hits:
        if hit.second:
            continue
        if hit.predicate.event == "REJECT":
            dropped |= {c.i for c in children(hit.token, "xcomp")}
            if hit.predicate.kind == "noun":
                content = _content_of(hit)
                dropped |= {h.token.i for h in hits if h.predicate.event in TALKED and h.token.i in content}
        elif hit.predicate.event == "REQUEST":
            content = _content_of(hit)
            dropped |= {h.token.i for h in hits if h.predicate.event == "CONSULT" and h.token.i in content}
    return [h for h in hits if not {h.token.i, (h.verb or h.token).i} & dropped]
