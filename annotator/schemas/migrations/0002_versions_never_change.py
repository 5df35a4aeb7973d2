from django.db import migrations

FORWARD = """
CREATE FUNCTION schemas_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published schema version never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER version_never_changes BEFORE UPDATE OR DELETE ON schemas_schemaversion
    FOR EACH ROW EXECUTE FUNCTION schemas_version_never_changes();
"""

BACKWARD = """
DROP TRIGGER version_never_changes ON schemas_schemaversion;
DROP FUNCTION schemas_version_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("schemas", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
