"""What is no article, and the one word that says why."""

from __future__ import annotations

REASONS = frozenset(
    {
        "empty",  # no bytes, or only white space
        "not_html",  # a PDF, an image, a feed, JSON, plain bytes
        "too_large",  # more bytes than are read
        "too_deep",  # nested beyond what can be read
        "too_many_paragraphs",  # reading time grows with their square
        "too_many_elements",
        "too_many_attributes",
        "no_text",
    }
)
