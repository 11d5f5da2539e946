-- An article's figure was changed at its address to another claim; in a live blog, in the same post.
WITH changed AS (
    SELECT f.*, number_words(r.low, r.high, r.qualifier) AS was
    FROM brought_figures f
    JOIN replaced_figures r ON r.article_id = f.article_id AND r.topic_id = f.topic_id AND r.claim_id <> f.claim_id
         AND r.posted_at IS NOT DISTINCT FROM f.posted_at
    WHERE f.alone AND f.change = 'revised'
      -- the old number is gone from the article, and the new one was not in it
      AND NOT EXISTS (FROM brought_figures s WHERE s.article_id = f.article_id AND s.claim_id = r.claim_id)
      AND NOT EXISTS (FROM replaced_figures s WHERE s.article_id = f.article_id AND s.claim_id = f.claim_id)
)
SELECT article_id || ':' || claim_id AS key,
       words || ', ' || says || '; the article said ' || was || ' before' AS title,
       concat_ws(chr(10), sentence, 'The same article said ' || was || ' before it was rewritten.', elsewhere) AS body,
       url, outlet, claim_id, NULL::BIGINT AS mention_id
FROM changed
QUALIFY row_number() OVER (PARTITION BY article_id, claim_id ORDER BY start, was) = 1
ORDER BY "at", article_id, start
