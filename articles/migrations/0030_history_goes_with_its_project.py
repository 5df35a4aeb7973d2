"""Edits, decisions and releases go when their project is removed for good, in a transaction that says so, and
never otherwise."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION articles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('annotator.purging', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% of % never changes', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION articles_keep_released_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('annotator.purging', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM articles_release WHERE id = OLD.release_id AND file_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A release holds this article' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION articles_keep_released_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_release WHERE id = OLD.release_id AND file_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A release holds this article' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION articles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % never changes', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_guidelines_with_cases")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
