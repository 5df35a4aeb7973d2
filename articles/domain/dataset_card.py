"""The dataset card: what a release holds and how to use it, in Markdown, made from its manifest.

A release's notes are Markdown already; all other text is text. The sections are those of "Data Statements for
Natural Language Processing" (Bender and Friedman, TACL 2018) of which the manifest knows something;
`front_matter` is what the Hugging Face Hub reads at the top of a README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Manifest = Mapping[str, Any]

SHOWN_SOURCES = 10
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_HUB_LICENCE = re.compile(r"[a-z0-9][a-z0-9.\-]{1,40}\Z")
_TOGETHER = {"twins": "Near-duplicates", "source": "Articles of one source"}
_ALSO_LABELLED = (("relations", "Relation"), ("attributes", "Attribute"), ("article_labels", "Of an article"))
# What Markdown would read as markup inside a sentence or a table's cell.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


def dataset_card(manifest: Manifest, loading: str) -> str:
    """`loading` is Python that reads the data."""
    sections = (
        _opening(manifest),
        _origin(manifest),
        _labels(manifest),
        _parts(manifest),
        _changes(manifest),
        _agreement(manifest),
        _authors(manifest),
        _loading(loading),
        _limits(manifest),
        _licence(manifest),
    )
    return "\n\n".join("\n".join(section) for section in map(list, sections) if section) + "\n"


def front_matter(manifest: Manifest, data_files: Mapping[str, str]) -> str:
    """YAML for the Hub, with quoting as in JSON. `data_files` names by part what its loaders can read."""
    size = next((name for limit, name in _SIZES if manifest["counts"]["articles"] < limit), "1M<n<10M")
    licence = manifest["query"]["licence"]
    known = bool(_HUB_LICENCE.match(licence))
    rows: dict[str, Any] = {
        "pretty_name": _name(manifest),
        "language": [name for name in manifest["languages"] if name],
        "license": licence if known else "other" if licence else "unknown",
        **({"license_name": licence} if licence and not known else {}),
        "task_categories": ["token-classification"],
        "tags": ["named-entity-recognition", "news"],
        "size_categories": [size],
    }
    if data_files:
        files = [{"split": part, "path": path} for part, path in data_files.items()]
        rows["configs"] = [{"config_name": "default", "data_files": files}]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items()]
    return "\n".join(("---", *lines, "---", "", ""))


def _opening(manifest: Manifest) -> Iterator[str]:
    counts, query = manifest["counts"], manifest["query"]
    yield f"# {_plain(_name(manifest))}"
    yield ""
    yield (
        f"Release {manifest['release']} of {manifest['created_at'][:10]}: "
        f"{_many(counts['articles'], 'news article')} with {_many(counts['spans'], 'labelled span')} and "
        f"{_many(counts['relations'], 'relation')}. Layer: {_code(query['layer'])}. "
        f"Format: {_code(query['format'])}."
    )
    if manifest["project"]["description"]:
        yield from ("", _plain(manifest["project"]["description"]))
    if manifest["notes"]:
        yield from ("", manifest["notes"].strip())


def _origin(manifest: Manifest) -> Iterator[str]:
    yield "## Where the texts come from"
    yield ""
    named = [f"{_plain(name or 'not named')} ({number:,})" for name, number in manifest["sources"].items()]
    more = manifest["source_count"] - SHOWN_SOURCES
    yield f"- Sources: {', '.join(named[:SHOWN_SOURCES])}{f' and {more:,} more' if more > 0 else ''}"
    yield f"- Published: {_dates(manifest['published'])}"
    languages = [
        f"{_code(name) if name else 'not known'} ({number:,})"
        for name, number in manifest["languages"].items()
    ]
    yield f"- Languages: {', '.join(languages)}"
    chosen = {name: value for name, value in manifest["query"]["filters"].items() if value}
    if chosen:
        words = ", ".join(f"{name} {_code(str(value))}" for name, value in sorted(chosen.items()))
        yield f"- Chosen by: {words}"


def _labels(manifest: Manifest) -> Iterator[str]:
    definition, counts = manifest["schema"]["definition"], manifest["counts"]["labels"]
    yield f"## What is labelled (schema version {manifest['schema']['version']})"
    yield ""
    rows = [row for row in definition["labels"] if not row["retired"] or row["name"] in counts]
    yield from _table(
        ("Label", "Spans", "Meaning"),
        ((_code(row["name"]), f"{counts.get(row['name'], 0):,}", _plain(row["description"])) for row in rows),
    )
    for kind, title in _ALSO_LABELLED:
        described = [(_code(row["name"]), _plain(row["description"])) for row in definition[kind]]
        if described:
            yield ""
            yield from _table((title, "Meaning"), described)


def _parts(manifest: Manifest) -> Iterator[str]:
    parts, split = manifest["parts"], manifest["query"]["split"]
    yield "## Parts"
    yield ""
    yield from _table(
        ("Part", "Articles", "Spans", "Relations"),
        (
            (_code(name), *(f"{one[what]:,}" for what in ("articles", "spans", "relations")))
            for name, one in parts.items()
        ),
    )
    if split:
        yield ""
        yield (
            f"Split by article, stratified by label, with the seed {split['seed']}. "
            + "".join(f"{_TOGETHER[what]} stand in one part. " for what in split["group"].split(",") if what)
            + ("Articles of earlier releases keep their part." if manifest["query"]["keep_parts"] else "")
        ).strip()


def _changes(manifest: Manifest) -> Iterator[str]:
    changes = manifest["changes"]
    if changes is None:
        return
    yield f"## Since release {changes['since']}"
    yield ""
    yield (
        f"{_many(changes['added'], 'article')} added, {changes['removed']:,} removed, "
        f"{changes['changed']:,} changed, {changes['moved']:,} moved to another part."
    )
    if changes["labels"]:
        yield ""
        rows = ((_code(name), f"{one['was']:,}", f"{one['is']:,}") for name, one in changes["labels"].items())
        yield from _table(("Label", "Spans then", "Spans now"), rows)
    if changes["schema"]:
        yield ""
        yield from (f"- {_plain(sentence)}" for sentence in changes["schema"])


def _agreement(manifest: Manifest) -> Iterator[str]:
    found = manifest["agreement"]
    yield "## Agreement between annotators"
    yield ""
    if found["f1"] is None:
        yield found["why_not"]
        return
    yield (
        f"**{found['f1']:.3f}** ({found['measure']}), over {_many(found['articles'], 'article')} "
        f"that two or more annotators read by themselves."
    )
    yield ""
    yield from _table(
        ("Label", "F1"), ((_code(name), f"{value:.3f}") for name, value in found["labels"].items())
    )


def _authors(manifest: Manifest) -> Iterator[str]:
    if not manifest["authors"]:
        return
    yield "## Authors"
    yield ""
    for one in manifest["authors"]:
        done = [f"{_many(one[what], 'article')} {what}" for what in ("annotated", "approved") if one[what]]
        yield f"- {_plain(one['name'])}: {', '.join(done)}"


def _loading(loading: str) -> Iterator[str]:
    if loading:
        yield from ("## How to load it", "", "```python", loading, "```")


def _limits(manifest: Manifest) -> Iterator[str]:
    yield "## Known limits"
    yield ""
    dropped = manifest["report"]["dropped"]
    if dropped:
        yield f"The format {_code(manifest['query']['format'])} has no place for these; they are left out:"
        yield ""
        yield from (f"- {number:,} {_plain(reason)}" for reason, number in sorted(dropped.items()))
    else:
        yield "Nothing of the chosen layer was left out by the format."
    yield ""
    yield "Offsets count Unicode code points, `[start, end)`, unless an option of the format says otherwise."


def _licence(manifest: Manifest) -> Iterator[str]:
    yield "## Licence"
    yield ""
    yield _plain(manifest["query"]["licence"]) or "Not stated. Ask whoever gave you this release."


def _name(manifest: Manifest) -> str:
    title = manifest["title"]
    return f"{manifest['project']['name']}: {title}" if title else str(manifest["project"]["name"])


def _dates(dates: Mapping[str, Any]) -> str:
    if not dates["from"]:
        return "not known"
    known = f"{dates['from']} to {dates['to']}"
    return f"{known}; {_many(dates['unknown'], 'article')} without a date" if dates["unknown"] else known


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row("---" for _ in head)
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Text of people as one line that Markdown takes for nothing but text."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _code(name: str) -> str:
    """A name as code; a bar would end the cell of a table, and a backtick the code."""
    return "`" + " ".join(name.split()).replace("`", "'").replace("|", "/") + "`"
