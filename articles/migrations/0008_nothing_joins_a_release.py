"""Nothing is added to what is released either: no article to a release, no bytes to its file.

Statement-level triggers look at all rows of a COPY in one join, so making a release stays fast.
"""

from django.db import migrations

NOTHING_JOINS = """
CREATE FUNCTION articles_release_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added JOIN articles_release r ON r.id = added.release_id AND r.file_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A release takes no more articles' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER release_is_closed AFTER INSERT ON articles_releasearticle
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION articles_release_is_closed();

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

UNDO = """
DROP TRIGGER released_file_is_closed ON articles_filepart;
DROP FUNCTION articles_released_file_is_closed();
DROP TRIGGER release_is_closed ON articles_releasearticle;
DROP FUNCTION articles_release_is_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_imports_at_the_speed_of_copy")]
    operations = [migrations.RunSQL(NOTHING_JOINS, UNDO)]
