"""Who acts towards whom in an act found, with what the predicate leaves out taken from around it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.arguments import Arguments
from extractors.lexicon import Hit, lexicon
from extractors.phrases import PRONOUNS
from extractors.records import Event
from extractors.salience import Salience, nearest
from extractors.syntax import behind, children, has_child, is_passive, objects, subject

JOINT = frozenset({"CONSULT", "COOPERATE", "AGREE"})
LONE = frozenset({"AGREE", "COOPERATE"})
# Where the text names such as whom an act is towards, it names no party: "warned regional powers".
UNNAMED = frozenset(
    "sides countries nations parties leaders powers companies allies partners community people groups world "
    "governments supporters followers officials others everyone members states firms reporters lawmakers protesters "
    "residents citizens civilians neighbours neighbors militants nobody one critics troops".split()
)
TREATIES = frozenset("deal agreement treaty pact accord convention commitments limits terms compliance jcpoa".split())
# Whose sanctions they mostly are, where the text leaves it unsaid.
IMPOSERS = frozenset({"USA", "EU", "UN", "G7", "west"})
WIDE = frozenset({"international", "global"})
RECIPROCAL = ("each other", "one another", "the other ")


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acts towards whom, and how each is known.

    `actors_by`: named, agentless (a passive), other (the subject is no party), office (it is one, and the text's
    foremost party holds it), above (it is a thing, and a verb above it names a party), unsaid (a noun without owner)
    or around (a pronoun that nothing answers for). `targets_by`: named, own (the actor itself, so domestic),
    sentence, around or unsaid.
    """

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    actors_by: str
    targets_by: str

    @property
    def both_named(self) -> bool:
        """Return whether the text names both sides in their places."""
        return self.actors_by == self.targets_by == "named"


def _how_unnamed(hit: Hit) -> str:
    """Return why a hit names nobody who acts."""
    if hit.verb is None:
        return "unsaid"
    if is_passive(hit.verb):
        return "agentless"
    who = subject(hit.verb)
    return "other" if who is not None and who.tag_ not in PRONOUNS else "around"


def _stood_in_for(
    hit: Hit, targets: list[str], arguments: Arguments, index: int, salience: Salience
) -> tuple[list[str], str]:
    """Return who acts where the subject is no party: whose office it is, or who leads the verbs above a thing."""
    who = subject(hit.verb) if hit.verb is not None else None
    if hit.verb is None or who is None or who.lower_ in lexicon().private:
        return [], "other"
    if who.lower_ in lexicon().agentive and not has_child(who, "amod", "compound"):
        guess = salience.foremost(index, targets)
        return ([guess], "office") if guess else ([], "other")
    found = arguments.above(hit.verb, targets) if who.tag_ in {"NN", "NNS"} else []
    return (found, "above") if found else ([], "other")


def _imposer(hit: Hit, targets: list[str], arguments: Arguments, index: int, salience: Salience) -> list[str]:
    """Return whose sanctions are spoken of where they have no owner: the usual imposer nearest, else in the text."""
    if any(c.lower_ in WIDE for c in children(hit.token, "amod")):
        return []
    near = nearest(arguments, hit.token, {*targets, *arguments.codes - IMPOSERS})
    ranked = [c for c in salience.ranked(index) if c in IMPOSERS and c not in targets]
    return [near] if near else ranked[:1]


def _actors(
    hit: Hit, targets: list[str], arguments: Arguments, index: int, salience: Salience
) -> tuple[list[str], str]:
    """Return who acts where the predicate does not name it: a pronoun's guess, or who leads the talks' sentence.

    Nobody is guessed for a passive, a noun that stands alone, or a subject that is no party: "sanctions on X" and
    "X is accused" keep no actor (RULINGS, diplomacy 9).
    """
    how = _how_unnamed(hit)
    if how == "other":
        return _stood_in_for(hit, targets, arguments, index, salience)
    if how == "unsaid" and hit.predicate.event == "SANCTION" and not hit.predicate.suffered:
        return _imposer(hit, targets, arguments, index, salience), how
    if how == "unsaid" and hit.predicate.joint and len(targets) < 2:
        for verb in hit.token.ancestors:
            leading = subject(verb) if verb.tag_.startswith("V") else None
            found = [c for c in arguments.strict(leading) if c not in targets] if leading is not None else []
            if found:
                return found, how
    if how != "around" and not (how == "unsaid" and hit.predicate.joint and len(targets) < 2):
        return [], how
    guess = salience.foremost(index, targets)
    return ([guess] if guess else []), how


def _names_others(hit: Hit) -> bool:
    """Return whether the place of an act's target is taken by some that are no party."""
    if hit.verb is None:
        return False
    nouns = [*objects(hit.verb), *children(hit.verb, "dative"), *behind(hit.verb, *hit.predicate.target)]
    return any(n.lower_ in UNNAMED for n in nouns)


def _is_about_itself(hit: Hit, event: Event, actors: list[str], index: int, salience: Salience) -> bool:
    """Return whether who breaks with a treaty is whom it is about: then the others are many, and unsaid."""
    treaty = event == "REJECT" and any(w.lower_ in TREATIES for w in hit.words)
    return treaty and len(actors) == 1 and salience.dominates(index, actors[0])


def _other(
    hit: Hit, event: Event, arguments: Arguments, actors: list[str], index: int, salience: Salience
) -> tuple[list[str], str]:
    """Return the other side where the predicate does not name it: the nearest in its sentence, else around it."""
    if _names_others(hit):
        return [], "unsaid"
    code = nearest(arguments, hit.token, actors)
    if code:
        return [code], "sentence"
    if _is_about_itself(hit, event, actors, index, salience):
        return [], "unsaid"
    code = (salience.partner(actors[0]) if len(actors) == 1 else None) or salience.foremost(index, actors)
    return ([code], "around") if code else ([], "unsaid")


def _accuser(hit: Hit, targets: list[str], arguments: Arguments) -> list[str]:
    """Return who leads the verbs above one that seems done to its own subject: "said Oslo lied and accused Oslo"."""
    struck = hit.verb is not None and arguments.strikes(hit, targets)
    return arguments.above(hit.verb, targets) if struck and hit.verb is not None else []


def find_sides(
    hit: Hit, event: Event, arguments: Arguments, index: int, salience: Salience, planned: bool = False
) -> Sides:
    """Return who acts towards whom in a hit of the sentence of this index; `planned` where it lies ahead."""
    named, targets = arguments.roles(hit)
    actors, actors_by = (named, "named") if named else _actors(hit, targets, arguments, index, salience)
    tail = arguments.doc[hit.token.i : hit.token.i + 8].text.lower()
    joint = event in JOINT and hit.predicate.joint
    if any(words in tail for words in RECIPROCAL) and len(actors) > 1:
        return Sides(tuple(actors), () if joint else tuple(actors), actors_by, "named")
    own = bool(targets) and not set(targets) - set(actors)
    above = _accuser(hit, targets, arguments) if own and named and not joint else []
    actors, own = above or actors, own and not above
    targets, targets_by = [c for c in targets if c not in actors], "named"
    partnered = hit.predicate.kind == "noun" or bool(hit.predicate.objects)
    if not targets and (hit.predicate.lemma == "deny" or (actors and event in LONE and not partnered)):
        targets_by = "unsaid"  # RULINGS, diplomacy 6 and 7: the accuser only where stated, no partner made up
    elif not targets and hit.predicate.kind == "adjective" and joint and actors_by == "named":
        targets_by = "unsaid"  # "is open to talks": so far one side says so
    elif not targets and not (joint and len(actors) > 1):
        targets, targets_by = _other(hit, event, arguments, actors, index, salience)
        targets_by = "own" if own and not joint else targets_by
    if (
        joint
        and planned
        and not (event == "AGREE" and partnered)
        and event in LONE
        and len(actors) == 1
        and actors_by == "named"
        and (hit.predicate.kind != "noun" or hit.verb is not None)
    ):
        joint = False  # "Norway will work with Iceland": so far one side says so; a deal to be reached is of both
    if joint and not actors and len(targets) == 1 and (event != "AGREE" or partnered):
        code = salience.partner(targets[0]) or salience.foremost(index, targets)
        actors = [code] if code else []
    if joint and (event != "AGREE" or partnered):
        return Sides((*actors, *targets), (), actors_by, targets_by)
    return Sides(tuple(actors), tuple(targets), actors_by, targets_by)
