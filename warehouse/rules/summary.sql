-- The first successful run of an outlet, a backfill, or articles found long after their publication: one for all
-- they brought, if they brought anything new.
WITH figures_brought AS (
    SELECT outlet, words || ', ' || says || ' (' || strftime("at", '%-d %B %Y') || ')' AS line, "at", start
    FROM brought_figures
    -- what already alerts alone is not told twice
    WHERE grouped AND first_report AND claim_id NOT IN (SELECT claim_id FROM brought_figures WHERE alone)
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY "at", article_id, qualifier = 'order', start) = 1
), figure_counts AS (
    SELECT outlet, count(*) AS figures, list(line ORDER BY "at" DESC, start, line) AS lines FROM figures_brought GROUP BY outlet
), talk_counts AS (
    SELECT outlet, count(DISTINCT mention_id) AS talks FROM brought_meetings WHERE grouped GROUP BY outlet
), article_counts AS (
    SELECT outlet, any_value(outlet_name) AS outlet_name, any_value(run_id) AS run_id, count(DISTINCT article_id) AS articles,
           arg_max(url, ("at", article_id)) AS url
    FROM brought_articles WHERE grouped GROUP BY outlet
)
SELECT a.run_id || ':' || a.outlet AS key,
       a.outlet_name || ': ' || a.articles || if(a.articles = 1, ' article, ', ' articles, ')
           || coalesce(f.figures, 0) || if(f.figures = 1, ' figure, ', ' figures, ')
           || coalesce(t.talks, 0) || if(t.talks = 1, ' talk', ' talks') AS title,
       coalesce(array_to_string(f.lines[1:10], chr(10)), '')
           || CASE WHEN len(f.lines) > 10 THEN chr(10) || 'and ' || (len(f.lines) - 10) || ' more' ELSE '' END AS body,
       a.url, a.outlet, NULL::BIGINT AS claim_id, NULL::BIGINT AS mention_id
FROM article_counts a
LEFT JOIN figure_counts f ON f.outlet = a.outlet
LEFT JOIN talk_counts t ON t.outlet = a.outlet
WHERE coalesce(f.figures, 0) + coalesce(t.talks, 0) > 0
ORDER BY a.outlet
