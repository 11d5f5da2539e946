"""Lines that are no part of a text: labels, pointers to other articles, promotion, by-lines, picture credits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib import resources

from extractors.moments import parse_moment
from extractors.wording import count_tokens, fold

WORDS = tomllib.loads(resources.files("extractors").joinpath("labels.toml").read_text(encoding="utf-8"))
POINTERS: list[str] = WORDS["pointers"]
LABELS: list[str] = WORDS["labels"]
POINTER_LINE = re.compile(
    rf"^\W*(?:{'|'.join(re.escape(p) for p in POINTERS)})\b[^\w]{{0,4}}[:|>»→–-]", re.IGNORECASE
)
ARROW_LINE = re.compile(r"^\s*(?:>>|»»|→|➡|▶|►|👉)")
CHANNEL = (
    r"(?:google news|facebook|twitter|x|instagram|telegram|whatsapp|youtube|tiktok|linkedin|bluesky|threads|viber)"
)
PROMOTION = re.compile(
    rf"^\W*(?:(?:sign up|subscribe|register)\b.{{0,80}}(?:newsletter|e-?mail|news|stories|unlock|today|now|access)|"
    rf"subscribe (?:now|to)\b|(?:click|tap) here to\b|(?:follow|join|like) (?:us|our|.{{1,40}}) on {CHANNEL}\b|"
    r"download (?:the|our) .{0,30}app\b|do you have (?:a|any) (?:story|tip|information)\b|got a (?:story|tip)\b|"
    r"(?:story|article|text|content) continues (?:below|after)\b|"
    r"join (?:our|the) (?:comment|conversation|discussion)|you must (?:confirm|be logged in|log in|sign in)\b|"
    r"please (?:log ?out|log ?in|sign in|enable)\b|"
    r"this advertisement has not loaded|enjoy the latest .{0,40}news\b|you can save this article|"
    r"check out more of .{0,80}(?:newsletter|signing up)|for (?:more|the latest|all the latest) .{0,120}"
    r"(?:newsletter|sign up|follow us|click here|visit our|join our))",
    re.IGNORECASE,
)
NEWSLETTER = re.compile(
    r"\b(?:newsletter|whatsapp[- ]?(?:channel|kanal)|telegram[- ]?(?:channel|kanal)|рассылк\w+|розсилк\w+)",
    re.IGNORECASE,
)
# An appeal for money of the outlet's own: both who asks, and for what.
OUR_WORK = re.compile(
    r"\b(?:our (?:readers?|newsroom|journalis\w+|reporters?|reporting|editors?|work)|dear readers?|independent "
    r"(?:journalism|media|reporting)|unser\w* (?:leser\w*|arbeit|redaktion)|"
    r"наш\w* (?:читател\w+|читач\w+|редакци\w+))\b",
    re.IGNORECASE,
)
DONATING = re.compile(
    r"\b(?:(?:support|back) (?:us|our|independent)|(?:one-time|monthly|small|regular) (?:contribution|donation)|"
    r"(?:donate|contribute) (?:now|today|to us)|become a (?:member|supporter|patron)|unterstütz\w+ (?:sie )?uns\w*|"
    r"поддерж\w+ нас|підтрим\w+ нас)\b",
    re.IGNORECASE,
)
# A line of "© 2026" and a name alone stays: it may credit an agency.
COPYRIGHT = re.compile(
    r"^\W*(?:©|\(c\)|copyright\b).{0,160}(?:rights reserved|reproduc|prohibited|alle rechte|права защищены)"
    r"|^\W*all rights reserved\b",
    re.IGNORECASE,
)
SUBSCRIBING = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe|abonnier\w*|anmeld\w+|melden sie|inscri\w+|abonnez|suscr[ií]b\w*|iscriv\w+|"
    r"assine|zapisz|подпи[сш]\w+|підпи[сш]\w+|abone)\b",
    re.IGNORECASE,
)
# What stands where a post or video of another site would, until the reader agrees.
EMBED_CONSENT = re.compile(
    r"\b(?:extern\w* inhalt\w*|external content|third[- ]party content|contenu externe|contenido externo|"
    r"contenuto esterno)\b"
    r"|personenbezogene daten an drittplattformen|ein klick für den datenschutz",
    re.IGNORECASE,
)
DATELINE_WORD = re.compile(
    r"^\W*(?:stand|updated?|last updated|published|posted|publicerad|uppdaterad|publisert|oppdatert|"
    r"opdateret|aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|publicada|"
    r"opublikowano|aktualizacja|"
    r"опубликовано|обновлено|опубліковано|оновлено|güncelleme|yayınlanma)\b",
    re.IGNORECASE,
)
CLOCK_OR_YEAR = re.compile(r"\d{1,2}[:.]\d\d|(?:19|20)\d\d")
WORD = re.compile(r"[^\W\d_]{2,}")
PICTURE_CREDIT = re.compile(
    r"^\W*(?:image|images|photo|photos|picture|pictures|foto|fotos|bild|bilder|photograph|фото|imagen|immagine)"
    r"(?:\s+(?:by|credit|source|von|courtesy of))?\s*[:©]\s*\S",
    re.IGNORECASE,
)
BY = re.compile(r"^\W*(?:by|von|par|por|di|av|af|door|text|автор|written by|story by)\b\s*:?", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
TWO_DIGITS = re.compile(r"\d{2}")  # a line with a number is never taken for a placeholder
LONGEST_POINTER, LONGEST_CREDIT, LONGEST_PROMOTION, LONGEST_BYLINE = 28, 14, 60, 14  # tokens
LONGEST_DATELINE, DATELINE_LINES, WORDS_IN_DATE = 12, 4, 3
BYLINE_LINES = 8
LEFT_IN_BYLINE = 24  # letters beside the names: the outlet, the place
_ALONE = frozenset(fold(label) for label in POINTERS + LABELS)


def drop_labels(lines: Sequence[str], authors: Sequence[str] = ()) -> list[str]:
    """Return the lines without those that label, point elsewhere, promote, or name who wrote or took the picture."""
    names = [fold(author) for author in authors]
    return [
        line
        for i, line in enumerate(lines)
        if not is_label(line)
        and not (i < BYLINE_LINES and names and is_byline(line, names))
        and not (i < DATELINE_LINES and is_dateline(line))
    ]


def is_label(line: str) -> bool:
    """Tell whether a line is furniture by its words alone."""
    text = line.removeprefix("- ")
    tokens = count_tokens(text)
    if tokens <= LONGEST_CREDIT and (fold(text) in _ALONE or PICTURE_CREDIT.match(text)):
        return True
    if tokens <= LONGEST_POINTER and (POINTER_LINE.match(text) or ARROW_LINE.match(text)):
        return True
    if tokens > LONGEST_PROMOTION:
        return False
    if EMBED_CONSENT.search(text) and not TWO_DIGITS.search(text):
        return True
    if COPYRIGHT.match(text) and not TWO_DIGITS.search(YEAR.sub("", text)):
        return True
    asks_to_subscribe = NEWSLETTER.search(text) and SUBSCRIBING.search(text)
    asks_for_money = OUR_WORK.search(text) and DONATING.search(text)
    return bool(PROMOTION.match(text) or asks_to_subscribe or asks_for_money)


def is_dateline(line: str) -> bool:
    """Tell whether a line does no more than say when the article appeared."""
    if (
        count_tokens(line) > LONGEST_DATELINE
        or not CLOCK_OR_YEAR.search(line)
        or line.rstrip().endswith((".", "!", "?"))
    ):
        return False
    if DATELINE_WORD.match(line):
        return True
    return len(WORD.findall(line)) <= WORDS_IN_DATE and parse_moment(line) is not None


def is_byline(line: str, names: Sequence[str]) -> bool:
    """Tell whether a line does no more than name the authors, given folded."""
    if count_tokens(line) > LONGEST_BYLINE:
        return False
    rest = fold(BY.sub("", line))
    found = [name for name in names if name and name in rest]
    for name in found:
        rest = rest.replace(name, "")
    return bool(found) and len(rest) <= (LEFT_IN_BYLINE if BY.match(line) else 0)
