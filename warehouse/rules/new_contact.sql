-- CONSULT, AGREE or REJECT, actual or planned, between two parties that had none for 30 days; one an article.
WITH first_contacts AS (
    SELECT b.*
    FROM brought_meetings b
    WHERE b.alone
      AND NOT EXISTS (
          FROM meetings m
          WHERE m.pair_id = b.pair_id AND m.valid
            AND abs(epoch(m.published_at) - epoch(b."at")) <= 30 * 86400
            AND CASE WHEN m.article_id = b.article_id THEN m.seen_at < b.seen_at  -- an earlier revision had it
                     ELSE (m.published_at, m.article_id) < (b."at", b.article_id)
                          OR m.article_id NOT IN (SELECT article_id FROM brought_articles) END
      )
), pairs AS (
    SELECT article_id, party || '–' || other_party AS pair, min(start) AS start,
           arg_min(lower(event) || if(status = 'planned', ', planned', ''), (start, event, status)) AS what
    FROM first_contacts GROUP BY ALL
), contacts AS (
    SELECT article_id, string_agg(pair || ' (' || what || ')', '; ' ORDER BY start, pair) AS pairs,
           string_agg(pair, ',' ORDER BY pair) AS key
    FROM pairs GROUP BY article_id
)
SELECT c.article_id || ':' || c.key AS key,
       'First contact in 30 days: ' || c.pairs AS title,
       string_agg(DISTINCT f.sentence, chr(10) ORDER BY f.sentence) AS body,
       any_value(f.url) AS url, any_value(f.outlet) AS outlet, NULL::BIGINT AS claim_id,
       arg_min(f.mention_id, (f.start, f.mention_id)) AS mention_id
FROM contacts c JOIN first_contacts f ON f.article_id = c.article_id
GROUP BY c.article_id, c.key, c.pairs
ORDER BY any_value(f."at"), c.article_id
