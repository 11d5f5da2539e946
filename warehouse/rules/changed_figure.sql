-- A claimant gives a number it had not given for the same thing, in a later article. Where a sentence says itself that
-- the number went on ("has risen to 31"), who said the one before, or says this one, may be unnamed.
WITH given AS (
    SELECT f.*, s.claim_id AS given_claim_id, s.published_at AS given_at,
           s.seen_at AS given_seen_at, s.article_id AS given_article_id
    FROM brought_figures f
    JOIN topic_sightings s ON s.topic_id = f.topic_id AND s.article_id <> f.article_id
    WHERE f.alone AND NOT f.told_before
      AND (s.claimant = f.claimant AND f.claimant <> 'unknown'
           OR says_change(f.sentence) AND 'unknown' IN (coalesce(f.claimant, 'unknown'), coalesce(s.claimant, 'unknown')))
), last_given AS (
    SELECT g.figure_id, max(given_at) AS last_at,
           arg_max(given_claim_id, (given_at, given_seen_at, given_claim_id)) AS last_claim_id
    FROM given g JOIN claims c ON c.claim_id = g.given_claim_id
    WHERE given_claim_id <> g.claim_id AND given_at < g."at"
      -- another town is another event, and so is a lower toll that shares no town and corrects nothing
      AND (g.stock OR says_change(g.sentence)
           OR NOT (spots_apart(g.spots, c.spots)
                   OR (g.measure IN ('killed', 'wounded', 'missing') AND coalesce(g.number, g.high) < coalesce(c.number, c.low)
                       AND NOT list_has_any(g.spots, coalesce(c.spots, [])))))
    GROUP BY g.figure_id
), known_numbers AS (
    -- the same number from the same claimant: earlier, or in an article that an earlier load brought
    SELECT DISTINCT figure_id FROM given
    WHERE given_claim_id = claim_id
      AND (given_at < "at" OR given_article_id NOT IN (SELECT article_id FROM brought_articles))
)
SELECT coalesce(f.claimant, 'unknown') || ':' || f.claim_id AS key,
       f.words || ', ' || f.says || '; ' || number_words(c.low, c.high, c.qualifier) || ' before' AS title,
       concat_ws(chr(10), f.sentence, 'Before, ' || coalesce(nullif(f.claimant, 'unknown'), 'it was said to be')
           || if(coalesce(f.claimant, 'unknown') = 'unknown', ' ', ' gave ') || number_words(c.low, c.high, c.qualifier) || ' (' || strftime(l.last_at, '%-d %B %Y') || ').',
           f.elsewhere) AS body,
       f.url, f.outlet, f.claim_id, NULL::BIGINT AS mention_id
FROM brought_figures f
JOIN last_given l ON l.figure_id = f.figure_id
JOIN claims c ON c.claim_id = l.last_claim_id
ANTI JOIN known_numbers k ON k.figure_id = f.figure_id
WHERE f.stock
   OR (f."at" - l.last_at <= INTERVAL 3 DAY
       AND NOT regexp_matches(f.sentence,
           '(?i)\b(another|separate(ly)?|elsewhere|further|additional|(second|third|fourth|new|fresh) (attack|strike|raid|shelling|assault|blast|explosion|clash|wave|batch|incident))\b'))
QUALIFY row_number() OVER (PARTITION BY f.claimant, f.claim_id ORDER BY f."at", f.article_id, f.start, f.figure_id) = 1
ORDER BY f."at", f.article_id, f.start
