"""Versions go when their project is removed for good, in a transaction that says so, and never otherwise."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION schemas_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('annotator.purging', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A published schema version never changes' USING ERRCODE = 'restrict_violation';
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION schemas_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published schema version never changes' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("schemas", "0002_versions_never_change")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
