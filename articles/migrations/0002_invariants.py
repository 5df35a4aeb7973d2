"""Invariants that a constraint on one row cannot say, kept by the database itself.

Statement-level triggers look at all rows of a COPY in one join, so bulk loading stays fast.
"""

from django.db import migrations

REFUSE_CHANGE = """
CREATE FUNCTION articles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % never changes', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER article_text_never_changes BEFORE UPDATE OF text, sha256 ON articles_article
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.sha256 IS DISTINCT FROM NEW.sha256)
    EXECUTE FUNCTION articles_refuse_change('The text');

CREATE TRIGGER edit_never_changes BEFORE UPDATE OR DELETE ON articles_edit
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('A row');
"""

SPAN_INSIDE_TEXT = """
CREATE FUNCTION articles_span_inside_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    SELECT s.start, s."end", a.length, a.id AS article INTO wrong
    FROM changed s
    JOIN articles_layer l ON l.id = s.layer_id
    JOIN articles_article a ON a.id = l.article_id
    WHERE s."end" > a.length LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The span %-% lies outside article %, which has % characters',
            wrong.start, wrong."end", wrong.article, wrong.length USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER span_inside_text_on_insert AFTER INSERT ON articles_span
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION articles_span_inside_text();
CREATE TRIGGER span_inside_text_on_update AFTER UPDATE ON articles_span
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION articles_span_inside_text();
"""

UNDO = """
DROP TRIGGER span_inside_text_on_update ON articles_span;
DROP TRIGGER span_inside_text_on_insert ON articles_span;
DROP FUNCTION articles_span_inside_text();
DROP TRIGGER edit_never_changes ON articles_edit;
DROP TRIGGER article_text_never_changes ON articles_article;
DROP FUNCTION articles_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunSQL([REFUSE_CHANGE, SPAN_INSIDE_TEXT], [UNDO])]
