"""Every table with its constraints and indexes, as the models say. What they cannot say follows."""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # Databases from before the first release were made by these.
    replaces = [
        ('articles', '0001_initial'),
        ('articles', '0003_quicker_loading'),
        ('articles', '0004_skipping_flags_and_time'),
        ('articles', '0005_threads'),
        ('articles', '0006_files_releases_and_twins'),
        ('articles', '0009_engines_that_learn'),
        ('articles', '0010_rules_become_newswire'),
        ('articles', '0011_projects_have_rules'),
        ('articles', '0012_workers_share_a_run'),
        ('articles', '0013_gold_has_parts'),
        ('articles', '0014_projects_have_the_learned_engine'),
        ('articles', '0015_engines_together'),
        ('articles', '0016_plants_are_answered'),
        ('articles', '0017_assignments_are_given_and_returned'),
        ('articles', '0018_searched_part_of_articles'),
        ('articles', '0019_readings_are_compared'),
        ('articles', '0020_schema_changes'),
        ('articles', '0022_disagreements_are_decided'),
        ('articles', '0023_notifications_and_webhooks'),
        ('articles', '0024_articles_have_room'),
        ('articles', '0025_articles_that_are_full'),
        ('articles', '0026_bulk_edits_and_variations'),
        ('articles', '0027_schema_changes_leave_todos'),
        ('articles', '0028_feedback'),
        ('articles', '0029_guidelines_with_cases'),
        ('articles', '0031_exercises'),
        ('articles', '0032_known_articles'),
        ('articles', '0033_texts_are_corrected'),
        ('articles', '0035_job_kind_rooms'),
        ('articles', '0036_exercises_score_links'),
        ('articles', '0037_bulk_edits_tell_their_limit'),
        ('articles', '0038_imports_correct_texts'),
    ]

    dependencies = [
        ('schemas', '0001_tables'),
        ('users', '0001_tables'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='users.project')),
                ('text', models.TextField()),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('length', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Length('text'), output_field=models.IntegerField())),
                ('title', models.CharField(blank=True, max_length=500)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('agency', models.CharField(blank=True, max_length=200)),
                ('dateline', models.CharField(blank=True, max_length=300)),
                ('byline', models.CharField(blank=True, max_length=300)),
                ('language', models.CharField(blank=True, help_text='BCP 47 tag.', max_length=35)),
                ('url', models.URLField(blank=True, max_length=2000)),
                ('external_id', models.CharField(blank=True, max_length=200)),
                ('metadata', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('new', 'New'), ('suggested', 'Suggested'), ('in_progress', 'In progress'), ('submitted', 'Submitted'), ('in_review', 'In review'), ('gold', 'Gold')], default='new', editable=False, max_length=16)),
                ('has_room', models.BooleanField(db_default=True, default=True, editable=False, help_text='Whether it is to have more annotators than it has; derived together with the status.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(fields=['project', 'id'], name='article_list'),
                    models.Index(fields=['project', 'status', 'id'], name='article_status'),
                    models.Index(condition=models.Q(('archived_at__isnull', True), ('has_room', True), models.Q(('status', 'gold'), _negated=True)), fields=['project', 'id'], name='article_room'),
                    models.Index(models.F('project'), django.db.models.functions.comparison.Coalesce('published_on', models.Value(datetime.date(1, 1, 1), models.DateField())), models.F('id'), name='article_published'),
                    models.Index(fields=['project', 'sha256'], name='article_text'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('project', 'external_id', 'archived_at'), name='article_external_id_once', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(('status__in', ['new', 'suggested', 'in_progress', 'submitted', 'in_review', 'gold'])), name='article_status_known'),
                    models.CheckConstraint(condition=models.Q(('length__gt', 0), ('length__lte', 1000000)), name='article_length'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProjectEngine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engines', to='users.project')),
                ('name', models.CharField(max_length=64, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]*\\Z')])),
                ('kind', models.CharField(max_length=64)),
                ('settings', models.JSONField(blank=True, default=dict)),
                ('secrets', models.TextField(blank=True, db_default='', default='', editable=False, help_text='Encrypted.')),
                ('enabled', models.BooleanField(default=True, help_text='Runs on new articles by itself.')),
                ('learns', models.BooleanField(db_default=True, default=True, help_text='Learns by itself when there is more gold, if it can.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['project', 'id'],
                'constraints': [
                    models.UniqueConstraint(fields=('project', 'name'), name='project_engine_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Layer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='layers', to='articles.article')),
                ('kind', models.CharField(choices=[('user', 'Annotator'), ('engine', 'Engine'), ('gold', 'Gold')], max_length=8)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='layers', to=settings.AUTH_USER_MODEL)),
                ('engine', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='layers', to='articles.projectengine')),
                ('engine_version', models.CharField(blank=True, max_length=64)),
                ('version', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField(blank=True, help_text='The first edit by a person.', null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='layers_approved', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, help_text='Since the text was corrected, the work goes on in a layer of the new text.', null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('kind', 'user')), fields=('article', 'user'), name='layer_once_a_user'),
                    models.UniqueConstraint(condition=models.Q(('kind', 'engine')), fields=('article', 'engine'), name='layer_once_an_engine'),
                    models.UniqueConstraint(condition=models.Q(('kind', 'gold')), fields=('article',), name='layer_one_gold'),
                    models.CheckConstraint(condition=models.Q(models.Q(('engine__isnull', True), ('kind', 'user'), ('user__isnull', False)), models.Q(('engine__isnull', False), ('kind', 'engine'), ('user__isnull', True)), models.Q(('engine__isnull', True), ('kind', 'gold'), ('user__isnull', True)), _connector='OR'), name='layer_has_its_author'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Span',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('layer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='articles.layer')),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('label', models.CharField(max_length=64)),
                ('fragments', models.JSONField(blank=True, default=list)),
                ('attributes', models.JSONField(blank=True, default=dict)),
                ('confidence', models.FloatField(blank=True, null=True)),
                ('suggestion', models.UUIDField(blank=True, help_text='The suggestion it was accepted from.', null=True)),
                ('sources', models.JSONField(blank=True, help_text='The engines it was merged from.', null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['layer', 'start'], name='span_of_layer'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('end__gt', models.F('start')), ('start__gte', 0)), name='span_not_empty'),
                    models.CheckConstraint(condition=models.Q(('confidence__isnull', True), models.Q(('confidence__gte', 0), ('confidence__lte', 1)), _connector='OR'), name='span_confidence_0_to_1'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='articles.layer')),
                ('type', models.CharField(max_length=64)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.span')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.span')),
                ('attributes', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='relation_between_two_spans'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LayerLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='articles.layer')),
                ('name', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [
                    models.UniqueConstraint(fields=('layer', 'name'), name='layer_label_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Rejection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rejections', to='articles.layer')),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('label', models.CharField(max_length=64)),
                ('suggestion', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('layer', 'start', 'end', 'label'), name='rejection_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LayerPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.layer')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.layer')),
                ('first_version', models.PositiveIntegerField()),
                ('second_version', models.PositiveIntegerField()),
                ('method', models.PositiveSmallIntegerField()),
                ('counts', models.JSONField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('first', 'second'), name='layer_pair_once'),
                    models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='layer_pair_of_two'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handouts', to='users.project')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('weights', models.JSONField(help_text="The weight of each person's share, by user name.")),
                ('each', models.PositiveSmallIntegerField(help_text='How many annotators each article was to get.')),
                ('due_on', models.DateField(blank=True, null=True)),
                ('chosen', models.PositiveIntegerField(help_text='How many articles were chosen.')),
                ('given', models.PositiveIntegerField(help_text='How many assignments came of it.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('each__range', (1, 5))), name='handout_one_to_five_annotators'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='articles.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('blind', models.BooleanField(db_default=False, default=False, help_text='Given without suggestions, to see what they change.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('flagged_at', models.DateTimeField(blank=True, help_text='Not sure: to be looked at again later.', null=True)),
                ('flag_note', models.CharField(blank=True, db_default='', max_length=500)),
                ('skipped_at', models.DateTimeField(blank=True, null=True)),
                ('skip_reason', models.CharField(blank=True, db_default='', max_length=500)),
                ('touched_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, help_text='The last edit or sitting, give or take some minutes.')),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('returned_by', models.ForeignKey(blank=True, help_text='The manager who withdrew it; nobody where its lease ran out.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handout', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='articles.handout')),
                ('due_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['user', 'submitted_at'], name='assignment_of_user'),
                    models.Index(condition=models.Q(('returned_at__isnull', True), ('skipped_at__isnull', True), ('submitted_at__isnull', True)), fields=['user', 'article'], name='assignment_at_hand'),
                    models.Index(condition=models.Q(('returned_at__isnull', True), ('skipped_at__isnull', True), ('submitted_at__isnull', True)), fields=['touched_at'], name='assignment_lease'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('article', 'user'), name='assignment_once'),
                    models.CheckConstraint(condition=models.Q(('skipped_at__isnull', True), ('submitted_at__isnull', True), _connector='OR'), name='assignment_skipped_or_submitted'),
                    models.CheckConstraint(condition=models.Q(('skipped_at__isnull', True), models.Q(('skip_reason', ''), _negated=True), _connector='OR'), name='assignment_skip_has_reason'),
                    models.CheckConstraint(condition=models.Q(('returned_at__isnull', True), models.Q(('skipped_at__isnull', True), ('submitted_at__isnull', True)), _connector='OR'), name='assignment_returned_unfinished'),
                    models.CheckConstraint(condition=models.Q(('returned_by__isnull', True), ('returned_at__isnull', False), _connector='OR'), name='assignment_withdrawn_is_returned'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to='users.project')),
                ('kind', models.CharField(choices=[('import', 'Import'), ('inspect', 'Look through an upload'), ('run', 'Pre-annotation'), ('release', 'Release'), ('twins', 'Find near-duplicates'), ('train', 'Training'), ('evaluate', 'Evaluation'), ('rank', 'Order the queue'), ('doubts', 'Look for errors'), ('schema', 'Schema change'), ('bulk', 'Bulk edit'), ('consistency', 'Count labels'), ('rooms', 'Annotators per article')], max_length=16)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('paused', 'Paused'), ('succeeded', 'Succeeded'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=16)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('error', models.TextField(blank=True)),
                ('attempts', models.PositiveIntegerField(default=0, help_text='A run counts those since its last progress.')),
                ('cancel_asked', models.BooleanField(default=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('resume_at', models.DateTimeField(blank=True, help_text='When a pause ends by itself.', null=True)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [
                    models.Index(condition=models.Q(('state__in', ('queued', 'running'))), fields=['heartbeat_at'], name='job_unfinished'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('done__gte', 0)), name='job_done_counts'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BulkEdit',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bulk_edits', to='users.project')),
                ('is_gold', models.BooleanField(help_text='Gold, or else the layers of who made it.')),
                ('action', models.CharField(choices=[('label', 'Label'), ('relabel', 'Give another label'), ('remove', 'Remove the label')], max_length=8)),
                ('label', models.CharField(blank=True, help_text='The label given.', max_length=64)),
                ('reopens', models.BooleanField(default=False, help_text='Approved articles are taken back into review, changed and approved again.')),
                ('search', models.JSONField(blank=True, default=dict, help_text='What was looked for.')),
                ('remarks', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], default=list, help_text='Why the search may not have found all there is.', size=None)),
                ('job', models.ForeignKey(help_text='The latest.', on_delete=django.db.models.deletion.PROTECT, related_name='bulk_edits', to='articles.job')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_edits', to=settings.AUTH_USER_MODEL)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-id'],
                'indexes': [
                    models.Index(fields=['project', '-created_at'], name='bulk_edit_list'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('action', 'remove'), ('label', '')), models.Q(models.Q(('action', 'remove'), _negated=True), models.Q(('label', ''), _negated=True)), _connector='OR'), name='bulk_edit_gives_a_label'),
                    models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='bulk_edit_undone_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BulkPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bulk', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='articles.bulkedit')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article')),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('span', models.UUIDField(blank=True, null=True)),
                ('before', models.JSONField(blank=True, null=True)),
                ('after', models.JSONField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('refused', 'Refused'), ('undone', 'Undone'), ('kept', 'Not undone')], default='waiting', max_length=8)),
                ('reason', models.TextField(blank=True, help_text='Why it was refused, or not undone.')),
            ],
            options={
                'ordering': ['article', 'start', 'end', 'id'],
                'indexes': [
                    models.Index(fields=['bulk', 'state', 'article'], name='bulk_place_work'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('bulk', 'span'), name='bulk_place_once'),
                    models.CheckConstraint(condition=models.Q(('state', 'refused'), ('span__isnull', False), _connector='OR'), name='bulk_place_has_its_span'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='articles.article')),
                ('corrected', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='articles.article')),
                ('number', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(editable=False)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(fields=['corrected'], name='correction_of'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('corrected',), name='correction_one_stands'),
                    models.CheckConstraint(condition=models.Q(models.Q(('article', models.F('corrected')), _negated=True), ('number__gte', 2)), name='correction_makes_a_version'),
                    models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='correction_undone_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CorrectionTodo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('correction', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='todos', to='articles.correction')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correction_todos', to='articles.layer')),
                ('kind', models.CharField(choices=[('changed', 'Its words have changed'), ('shortened', 'Some of its words are gone'), ('moved', 'Its words stand elsewhere now'), ('lost', 'Its words are gone'), ('new', 'New words')], max_length=12)),
                ('span', models.UUIDField(blank=True, null=True)),
                ('label', models.CharField(blank=True, max_length=64)),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('was_start', models.IntegerField(blank=True, null=True)),
                ('was_end', models.IntegerField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['layer', 'id'], name='correction_queue'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('end__gte', models.F('start')), ('start__gte', 0)), name='correction_todo_place'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'new'), ('label', ''), ('span__isnull', True), ('was_start__isnull', True)), models.Q(('kind', 'lost'), ('span__isnull', True), ('was_start__isnull', False)), models.Q(('kind__in', ('changed', 'shortened', 'moved')), ('span__isnull', False), ('was_start__isnull', False)), _connector='OR'), name='correction_todo_says_what'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('layer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='edits', to='articles.layer')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='edits', to=settings.AUTH_USER_MODEL)),
                ('op', models.CharField(max_length=32)),
                ('data', models.JSONField()),
                ('version', models.PositiveIntegerField(null=True)),
                ('reason', models.TextField(blank=True, help_text='Why it was refused.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('layer', 'version'), name='edit_makes_a_version'),
                    models.CheckConstraint(condition=models.Q(('version__isnull', True), ('reason', ''), _connector='OR'), name='edit_applied_or_refused'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='articles.article')),
                ('edit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='articles.edit')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('item', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=16)),
                ('name', models.CharField(blank=True, max_length=64)),
                ('start', models.IntegerField(blank=True, null=True)),
                ('end', models.IntegerField(blank=True, null=True)),
                ('choice', models.CharField(choices=[('reading', 'A reading was taken'), ('engine', 'The engine’s reading was taken'), ('nobody', 'Nobody was right'), ('own', 'The reviewer’s own reading'), ('majority', 'The majority’s reading'), ('open', 'Open again')], max_length=8)),
                ('reader', models.CharField(blank=True, help_text='The letter of the reader who was followed.', max_length=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(fields=('edit', 'item'), name='decision_once_an_edit'),
                    models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('choice', 'majority')), models.Q(models.Q(('choice', 'majority'), _negated=True), ('by__isnull', False)), _connector='OR'), name='decision_by_somebody_or_by_majority'),
                    models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('start__isnull', True)), models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__gte', 0), ('start__isnull', False)), _connector='OR'), name='decision_on_words_or_on_the_article'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DecisionReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='articles.decision')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decided_readings', to='articles.layer')),
                ('said', models.JSONField()),
                ('upheld', models.BooleanField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('decision', 'layer'), name='decision_reads_a_layer_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='users.project')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='articles.article')),
                ('kind', models.CharField(choices=[('words', 'The same words, otherwise labelled'), ('engine', 'An engine is sure of something else'), ('boundary', 'An unusual boundary')], max_length=8)),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('label', models.CharField(blank=True, max_length=64)),
                ('other_start', models.IntegerField()),
                ('other_end', models.IntegerField()),
                ('other_label', models.CharField(blank=True, max_length=64)),
                ('score', models.FloatField(help_text='How likely an error: 0 to 1.')),
                ('reason', models.CharField(help_text='A sentence for the reviewer.', max_length=300)),
                ('state', models.CharField(choices=[('open', 'Open'), ('fixed', 'Fixed'), ('dismissed', 'Is right')], default='open', max_length=12)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-score', 'id'],
                'indexes': [
                    models.Index(fields=['project', 'state', '-score', 'id'], name='doubt_queue'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('article', 'start', 'end', 'label', 'other_start', 'other_end', 'other_label'), name='doubt_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('size', models.BigIntegerField(help_text='Bytes.')),
                ('sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('size__gte', 0)), name='file_size_counts'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FilePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='articles.storedfile')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('file', 'number'), name='file_part_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EngineVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='articles.projectengine')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('refused', 'Not better'), ('live', 'Live'), ('retired', 'Was live')], max_length=8)),
                ('reason', models.CharField(blank=True, db_default='', help_text='Why it did or did not go live.', max_length=500)),
                ('model', models.ForeignKey(blank=True, help_text='Gone when it is old.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.storedfile')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.job')),
                ('schema_version', models.PositiveIntegerField(help_text='The label schema it was trained under.')),
                ('articles', models.PositiveIntegerField(help_text='Gold articles that it learned from.')),
                ('held_out', models.PositiveIntegerField(help_text='Gold articles that it was measured on, and never saw.')),
                ('figures', models.JSONField(default=dict, help_text='Scores with their intervals, and the learning curve.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('live_since', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['engine', '-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('engine', 'number'), name='engine_version_once'),
                    models.UniqueConstraint(condition=models.Q(('state', 'live')), fields=('engine',), name='engine_version_one_live'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='articles.projectengine')),
                ('engine_version', models.CharField(max_length=64)),
                ('learned', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='articles.engineversion')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.job')),
                ('articles', models.PositiveIntegerField()),
                ('figures', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [
                    models.Index(fields=['engine', '-id'], name='evaluation_of_engine'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Mistake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='mistakes', to='articles.evaluation')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article')),
                ('kind', models.CharField(choices=[('missed', 'Missed'), ('invented', 'Not in gold'), ('boundary', 'Other boundary'), ('label', 'Other label')], max_length=8)),
                ('start', models.IntegerField(null=True)),
                ('end', models.IntegerField(null=True)),
                ('label', models.CharField(blank=True, max_length=64)),
                ('gold_start', models.IntegerField(null=True)),
                ('gold_end', models.IntegerField(null=True)),
                ('gold_label', models.CharField(blank=True, max_length=64)),
                ('confidence', models.FloatField(null=True)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(fields=['evaluation', 'gold_label', 'label', 'id'], name='mistake_of_evaluation'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('start__isnull', False), ('gold_start__isnull', False), _connector='OR'), name='mistake_is_somewhere'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Exercise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exercise', to='articles.article')),
                ('kind', models.CharField(choices=[('practice', 'Practice'), ('test', 'Test')], max_length=8)),
                ('note', models.TextField(blank=True, help_text='Explains the answers.', max_length=5000)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['kind', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ('practice', 'test'))), name='exercise_kind_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='articles.exercise')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to=settings.AUTH_USER_MODEL)),
                ('copy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attempt', to='articles.article')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('graded_at', models.DateTimeField(blank=True, null=True)),
                ('exact', models.FloatField(blank=True, null=True)),
                ('overlap', models.FloatField(blank=True, null=True)),
                ('labels', models.FloatField(blank=True, null=True)),
                ('relations', models.FloatField(blank=True, null=True)),
                ('attributes', models.FloatField(blank=True, null=True)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('set_aside_at__isnull', True)), fields=('exercise', 'user'), name='attempt_one_counts'),
                    models.CheckConstraint(condition=models.Q(models.Q(('attributes__isnull', True), ('exact__isnull', True), ('graded_at__isnull', True), ('labels__isnull', True), ('overlap__isnull', True), ('relations__isnull', True)), models.Q(('exact__range', (0, 1)), ('graded_at__isnull', False), ('labels__range', (0, 1)), ('overlap__range', (0, 1))), _connector='OR'), name='attempt_graded_with_scores'),
                    models.CheckConstraint(condition=models.Q(models.Q(('relations__isnull', True), ('relations__range', (0, 1)), _connector='OR'), models.Q(('attributes__isnull', True), ('attributes__range', (0, 1)), _connector='OR')), name='attempt_links_scored_from_0_to_1'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='users.project')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('project', 'user'), name='clearance_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='articles.article')),
                ('layer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='articles.layer')),
                ('changes', models.JSONField(blank=True, default=list)),
                ('number', models.PositiveIntegerField(default=0)),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'feedback',
                'indexes': [
                    models.Index(fields=['article'], name='feedback_of_article'),
                    models.Index(condition=models.Q(('number__gt', 0), ('seen_at__isnull', True)), fields=['layer'], name='feedback_unseen'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GoldPart',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='gold_part', serialize=False, to='articles.article')),
                ('held_out', models.BooleanField(help_text='Engines are measured on it, and never learn from it.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='GuidelineVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guideline_versions', to='users.project')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('labels', models.JSONField(blank=True, default=dict)),
                ('note', models.CharField(blank=True, help_text='What was changed, and why.', max_length=300)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('project', 'number'), name='guideline_version_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Precedent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precedents', to='users.project')),
                ('about', models.CharField(max_length=64)),
                ('label', models.CharField(blank=True, max_length=64)),
                ('said', models.JSONField(default=list, help_text='The labels that annotators had given.')),
                ('before', models.CharField(blank=True, max_length=200)),
                ('words', models.CharField(max_length=500)),
                ('after', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precedents', to='articles.article')),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='precedent', to='articles.decision')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('end__gt', models.F('start')), ('start__gte', 0)), name='precedent_not_empty'),
                    models.CheckConstraint(condition=models.Q(('about', ''), _negated=True), name='precedent_is_about_a_label'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='users.project')),
                ('file_name', models.CharField(max_length=255)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to='articles.storedfile')),
                ('format', models.CharField(max_length=32)),
                ('encoding', models.CharField(default='utf-8', max_length=32)),
                ('options', models.JSONField(blank=True, default=dict, help_text='Of the format, by name.')),
                ('mapping', models.JSONField(blank=True, default=dict, help_text='What labels and the like of the file become in the schema.')),
                ('unknown', models.CharField(choices=[('refuse', 'They are problems'), ('add', 'They are added to the schema'), ('leave_out', 'They are left out')], default='refuse', max_length=16)),
                ('layer', models.CharField(default='gold', help_text='Where spans go: gold, user:NAME or engine:NAME.', max_length=160)),
                ('twins', models.CharField(choices=[('import', 'Import them like any other'), ('link', 'Import them, and link them to the article they repeat'), ('skip', 'Leave them out')], default='link', max_length=8)),
                ('corrections', models.CharField(choices=[('skip', 'Leave them out'), ('correct', 'Take their text as a correction')], db_default='skip', default='skip', max_length=8)),
                ('only_valid', models.BooleanField(default=False, help_text='Leave out what has problems.')),
                ('preview', models.JSONField(default=dict)),
                ('job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='upload', to='articles.job')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='KnownArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='known', to='articles.article')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='KnownReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='articles.knownarticle')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='known_readings', to=settings.AUTH_USER_MODEL)),
                ('copy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='known_reading', to='articles.article')),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('handed_in_at', models.DateTimeField(blank=True, null=True)),
                ('in_gold', models.PositiveIntegerField(blank=True, null=True)),
                ('given', models.PositiveIntegerField(blank=True, null=True)),
                ('same', models.PositiveIntegerField(blank=True, null=True)),
                ('overlapping', models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [
                    models.Index(fields=['user', 'handed_in_at'], name='known_reading_of_user'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('known', 'user'), name='known_reading_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('given__isnull', True), ('handed_in_at__isnull', True), ('in_gold__isnull', True), ('overlapping__isnull', True), ('same__isnull', True)), models.Q(('given__isnull', False), ('handed_in_at__isnull', False), ('in_gold__isnull', False), ('overlapping__isnull', False), ('same__isnull', False)), _connector='OR'), name='known_reading_scored_when_handed_in'),
                    models.CheckConstraint(condition=models.Q(('overlapping__lte', models.F('in_gold')), ('same__lte', models.F('overlapping')), ('overlapping__lte', models.F('given'))), name='known_reading_finds_what_both_have'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='users.project')),
                ('kind', models.CharField(choices=[('assigned', 'Articles were given to you'), ('sent_back', 'An article came back to you'), ('mentioned', 'Somebody mentioned you'), ('corrected', 'The text of an article was corrected'), ('released', 'A release is ready'), ('webhook_stopped', 'A webhook was switched off')], max_length=16)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('key', models.CharField(help_text='What it is about: nobody is told of it twice.', max_length=100)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [
                    models.Index(fields=['user', '-id'], name='notification_list'),
                    models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='notification_unread'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'kind', 'key'), name='notification_once'),
                    models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='notification_has_a_key'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Plant',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plants', to='articles.article')),
                ('start', models.IntegerField()),
                ('end', models.IntegerField()),
                ('label', models.CharField(max_length=64)),
                ('confidence', models.FloatField(null=True)),
                ('sources', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('end__gt', models.F('start')), ('start__gte', 0)), name='plant_not_empty'),
                    models.UniqueConstraint(fields=('article', 'start', 'end', 'label'), name='plant_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlantAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='articles.plant')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plant_answers', to=settings.AUTH_USER_MODEL)),
                ('accepted', models.BooleanField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('plant', 'user'), name='plant_answered_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Rank',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rank', serialize=False, to='articles.article')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='users.project')),
                ('priority', models.SmallIntegerField(default=0, help_text='The higher, the sooner.')),
                ('gain', models.FloatField(blank=True, null=True)),
                ('ease', models.FloatField(blank=True, null=True)),
                ('seconds', models.FloatField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(models.F('project'), models.OrderBy(models.F('priority'), descending=True), models.F('article'), name='rank_priority'),
                    models.Index(models.F('project'), models.OrderBy(models.F('gain'), descending=True, nulls_last=True), models.F('article'), name='rank_gain'),
                    models.Index(models.F('project'), models.OrderBy(models.F('ease'), descending=True, nulls_last=True), models.F('article'), name='rank_ease'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='users.project')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('notes', models.TextField(blank=True, max_length=10000)),
                ('query', models.JSONField(default=dict)),
                ('manifest', models.JSONField(default=dict)),
                ('card', models.TextField(blank=True, help_text='The dataset card, in Markdown.')),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='release', to='articles.storedfile')),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='articles.job')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('project', 'number'), name='release_number_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('published_at__isnull', True)), models.Q(('file__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='release_published_with_its_file'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReleaseArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='articles.release')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article')),
                ('part', models.CharField(blank=True, max_length=16)),
                ('digest', models.BinaryField()),
                ('labels', models.JSONField(default=dict, help_text='How many spans of each label.')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('release', 'article'), name='release_article_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='articles.article')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('decision', models.CharField(choices=[('approved', 'Approved'), ('sent_back', 'Sent back')], max_length=16)),
                ('comment', models.TextField(blank=True, max_length=5000)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RunWorker',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workers', to='articles.job')),
                ('called_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('heartbeat_at__isnull', True)), fields=('job',), name='run_calls_one_worker'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RunItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='articles.job')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article')),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('done', 'Done'), ('failed', 'Failed')], default='pending', max_length=8)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('worker', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='articles.runworker')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'pending'), ('worker__isnull', True)), fields=['job', 'tries', 'id'], name='run_item_free'),
                    models.Index(condition=models.Q(('worker__isnull', False)), fields=['worker'], name='run_item_in_hand'),
                    models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['job', 'ended_at'], name='run_item_ended'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('job', 'article'), name='run_item_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SchemaChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schema_changes', to='users.project')),
                ('plan', models.JSONField(default=dict)),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='articles.schemachange')),
                ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schemas.schemaversion')),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schemas.schemaversion')),
                ('job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schema_change', to='articles.job')),
                ('reached', models.BigIntegerField(db_default=0, default=0)),
                ('engines', models.JSONField(blank=True, default=dict, help_text="Settings of engines as they were, by the engine's id.")),
                ('notes', models.JSONField(blank=True, default=list, help_text='What was done besides, in sentences.')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schema_changes', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('job__isnull', True)), fields=('project',), name='schema_change_one_draft'),
                    models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('before__isnull', True), ('job__isnull', True), ('published_at__isnull', True)), models.Q(('after__isnull', False), ('before__isnull', False), ('job__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='schema_change_published_with_its_job'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SchemaTodo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='todos', to='articles.schemachange')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.layer')),
                ('span', models.UUIDField()),
                ('label', models.CharField(max_length=64)),
                ('attribute', models.CharField(blank=True, max_length=64)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [
                    models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['change', 'id'], name='schema_todo_queue'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('change', 'layer', 'span', 'attribute'), name='schema_todo_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CarriedLayer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='layers', to='articles.schemachange')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.layer')),
                ('first_version', models.PositiveIntegerField()),
                ('last_version', models.PositiveIntegerField()),
                ('spans', models.PositiveIntegerField(help_text='How many of its edits were of spans.')),
                ('edits', models.JSONField(blank=True, null=True)),
                ('left', models.JSONField(blank=True, default=list)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('change', 'layer', 'first_version'), name='carried_layer_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SearchedText',
            fields=[
                ('article', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='search', serialize=False, to='articles.article')),
                ('words', django.contrib.postgres.search.SearchVectorField(help_text='Of the title and the first 100,000 characters of the text.')),
                ('is_whole', models.BooleanField(help_text='Whether these are all words: a tsvector holds at most 1 MB.')),
                ('unspaced', models.TextField(help_text='The text, where its script puts no spaces between words.', null=True)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['words'], name='searched_words'),
                    models.Index(condition=models.Q(('is_whole', False)), fields=['article'], name='searched_in_part'),
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('unspaced'), 'gin_trgm_ops'), condition=models.Q(('unspaced__isnull', False)), name='searched_trigrams'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='articles.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to=settings.AUTH_USER_MODEL)),
                ('seconds', models.PositiveIntegerField()),
                ('began_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [
                    models.Index(fields=['user', 'began_at'], name='sitting_of_user'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('seconds__lte', 86400)), name='sitting_within_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='articles.article')),
                ('start', models.IntegerField(blank=True, null=True)),
                ('end', models.IntegerField(blank=True, null=True)),
                ('span', models.UUIDField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads_resolved', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('span__isnull', True), ('start__isnull', True)), models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__gte', 0), ('start__isnull', False)), _connector='OR'), name='thread_on_words_or_on_the_article'),
                    models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='thread_resolved_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='articles.thread')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField(max_length=5000)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('mentions', models.ManyToManyField(blank=True, related_name='mentioned_in', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Tokenization',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tokenization', serialize=False, to='articles.article')),
                ('data', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Fingerprint',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='fingerprint', serialize=False, to='articles.article')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='users.project')),
                ('signature', models.BinaryField()),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['bands'], name='fingerprint_bands'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Twin',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='twin', serialize=False, to='articles.article')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='twins', to='articles.article')),
                ('similarity', models.FloatField(help_text='Share of word sequences in common, 0 to 1.')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('similarity__gt', 0), ('similarity__lte', 1)), name='twin_similarity_0_to_1'),
                    models.CheckConstraint(condition=models.Q(('article', models.F('original')), _negated=True), name='twin_of_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Variation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='variations', to='users.project')),
                ('layer', models.CharField(help_text='gold, user:NAME or engine:NAME.', max_length=200)),
                ('form', models.CharField(max_length=100)),
                ('labels', models.JSONField()),
                ('unlabelled', models.PositiveIntegerField()),
                ('score', models.FloatField(help_text='Bits of surprise in its rarer readings.')),
            ],
            options={
                'ordering': ['-score', '-id'],
                'indexes': [
                    models.Index(fields=['project', 'layer', '-score', '-id'], name='variation_list'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('project', 'layer', 'form'), name='variation_once_a_form'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='users.project')),
                ('url', models.URLField(max_length=2000)),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('article.submitted', 'An article was submitted'), ('article.sent_back', 'An article was sent back'), ('article.approved', 'An article became gold'), ('article.corrected', 'The text of an article was corrected'), ('release.published', 'A release is ready'), ('job.ended', 'A job has ended')], max_length=32), size=6)),
                ('secret', models.TextField(help_text='Encrypted.')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('stopped_at', models.DateTimeField(blank=True, help_text='Switched off, by a person or because nothing arrived for days.', null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('events', []), _negated=True), name='webhook_has_events'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='articles.webhook')),
                ('event', models.CharField(max_length=32)),
                ('body', models.JSONField()),
                ('state', models.CharField(choices=[('waiting', 'On its way'), ('delivered', 'Delivered'), ('failed', 'Given up')], default='waiting', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('status', models.PositiveSmallIntegerField(help_text='Of the last answer, by HTTP.', null=True)),
                ('answer', models.CharField(blank=True, help_text='Its beginning, or why there is none.', max_length=500)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-created_at', '-id'],
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='delivery_waiting'),
                    models.Index(fields=['webhook', '-created_at'], name='delivery_log'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='delivery_ended_or_waiting'),
                ],
            },
        ),
    ]
