"""Articles that had all their annotators before it was kept whether they have room."""

from django.db import migrations

FULL = """
UPDATE articles_article article SET has_room = false
FROM users_project project,
    (SELECT article_id, count(*) AS count FROM articles_assignment
     WHERE skipped_at IS NULL AND returned_at IS NULL GROUP BY article_id) claims
WHERE project.id = article.project_id AND claims.article_id = article.id
AND claims.count >= project.annotators_per_article
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_articles_have_room")]
    operations = [migrations.RunSQL(FULL, migrations.RunSQL.noop)]
