"""A trigger before an update has PostgreSQL make the generated columns anew, whatever the update is of: the words of
the whole text, for a new status. Looked at afterwards, a text is as safe, and a status costs a third."""

from django.db import migrations

AFTER = """
DROP TRIGGER article_text_never_changes ON articles_article;
CREATE TRIGGER article_text_never_changes AFTER UPDATE OF text, sha256 ON articles_article
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.sha256 IS DISTINCT FROM NEW.sha256)
    EXECUTE FUNCTION articles_refuse_change('The text');
"""
BEFORE = AFTER.replace("AFTER UPDATE", "BEFORE UPDATE")


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_schema_changes")]
    operations = [migrations.RunSQL([AFTER], [BEFORE])]
