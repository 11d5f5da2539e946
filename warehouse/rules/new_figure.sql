-- A claim nobody had reported, nor the same number of what may be the same thing in other words.
SELECT claim_id::VARCHAR AS key,
       words || ', ' || says AS title,
       concat_ws(chr(10), sentence, before, elsewhere) AS body,
       url, outlet, claim_id, NULL::BIGINT AS mention_id
FROM brought_figures
WHERE alone AND first_report AND NOT told_before
QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY "at", article_id, qualifier = 'order', start) = 1
ORDER BY "at", article_id, start
