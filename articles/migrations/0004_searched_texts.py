"""What searches look at follows the articles, in a table of its own: beside the status of an article, PostgreSQL would
write all its words into their index again with every new status, a third of what a run of a quick engine costs."""

from django.db import migrations

WORDS = r"""
CREATE FUNCTION articles_words(title text, text text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple', title || ' ' || "left"(text, 100000));
CREATE FUNCTION articles_unspaced(text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN text ~ '[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]' THEN text END;
"""

FOLLOW = """
CREATE FUNCTION articles_make_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_searchedtext (article_id, words, is_whole, unspaced)
    SELECT id, articles_words(title, text), length <= 100000, articles_unspaced(text) FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER article_is_searched AFTER INSERT ON articles_article
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION articles_make_searched();

CREATE FUNCTION articles_change_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE articles_searchedtext SET words = articles_words(NEW.title, NEW.text) WHERE article_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER article_title_is_searched AFTER UPDATE OF title ON articles_article
    FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION articles_change_searched();

CREATE FUNCTION articles_remove_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM articles_searchedtext USING gone WHERE article_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER article_is_searched_no_more AFTER DELETE ON articles_article
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION articles_remove_searched();
"""

# Triggers go with their functions.
UNDO = """
DROP FUNCTION articles_make_searched(), articles_change_searched(), articles_remove_searched() CASCADE;
DROP FUNCTION articles_words(text, text), articles_unspaced(text);
"""


class Migration(migrations.Migration):
    replaces = [("articles", "0034_searched_texts")]
    dependencies = [("articles", "0003_spans_inside_their_text")]
    operations = [migrations.RunSQL([WORDS, FOLLOW], UNDO)]
