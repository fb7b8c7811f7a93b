"""Screenings, overrides, agreed figures, land and stalled cases (准入数据表)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0003_enterprise_role'),
        ('projects', '0002_change_marks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(max_length=200, verbose_name='document')),
                ('party', models.CharField(max_length=200, verbose_name='other party')),
                ('signed', models.DateField(verbose_name='signed on')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('ended', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('ended_reason', models.TextField(blank=True, verbose_name='why it ended')),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='performance', to='projects.projectrecord')),
            ],
            options={
                'verbose_name': 'agreement of performance',
                'ordering': ('-signed', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ScreeningRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='project')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('edition', models.CharField(max_length=12, verbose_name='edition of the rules')),
                ('inputs', models.JSONField(default=dict)),
                ('taken', models.JSONField(default=list)),
                ('result', models.CharField(db_index=True, max_length=12, verbose_name='result')),
                ('answer', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('who', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=120, verbose_name='screened by')),
                ('at', models.DateTimeField()),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='projects.projectrecord')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='core.unit')),
            ],
            options={
                'verbose_name': 'screening',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='RuleOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=120, verbose_name='rule')),
                ('reason', models.TextField(verbose_name='reason')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='document')),
                ('day', models.DateField(verbose_name='decided on')),
                ('who', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=120, verbose_name='decided by')),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=120)),
                ('withdrawn_reason', models.TextField(blank=True)),
                ('screening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='admission.screeningrecord')),
            ],
            options={
                'verbose_name': 'override of a rule',
                'ordering': ('screening', 'id'),
            },
        ),
        migrations.CreateModel(
            name='StalledCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('family', models.CharField(max_length=40)),
                ('rule', models.CharField(max_length=40, verbose_name='rule')),
                ('state', models.CharField(choices=[('verified', 'Verified'), ('term', 'Term given'), ('settled', 'Settled'), ('dismissed', 'Not upheld')], max_length=10, verbose_name='state')),
                ('since', models.DateField(verbose_name='since')),
                ('found_on', models.DateField(verbose_name='taken up on')),
                ('reason', models.TextField(verbose_name='what the rule saw')),
                ('reason_en', models.TextField()),
                ('fee', models.BigIntegerField(blank=True, null=True, verbose_name='idle-land fee')),
                ('term', models.DateField(blank=True, null=True, verbose_name='term')),
                ('settlement', models.CharField(blank=True, choices=[('started', 'Building or production has begun'), ('fee', 'Idle-land fee paid'), ('taken_back', 'Land taken back'), ('agreed_anew', 'Terms agreed anew'), ('government_cause', 'Delay caused by the government')], max_length=20, verbose_name='settlement')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stalled_cases', to='projects.projectrecord')),
            ],
            options={
                'verbose_name': 'stalled case',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='CaseStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('verified', 'Verified'), ('term', 'Term given'), ('settled', 'Settled'), ('dismissed', 'Not upheld')], max_length=10, verbose_name='step')),
                ('day', models.DateField(verbose_name='day')),
                ('reason', models.TextField(verbose_name='reason')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='evidence')),
                ('term', models.DateField(blank=True, null=True, verbose_name='term')),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='admission.stalledcase')),
            ],
            options={
                'verbose_name': 'step on a stalled case',
                'ordering': ('case', 'id'),
            },
        ),
        migrations.CreateModel(
            name='AgreedActual',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40, verbose_name='item')),
                ('of', models.DateField(verbose_name='as on')),
                ('value', models.DecimalField(decimal_places=2, max_digits=20, verbose_name='value')),
                ('evidence', models.CharField(max_length=300, verbose_name='evidence')),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actuals', to='projects.projectrecord')),
            ],
            options={
                'verbose_name': 'figure reached',
                'ordering': ('project', 'item', 'of'),
                'constraints': [models.UniqueConstraint(fields=('project', 'item', 'of'), name='one_actual_a_day')],
            },
        ),
        migrations.CreateModel(
            name='AgreedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40, verbose_name='item')),
                ('value', models.DecimalField(decimal_places=2, max_digits=20, verbose_name='agreed value')),
                ('by', models.DateField(verbose_name='to be reached by')),
                ('consequence', models.TextField(blank=True, verbose_name='what follows if not')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='admission.agreement')),
            ],
            options={
                'verbose_name': 'agreed figure',
                'ordering': ('agreement', 'by', 'id'),
                'constraints': [models.UniqueConstraint(fields=('agreement', 'item', 'by'), name='one_promise_a_day')],
            },
        ),
        migrations.CreateModel(
            name='LandGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given', models.DateField(verbose_name='land given on')),
                ('contract', models.CharField(max_length=200, verbose_name='contract or decision')),
                ('area_mu', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='area, mu')),
                ('price', models.BigIntegerField(blank=True, null=True, verbose_name='price of the land')),
                ('agreed_start', models.DateField(verbose_name='agreed start')),
                ('agreed_end', models.DateField(blank=True, null=True, verbose_name='agreed completion')),
                ('built_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='built area, %')),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='land_grant', to='projects.projectrecord')),
            ],
            options={
                'verbose_name': 'land of a project',
                'ordering': ('project',),
                'constraints': [models.CheckConstraint(condition=models.Q(('agreed_end', None), ('agreed_end__gte', models.F('agreed_start')), _connector='OR'), name='land_agreed_in_order')],
            },
        ),
        migrations.AddIndex(
            model_name='screeningrecord',
            index=models.Index(fields=['unit', 'result'], name='admission_s_unit_id_72f626_idx'),
        ),
        migrations.AddConstraint(
            model_name='ruleoverride',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('screening', 'rule'), name='one_override_a_rule'),
        ),
        migrations.AddConstraint(
            model_name='stalledcase',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('project', 'family'), name='one_open_case_a_family'),
        ),
    ]
