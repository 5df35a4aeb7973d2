"""Versions go when their project is removed for good, in a transaction that says so, and never otherwise."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION schemas_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('annotator.purging', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A published schema version never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER version_never_changes BEFORE UPDATE OR DELETE ON schemas_schemaversion
    FOR EACH ROW EXECUTE FUNCTION schemas_version_never_changes();
"""

UNDO = "DROP FUNCTION schemas_version_never_changes() CASCADE;"


class Migration(migrations.Migration):
    replaces = [("schemas", "0002_versions_never_change"), ("schemas", "0003_versions_go_with_their_project")]
    dependencies = [("schemas", "0001_tables")]
    operations = [migrations.RunSQL(REFUSE, UNDO)]
