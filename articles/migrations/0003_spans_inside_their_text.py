"""A span lies inside the text of its article, and in a layer that is there: what no constraint on one row can say.

Statement-level triggers look at all rows of a COPY in one join. They stand in for the foreign key of spans, too,
which took two of the ten seconds in which 10,000 articles were loaded.
"""

from django.db import migrations

# The indexes are always the right way here. Left to itself the planner keeps the plan of an import's first rows,
# when the tables were empty, to its end.
SPANS = """
CREATE FUNCTION articles_span_inside_text() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE wrong record;
BEGIN
    SELECT s.layer_id, s."end", a.length, a.id AS article INTO wrong
    FROM (SELECT layer_id, max("end") AS "end" FROM changed GROUP BY layer_id) s
    LEFT JOIN articles_layer l ON l.id = s.layer_id
    LEFT JOIN articles_article a ON a.id = l.article_id
    WHERE a.id IS NULL OR s."end" > a.length LIMIT 1;
    IF FOUND AND wrong.article IS NULL THEN
        RAISE EXCEPTION 'There is no layer %', wrong.layer_id USING ERRCODE = 'foreign_key_violation';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'A span ends at %, outside article %, which has % characters',
            wrong."end", wrong.article, wrong.length USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER span_inside_text_on_insert AFTER INSERT ON articles_span
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION articles_span_inside_text();
CREATE TRIGGER span_inside_text_on_update AFTER UPDATE ON articles_span
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION articles_span_inside_text();
"""

LAYERS = """
CREATE FUNCTION articles_keep_layer_with_spans() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT FROM gone g JOIN articles_span s ON s.layer_id = g.id) THEN
        RAISE EXCEPTION 'A layer that is removed still has spans' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER layer_without_spans AFTER DELETE ON articles_layer
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION articles_keep_layer_with_spans();
"""

# Triggers go with their functions.
UNDO = "DROP FUNCTION articles_span_inside_text(), articles_keep_layer_with_spans() CASCADE;"


class Migration(migrations.Migration):
    replaces = [("articles", "0002_invariants")]
    dependencies = [("articles", "0002_what_never_changes")]
    operations = [migrations.RunSQL([SPANS, LAYERS], UNDO)]
