"""Runs of one engine over all articles of a project, timed from the request to the last committed layer."""

from __future__ import annotations

from collections.abc import Sequence

from bench.engines.news import jsonl
from bench.interchange.site import Site


def fill(site: Site, slug: str, texts: Sequence[str]) -> None:
    """A project of these articles that no engine has read, and where none reads along with another."""
    site.make_project(slug)
    with site.database() as connection:
        connection.execute("UPDATE articles_projectengine SET enabled = false WHERE kind = 'ensemble'")
    content = jsonl(iter(texts))
    job = site.upload(slug, [content], len(content))
    site.wait(job["id"])
    site.quiet(slug)


def run_seconds(site: Site, slug: str, engine: str) -> float:
    """By the clock of the database. Raises SystemExit if an article was set aside."""
    job = site.call("POST", f"projects/{slug}/runs/", {"engine": engine})["id"]
    # To ask twenty times a second would take a fifth of a core from what is measured.
    if site.wait(job, every=0.5)["report"].get("failed"):
        raise SystemExit(f"Articles failed in run {job}.")
    lasted = "SELECT extract(epoch FROM finished_at - created_at) FROM articles_job WHERE id = %s"
    return float(site.query(lasted, job)[0][0])


def spans_an_article(site: Site, engine: str) -> float:
    sql = """SELECT count(s.id)::float / count(DISTINCT l.id) FROM articles_layer l
        JOIN articles_projectengine e ON e.id = l.engine_id
        LEFT JOIN articles_span s ON s.layer_id = l.id WHERE e.name = %s"""
    return float(site.query(sql, engine)[0][0])


def forget(site: Site) -> None:
    """As if no engine had read anything, so that the next run is a first one: nothing is there to be replaced."""
    with site.database() as connection:
        connection.autocommit = True
        connection.execute("TRUNCATE articles_layer, articles_span, articles_relation CASCADE")
        connection.execute("UPDATE articles_article SET status = 'new'")
        connection.execute("VACUUM ANALYZE articles_article")
