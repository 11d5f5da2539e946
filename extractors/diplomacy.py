"""Find diplomacy mentions: who did, will do or refuses to do something towards whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extractors.act_dates import day_of_act, is_history, times_of
from extractors.act_status import future, negated, status, would
from extractors.contenders import Outlook, look_around
from extractors.context import Context
from extractors.doubts import doubt_of
from extractors.embedding import own_acts
from extractors.evidence import setting_of
from extractors.leanings import Leanings, lean
from extractors.lexicon import Hit
from extractors.matching import find_hits
from extractors.network import SILENT, Impression, impressions_of, network
from extractors.plausibility import plausible
from extractors.proposals import Proposal, Told
from extractors.records import Event, Mention, Status
from extractors.salience import Salience
from extractors.scenes import Scene, build_scene, in_title
from extractors.sentences import Sentence
from extractors.sides import Sides, find_sides
from extractors.siding import choose_sides
from extractors.unlisted import LEAST, unlisted_hits

# Refusing one of these is REJECT: "will not meet", "does not recognise". Not having done it is a denied act.
REFUSABLE = frozenset({"CONSULT", "AGREE", "SUPPORT", "AID", "CONCEDE", "COOPERATE"})
# Nouns of these may stand for an act with no side named beside them: "talks resumed", "the sanctions".
TOPICS = frozenset({"CONSULT", "SANCTION"})
LATELY = 3  # sentences within which an act of one type is likely the same act
SPEECH = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT"})


def _event(hit: Hit) -> tuple[Event, Status | None] | None:
    """Return the event after negation, with the status that settles; None where negation leaves no act."""
    event, anchor = hit.predicate.event, hit.verb or hit.token
    if hit.predicate.negated or hit.predicate.unlisted or not (negated(anchor) or negated(hit.token)):
        return event, None
    if event in {"REJECT", "SANCTION"} or (event == "ACCUSE" and hit.predicate.word == "deny"):
        return None
    present = anchor.tag_ in {"VBP", "VBZ"} or any(c.lower_ in {"do", "does"} for c in anchor.children)
    if event in REFUSABLE and hit.predicate.kind == "verb" and (future(anchor) or present or would(anchor)):
        return "REJECT", "actual"
    return event, "denied"


def _span(hit: Hit, sentence: Sentence) -> tuple[int, int]:
    """Return where the predicate stands: its auxiliaries, its words, unless these stand far apart."""
    words = sorted({hit.token, *hit.words}, key=lambda t: t.i)
    near = [w for w in words if abs(w.i - hit.token.i) <= 6]
    first, last = near[0], near[-1]
    while first.i > 0 and first.nbor(-1).dep_ in {"aux", "auxpass", "neg"}:
        first = first.nbor(-1)
    return sentence.start + first.idx, sentence.start + last.idx + len(last.text)


def _goes_on(hit: Hit, scene: Scene) -> bool:
    """Return whether an act in the past tense goes on with a story that the sentence before dates to the past."""
    return scene.past and not scene.times and (hit.verb or hit.token).tag_ == "VBD"


def _is_enough(hit: Hit, event: Event, sides: Sides) -> bool:
    """Return whether a text says enough of an act's sides for this predicate."""
    named = {sides.actors_by, sides.targets_by}
    if hit.predicate.strict and not sides.both_named:
        return False
    if hit.predicate.unlisted:
        return bool(sides.actors or sides.targets)
    return bool(sides.actors or sides.targets) and (hit.verb is not None or event in TOPICS or "named" in named)


def _told(mention: Mention, index: int, before: Sequence[Proposal]) -> Told:
    """Return how often the text has told of a mention's sides, and lately of its event, before it."""
    sides = {*mention.actors, *mention.targets}
    same = [p for p in before if {*p.mention.actors, *p.mention.targets} == sides]
    lately = [p for p in before if p.mention.event == mention.event and index - p.place[0] <= LATELY]
    return Told(len(same), len(lately), any(p in lately for p in same))


def _words(hit: Hit) -> set[int]:
    """Return the tokens that carry an act."""
    return {t.i for t in (hit.token, hit.verb, *hit.words) if t is not None}


def _look(
    hit: Hit, event: Event, sides: Sides, scene: Scene, told: Sequence[Proposal], leanings: Leanings
) -> Outlook:
    """Return where the sides of an act are looked for, beside where the rules found them."""
    last = (told[-1].sides.actors, told[-1].sides.targets) if told else ((), ())
    index, salience = scene.sentence.index, scene.salience
    return look_around(
        Outlook(hit, event, sides, scene.arguments, index, salience, scene.speaker, scene.title, last, leanings)
    )


def _proposal(hit: Hit, scene: Scene, told: Sequence[Proposal], before: Sequence[Proposal]) -> Proposal | None:
    """Return what a hit proposes, None where negation or missing sides leave nothing.

    `told` are the proposals of the text before it, `before` those of its sentence.
    """
    settled = _event(hit)
    if settled is None:
        return None
    event, fixed = settled
    times = times_of(hit, scene.times)
    leanings = lean(scene.impression, _words(hit), event, scene.people)
    history = is_history(hit, times, scene.published) or _goes_on(hit, scene)
    how_far = fixed or status(hit, history, event in SPEECH)
    sides = find_sides(
        hit, event, scene.arguments, scene.sentence.index, scene.salience, how_far in {"planned", "hypothetical"}
    )
    if not _is_enough(hit, event, sides):
        return None
    ahead = (scene.sentence.text, scene.published) if how_far == "planned" and scene.published else None
    view = _look(hit, event, sides, scene, told, leanings)
    actors, targets = choose_sides(view)
    start, end = _span(hit, scene.sentence)
    mention = Mention(
        start=start,
        end=end,
        sentence=scene.sentence.text,
        event=event,
        actors=actors,
        targets=targets,
        status=how_far,
        rule=hit.predicate.rule,
        as_of=day_of_act(times, ahead),
    )
    return Proposal(
        mention=mention,
        hit=hit,
        sides=sides,
        swallowed=hit.token.i in scene.swallowed,
        repeated=any(p.mention.event == event and not p.hit.second for p in before),
        setting=scene.setting,
        parties=scene.parties,
        place=(scene.sentence.index, hit.token.i),
        told=_told(mention, scene.sentence.index, told),
        hits=scene.hits,
        view=view,
    )


def _answered(found: list[Proposal]) -> list[Proposal]:
    """Return the proposals of a sentence, a denial aimed at who accused the denier in it (RULINGS, diplomacy 6)."""
    answered = []
    for proposal in found:
        mention = proposal.mention
        accusers = [
            a
            for p in found
            if p.mention.event == "ACCUSE" and set(mention.actors) & set(p.mention.targets)
            for a in p.mention.actors
            if a not in mention.actors
        ]
        if proposal.hit.predicate.lemma == "deny" and mention.event == "ACCUSE" and accusers and not mention.targets:
            proposal = replace(proposal, mention=replace(mention, targets=tuple(dict.fromkeys(accusers))))
        answered.append(proposal)
    return answered


def _in_sentence(scene: Scene, hits: Sequence[Hit], told: Sequence[Proposal]) -> list[Proposal]:
    """Return what the rules propose for a sentence, then what the network finds beside; `told` stand before it."""
    found: list[Proposal] = []
    for hit in hits:
        proposal = _proposal(hit, scene, [*told, *found], found)
        if proposal is not None:
            found.append(proposal)
            if proposal.sides.both_named:
                scene.salience.note({*proposal.sides.actors, *proposal.sides.targets})
    taken = {(at, p.mention.event) for p in found for at in _words(p.hit)}
    for hit in unlisted_hits(scene.arguments.doc, scene.impression, taken):
        proposal = _proposal(hit, scene, [*told, *found], found)
        found += [proposal] if proposal is not None else []
    return found


def propose_mentions(
    context: Context, parsed: Mapping[int, Doc], impressions: Mapping[int, Impression] | None = None
) -> list[Proposal]:
    """Return every mention that a rule or the network proposes, in text order, plausible or not.

    `impressions` are those of the package's network where none are given.
    """
    proposals: list[Proposal] = []
    salience, setting = Salience(context), setting_of(context.document.text)
    title = in_title(context.document)
    impressions = impressions or impressions_of(parsed, network())
    for index, doc in sorted(parsed.items()):
        hits, impression = own_acts(find_hits(doc)), impressions[index]
        if not hits and impression.events.max(initial=SILENT) <= LEAST:
            continue
        scene = build_scene(context, index, doc, hits, salience, setting, title, impression)
        proposals += _answered(_in_sentence(scene, hits, proposals))
    return proposals


def find_mentions(
    context: Context, parsed: Mapping[int, Doc], impressions: Mapping[int, Impression] | None = None
) -> list[Mention]:
    """Return the mentions of a document in text order; `parsed` holds the parse of the candidate sentences."""
    found = plausible(propose_mentions(context, parsed, impressions))
    return [replace(p.mention, rule=p.mention.rule + doubt_of(p)) for p in found]
