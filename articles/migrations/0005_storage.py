"""How PostgreSQL keeps what is long. It changes what is written from now on."""

from django.db import migrations

# Quicker than the default, where the server was built with it.
TEXTS = """
DO $$
BEGIN
    ALTER TABLE articles_article ALTER COLUMN text SET COMPRESSION lz4;
    ALTER TABLE articles_edit ALTER COLUMN data SET COMPRESSION lz4;
    ALTER TABLE articles_searchedtext ALTER COLUMN words SET COMPRESSION lz4;
    ALTER TABLE articles_searchedtext ALTER COLUMN unspaced SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'This server has no lz4';
END $$;
"""

# Kept as it is: files are often compressed already, and pieces of what is not are read without the rest.
FILES = "ALTER TABLE articles_filepart ALTER COLUMN content SET STORAGE EXTERNAL;"


class Migration(migrations.Migration):
    replaces = [("articles", "0007_imports_at_the_speed_of_copy")]
    dependencies = [("articles", "0004_searched_texts")]
    operations = [migrations.RunSQL([TEXTS, FILES], migrations.RunSQL.noop)]
