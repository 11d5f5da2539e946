-- Where a claim's first sentence sets it, below the country: two strikes of one week are two pieces of news.
ALTER TABLE claims ADD COLUMN spots VARCHAR[];
COMMENT ON COLUMN claims.spots IS 'Towns and the like that its first sentence or title names, lower-case; null before this was kept';
