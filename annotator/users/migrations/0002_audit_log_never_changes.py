"""The database itself refuses to change or remove what the audit log holds."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION users_audit_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON users_auditentry
    FOR EACH ROW EXECUTE FUNCTION users_audit_never_changes();
"""

UNDO = "DROP FUNCTION users_audit_never_changes() CASCADE;"


class Migration(migrations.Migration):
    replaces = [("users", "0008_audit_log")]
    dependencies = [("users", "0001_tables")]
    operations = [migrations.RunSQL(REFUSE, UNDO)]
