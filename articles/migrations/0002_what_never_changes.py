"""History, files and releases are written once; the database itself refuses anything else.

They go when their project is removed for good, in a transaction that says so, and never otherwise. Triggers that
look at many rows are statement-level: all rows of a COPY in one join, so bulk loading stays fast.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION articles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('annotator.purging', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% of % never changes', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

# A trigger before an update would have PostgreSQL make the generated columns anew, whatever the update is of.
# Looked at afterwards, a text is as safe, and a new status costs a third.
TEXTS = """
CREATE TRIGGER article_text_never_changes AFTER UPDATE OF text, sha256 ON articles_article
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.sha256 IS DISTINCT FROM NEW.sha256)
    EXECUTE FUNCTION articles_refuse_change('The text');
"""

HISTORY = """
CREATE TRIGGER edit_never_changes BEFORE UPDATE OR DELETE ON articles_edit
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('A row');
CREATE TRIGGER decision_never_changes BEFORE UPDATE OR DELETE ON articles_decision
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('A row');
CREATE TRIGGER decision_reading_never_changes BEFORE UPDATE OR DELETE ON articles_decisionreading
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('A row');
"""

FILES = """
CREATE TRIGGER file_never_changes BEFORE UPDATE ON articles_storedfile
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('A row');
CREATE TRIGGER file_part_never_changes BEFORE UPDATE ON articles_filepart
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('A row');

CREATE FUNCTION articles_keep_released_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_release WHERE file_id = OLD.file_id) THEN
        RAISE EXCEPTION 'A release holds this file' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER file_part_released BEFORE DELETE ON articles_filepart
    FOR EACH ROW EXECUTE FUNCTION articles_keep_released_part();

CREATE FUNCTION articles_released_file_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added JOIN articles_release r ON r.file_id = added.file_id) THEN
        RAISE EXCEPTION 'A release holds this file' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER released_file_is_closed AFTER INSERT ON articles_filepart
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION articles_released_file_is_closed();
"""

RELEASES = """
CREATE TRIGGER release_never_changes BEFORE UPDATE OR DELETE ON articles_release
    FOR EACH ROW WHEN (OLD.file_id IS NOT NULL) EXECUTE FUNCTION articles_refuse_change('A release');

CREATE FUNCTION articles_keep_released_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('annotator.purging', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM articles_release WHERE id = OLD.release_id AND file_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A release holds this article' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER release_article_released BEFORE UPDATE OR DELETE ON articles_releasearticle
    FOR EACH ROW EXECUTE FUNCTION articles_keep_released_article();

CREATE FUNCTION articles_release_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added JOIN articles_release r ON r.id = added.release_id AND r.file_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A release takes no more articles' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER release_is_closed AFTER INSERT ON articles_releasearticle
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION articles_release_is_closed();
"""

# Triggers go with their functions.
UNDO = """
DROP FUNCTION articles_refuse_change(), articles_keep_released_part(), articles_released_file_is_closed(),
    articles_keep_released_article(), articles_release_is_closed() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [
        ("articles", "0008_nothing_joins_a_release"),
        ("articles", "0021_text_is_watched_after_the_update"),
        ("articles", "0030_history_goes_with_its_project"),
    ]
    dependencies = [("articles", "0001_tables")]
    operations = [migrations.RunSQL([REFUSE, TEXTS, HISTORY, FILES, RELEASES], UNDO)]
