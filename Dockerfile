# One image for web, worker and beat. PostgreSQL and Valkey run in containers of their own (compose.yaml).
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=annotator.settings.prod ANNOTATOR_STATIC=/srv/static

WORKDIR /srv/annotator
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY manage.py pyproject.toml ./
COPY annotator annotator
COPY articles articles
COPY templates templates
COPY static static

RUN SECRET_KEY=build DATABASE_URL=postgresql:///build REDIS_URL=redis://build python manage.py collectstatic --noinput \
    && useradd --system --home /srv annotator
USER annotator

EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers", "annotator.wsgi:application"]
