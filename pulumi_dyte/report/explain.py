"""The result of `explain`: a value and the places that set it, or a whole environment with the place of every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulumi_dyte.client.redaction import mask_urls
from pulumi_dyte.kinds.types import Path, parse_path
from pulumi_dyte.org.editing_spelling import flow, scalar
from pulumi_dyte.org.explaining import SECRET, Explanation, Step
from pulumi_dyte.report.json_text import document
from pulumi_dyte.report.masking import masked
from pulumi_dyte.workflow.explain import Explained

_INDENT = 2
_WIDEST = 72  # columns to the left of the places; what is longer pushes its own to the right


def as_json(explained: Sequence[Explained]) -> str:
    """One object; with several environments, a list of them under `environments`."""
    results = [_data(each) for each in explained]
    return document("explain", results[0] if len(results) == 1 else {"environments": results})


def as_text(explained: Sequence[Explained]) -> str:
    return "\n".join("\n".join(_whole(each) if each.value is None else _value(each.value)) for each in explained)


def _data(explained: Explained) -> dict[str, Any]:
    value = explained.value
    if value is None:
        return {"path": None, "environment": explained.environment, "value": masked(explained.whole), "chain": []}
    leaves = {"fields": [_leaf(leaf) for leaf in _leaves(value)]} if value.leaves else {}
    return {
        "path": value.path,
        "environment": value.environment,
        "value": masked(value.value),
        "declared": value.declared,
        "chain": [_step(step) for step in _shown_chain(value)],
        **leaves,
    }


def _leaf(leaf: Explanation) -> dict[str, Any]:
    return {"path": leaf.path, "value": masked(leaf.value), "source": leaf.chain[0].source}


def _step(step: Step) -> dict[str, Any]:
    more = {"within": step.within, "written": mask_urls(step.written)}
    return {"source": step.source, "value": masked(step.value), **{key: text for key, text in more.items() if text}}


def _value(value: Explanation) -> Iterator[str]:
    if not value.declared and not value.chain:
        new = "" if value.new is None else f"; a new one gets {_spelt(value.new)}"
        yield f"{value.path} is not declared in {value.environment}: what the org has stays{new}"
        if value.doc:
            yield f"  {value.doc}"
        return
    if value.leaves:
        yield f"{value.path} in {value.environment}:"
        rows = [
            (f"  {leaf.path[len(value.path) :].lstrip('.')}: {_shown(leaf)}", leaf.chain[0]) for leaf in _leaves(value)
        ]
    else:
        yield f"{value.path} in {value.environment}: {_shown(value)}"
        rows = [(f"  {_spelt(step.value)}", step) for step in _shown_chain(value)]
    width = max((len(text) for text, _ in rows if len(text) <= _WIDEST), default=0)
    places = max((len(step.source) for _, step in rows), default=0)
    for text, step in rows:
        yield f"{text:<{width}}  {step.source:<{places}}  {_within(step)}".rstrip()


def _shown_chain(value: Explanation) -> Iterator[Step]:
    """The chain, in which a variable is masked where the URLs that it is part of hide it."""
    urls = [step.value for step in value.chain if isinstance(step.value, str) and mask_urls(step.value) != step.value]
    for step in value.chain:
        text = step.value
        is_hidden = isinstance(text, str) and any(text in url and text not in mask_urls(url) for url in urls)
        yield replace(step, value=SECRET) if is_hidden and text not in urls else step


def _within(step: Step) -> str:
    written = f"as {mask_urls(step.written)}" if step.written else ""
    return "  ".join(part for part in (step.within, written) if part)


def _shown(value: Explanation) -> str:
    return _spelt(value.value) if value.declared else "not declared"


def _spelt(value: Any) -> str:
    return flow(masked(value))


def _leaves(value: Explanation) -> Iterator[Explanation]:
    if not value.leaves and value.chain:
        yield value
    for leaf in value.leaves:
        yield from _leaves(leaf)


def _whole(explained: Explained) -> Iterator[str]:
    """The environment as YAML, each value with its place as a comment."""
    places = {parse_path(leaf.path): leaf.chain[0] for value in explained.resources for leaf in _leaves(value)}
    rows = list(_lines(explained.whole, (), places))
    width = max((len(text) for text, place in rows if place and len(text) <= _WIDEST), default=0)
    for text, place in rows:
        yield f"{text:<{width}}  # {place}" if place else text


def _lines(value: Any, path: Path, places: Mapping[Path | None, Step]) -> Iterator[tuple[str, str]]:
    for key, item in value.items():
        here = (*path, key)
        name = key if key.isdigit() else scalar(key, in_flow=True)
        start = f"{' ' * (_INDENT * len(path))}{name}:"
        if isinstance(item, Mapping) and item and here not in places:
            yield start, ""
            yield from _lines(item, here, places)
        else:
            step = places.get(here)
            hides = step is not None and step.written and masked(item) != item
            yield f"{start} {_spelt(step.written if step and hides else item)}", step.source if step else ""
