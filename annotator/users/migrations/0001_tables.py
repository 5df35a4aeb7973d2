"""Every table with its constraints and indexes, as the models say. What they cannot say follows."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # Databases from before the first release were made by these.
    replaces = [
        ('users', '0001_initial'),
        ('users', '0002_guards_and_queue_order'),
        ('users', '0003_projects_have_leases'),
        ('users', '0004_language'),
        ('users', '0005_who_decides_what_is_gold'),
        ('users', '0006_digests'),
        ('users', '0007_projects_share_overlap'),
        ('users', '0009_projects_are_deleted_in_two_steps'),
        ('users', '0010_training_before_real_work'),
        ('users', '0011_known_articles_among_the_work'),
        ('users', '0012_texts_are_corrected'),
        ('users', '0013_work_is_carried_over'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(blank=True, max_length=150)),
                ('language', models.CharField(blank=True, db_default='', help_text='Of pages and e-mail; as the browser asks when empty.', max_length=8)),
                ('digest', models.CharField(choices=[('never', 'Never'), ('hourly', 'Every hour, when there is any'), ('daily', 'Once a day, when there is any')], db_default='daily', default='daily', max_length=8)),
                ('preferences', models.JSONField(blank=True, default=dict, help_text='Editor theme, density and keys.')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True, max_length=2000)),
                ('guidelines', models.TextField(blank=True, help_text='Markdown.', max_length=200000)),
                ('annotators_per_article', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('overlap_share', models.PositiveSmallIntegerField(db_default=100, default=100, help_text='Percent of articles that get more than one annotator, if the project asks for more.', validators=[django.core.validators.MaxValueValidator(100)])),
                ('openness', models.CharField(choices=[('blind', 'Never: everybody judges for themselves'), ('after', 'Once they have handed in their own'), ('always', 'At any time')], db_default='blind', default='blind', max_length=8)),
                ('preannotate', models.BooleanField(default=True, help_text='Suggest entities for new articles without being asked.')),
                ('blind_share', models.PositiveSmallIntegerField(db_default=10, default=10, help_text='Percent of articles that are given without suggestions, to see what suggestions change.', validators=[django.core.validators.MaxValueValidator(50)])),
                ('planted_share', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='Percent of suggestions that are wrong on purpose. Annotators are told so.', validators=[django.core.validators.MaxValueValidator(10)])),
                ('confidence_shown', models.CharField(choices=[('hidden', 'Not at all'), ('bands', 'As sure, likely or unsure'), ('number', 'As a number')], db_default='bands', default='bands', max_length=8)),
                ('queue_order', models.CharField(choices=[('oldest', 'The oldest first'), ('random', 'At random'), ('priority', 'By priority'), ('gain', 'What teaches the engine most for the time it takes'), ('ease', 'The easy ones first')], db_default='oldest', default='oldest', max_length=8)),
                ('lease_days', models.PositiveSmallIntegerField(db_default=7, default=7, help_text='After so many days untouched an article goes back to the others; 0 is never.', validators=[django.core.validators.MaxValueValidator(365)])),
                ('gold_rule', models.CharField(choices=[('reviewer', 'A reviewer, always'), ('agreement', 'Nobody has to where all annotators agree; else a reviewer'), ('majority', 'The majority of three or more; a reviewer where there is none')], db_default='reviewer', default='reviewer', max_length=12)),
                ('readers_shown', models.BooleanField(db_default=False, default=False, help_text='Reviewers see who said what where annotators disagree.')),
                ('practice_articles', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How many practice articles an annotator works through before real work; 0 is none.', validators=[django.core.validators.MaxValueValidator(50)])),
                ('pass_mark', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='The mean F1 in percent over the test articles that opens real work; 0 is no test.', validators=[django.core.validators.MaxValueValidator(100)])),
                ('carries_over', models.BooleanField(db_default=False, default=False, help_text='Work goes over to the other articles of a story by itself, as suggestions.')),
                ('known_share', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='Percent of the work of annotators that is articles whose gold is known; 0 is none.', validators=[django.core.validators.MaxValueValidator(100)])),
                ('training_for', models.OneToOneField(blank=True, editable=False, help_text='The project whose exercises this one holds, out of sight of everything else.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training', to='users.project')),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('deleted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='created_projects', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('annotators_per_article__range', (1, 5))), name='project_one_to_five_annotators'),
                    models.CheckConstraint(condition=models.Q(('overlap_share__lte', 100)), name='project_overlap_in_percent'),
                    models.CheckConstraint(condition=models.Q(('lease_days__lte', 365)), name='project_lease_within_a_year'),
                    models.CheckConstraint(condition=models.Q(('blind_share__lte', 50), ('planted_share__lte', 10)), name='project_shares_in_range'),
                    models.CheckConstraint(condition=models.Q(('deleted_at__isnull', True), ('archived_at__isnull', False), _connector='OR'), name='project_deleted_is_archived'),
                    models.CheckConstraint(condition=models.Q(('pass_mark__lte', 100), ('practice_articles__lte', 50)), name='project_training_in_range'),
                    models.CheckConstraint(condition=models.Q(('known_share__lte', 100)), name='project_known_in_percent'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='users.project')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('manager', 'Manager'), ('reviewer', 'Reviewer'), ('annotator', 'Annotator'), ('viewer', 'Viewer')], default='annotator', max_length=16)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('project', 'user'), name='membership_once'),
                    models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'reviewer', 'annotator', 'viewer'])), name='membership_role_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='users.project')),
                ('project_name', models.CharField(blank=True, max_length=200)),
                ('verb', models.CharField(choices=[('signed-in', 'Signed in'), ('sign-in-failed', 'Failed to sign in'), ('token-made', 'Made an API token'), ('token-revoked', 'Revoked an API token'), ('person-activated', 'Let a person in again'), ('person-deactivated', 'Deactivated a person'), ('rights-changed', "Changed a person's rights"), ('member-added', 'Added a member'), ('role-changed', 'Changed a role'), ('member-removed', 'Removed a member'), ('invited', 'Made an invitation'), ('invitation-withdrawn', 'Withdrew an invitation'), ('seen-as', 'Looked at the project as another role'), ('project-created', 'Created the project'), ('project-changed', 'Changed the settings'), ('project-archived', 'Archived the project'), ('project-opened', 'Opened the project for work again'), ('project-deleted', 'Deleted the project'), ('project-restored', 'Brought the deleted project back'), ('project-purged', 'Removed the deleted project for good'), ('schema-published', 'Published the schema'), ('labels-changed', 'Changed labels'), ('labels-undone', 'Took a change of labels back'), ('bulk-edited', 'Edited in bulk'), ('bulk-undone', 'Undid a bulk edit'), ('text-corrected', 'Corrected the text of an article'), ('correction-undone', 'Took the correction of a text back'), ('carried-over', 'Carried work over to other articles of a story'), ('exported', 'Downloaded an export'), ('released', 'Made a release'), ('engine-added', 'Added an engine'), ('engine-changed', 'Changed an engine'), ('engine-removed', 'Removed an engine'), ('run-started', 'Started a run'), ('job-cancelled', 'Cancelled a job'), ('webhook-added', 'Added a webhook'), ('webhook-removed', 'Removed a webhook')], max_length=32)),
                ('object_kind', models.CharField(blank=True, max_length=64)),
                ('object_id', models.CharField(blank=True, max_length=64)),
                ('text', models.CharField(blank=True, help_text='What it was done to, by name.', max_length=300)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('address', models.GenericIPAddressField(help_text='Where the request came from.', null=True)),
            ],
            options={
                'verbose_name_plural': 'audit log',
                'ordering': ['-id'],
                'indexes': [
                    models.Index(fields=['project', '-id'], name='audit_of_project'),
                    models.Index(fields=['by', '-id'], name='audit_of_person'),
                    models.Index(fields=['at'], name='audit_by_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='users.project')),
                ('role', models.CharField(choices=[('manager', 'Manager'), ('reviewer', 'Reviewer'), ('annotator', 'Annotator'), ('viewer', 'Viewer')], default='annotator', max_length=16)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations_made', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('expires_at', models.DateTimeField()),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_accepted', to=settings.AUTH_USER_MODEL)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=100)),
                ('scope', models.CharField(choices=[('read', 'Read only'), ('write', 'Read and write')], default='write', max_length=8)),
                ('hint', models.CharField(help_text='The first characters, to tell tokens apart.', max_length=16)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'API token',
                'ordering': ['-id'],
            },
        ),
    ]
