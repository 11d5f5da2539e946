-- Two claimants, the same thing, published within seven days, numbers apart by more than a fifth of the larger.
WITH sides AS (
    SELECT f.*, s.claim_id AS other_claim_id, s.claimant AS other_claimant, s.published_at AS other_at,
           coalesce(c.number, c.low) AS other_low, coalesce(c.number, c.high) AS other_high,
           number_words(c.low, c.high, c.qualifier) AS other_words,
           coalesce(f.number, f.low) AS this_low, coalesce(f.number, f.high) AS this_high
    FROM brought_figures f
    JOIN topic_sightings s ON s.topic_id = f.topic_id AND s.claim_id <> f.claim_id AND s.claimant <> f.claimant
    JOIN claims c ON c.claim_id = s.claim_id
    WHERE f.alone AND f.claimant <> 'unknown' AND s.claimant <> 'unknown' AND NOT f.told_before
      -- another town is another event; where none is named, so are the dead of another day
      AND (f.stock OR list_has_any(f.spots, coalesce(c.spots, []))
           OR (NOT spots_apart(f.spots, c.spots) AND abs(epoch(f."at") - epoch(s.published_at)) <= 2 * 86400))
      -- a place left unsaid may be another: what is in the country is more than what is on its border
      AND (NOT f.stock OR c.topic_id = f.topic_id OR list_has_any(f.location, c.location))
      AND abs(epoch(f."at") - epoch(s.published_at)) <= 7 * 86400
), apart AS (
    SELECT * FROM sides
    WHERE greatest(this_low - other_high, other_low - this_high) > greatest(this_high, other_high) / 5.0
)
SELECT least(claim_id, other_claim_id) || ':' || greatest(claim_id, other_claim_id) AS key,
       words || ', ' || says || '; ' || other_claimant || ' says ' || other_words AS title,
       concat_ws(chr(10), sentence, other_claimant || ' says ' || other_words || ' ('
           || strftime(other_at, '%-d %B %Y') || ').', elsewhere) AS body,
       url, outlet, claim_id, NULL::BIGINT AS mention_id
FROM apart
-- where both sides came with this load, the one that is new contradicts the other, else the later the earlier
QUALIFY row_number() OVER (PARTITION BY least(claim_id, other_claim_id), greatest(claim_id, other_claim_id)
                           ORDER BY first_report DESC, "at" DESC, article_id DESC, start DESC, other_at DESC, other_claim_id,
                                    other_claimant) = 1
ORDER BY "at", article_id, start, other_at DESC, other_claim_id
