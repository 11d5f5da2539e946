-- The posts of earlier revisions stay, so that a rewrite can be told post by post.
COMMENT ON TABLE sections IS 'A post of a live blog, in a revision of its article';
