"""Brings an org file in line with the live org of one of its environments: GET only, and the file changes least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import abspath
from typing import Any

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.kinds import MEETING, PARTICIPANT, PRESET
from pulumi_dyte.kinds.baselines import BASELINES
from pulumi_dyte.org import Declaration, InvalidOrgFileError, OrgFile, Source, chosen, read
from pulumi_dyte.org.baseline_values import baseline_values
from pulumi_dyte.org.declare import declare
from pulumi_dyte.org.draft import Draft, Drafts, LiveObject
from pulumi_dyte.org.drafting import NEAREST, drafts
from pulumi_dyte.org.editing import Edit, edited
from pulumi_dyte.org.hiding import Hiding
from pulumi_dyte.org.interpolation import SetOrUnknown, variable_names
from pulumi_dyte.org.load import parsed
from pulumi_dyte.org.model import ONLY
from pulumi_dyte.org.nodes import Node, is_map
from pulumi_dyte.org.pairing import paired
from pulumi_dyte.org.references import address_path
from pulumi_dyte.org.sources import has_default
from pulumi_dyte.org.updating import Change, Unplaced, Updating
from pulumi_dyte.org.writing import SCHEMA, adoption, connection_entry
from pulumi_dyte.workflow.export import baseline_named, connection_to, read_live
from pulumi_dyte.workflow.init import check_environment


@dataclass(frozen=True, slots=True)
class Updated:
    """What is to be changed in which file: `files` has the new texts by path.

    `is_new` says that the environment was added; `unplaced` is live and stands nowhere in the files; `notes` are about
    what was added, and about URLs that lead elsewhere.
    """

    environment: str
    files: Mapping[str, str]
    changes: tuple[Change, ...]
    added: tuple[Draft, ...]
    unplaced: tuple[Unplaced, ...]
    notes: tuple[str, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An org file of which one source is to be changed, and an environment of it, perhaps a new one."""

    sources: tuple[Source, ...]
    target: str
    org_file: OrgFile
    environment: str
    is_new: bool

    @property
    def text(self) -> str:
        return next(source.text for source in self.sources if source.name == self.target)


def update_from_live(
    paths: Sequence[str],
    into: str,
    environment: str | None,
    process: Mapping[str, str],
    *,
    extends: str = NEAREST,
    everywhere: bool = False,
    new_file: str | None = None,
    without: Collection[str] = (),
    managed: bool = False,
) -> Updated:
    """Read the org of an environment, and say how the file at `into` has to be for it; writes nothing.

    Raises ConfigurationError, InvalidOrgFileError, ApiError.
    """
    opened = open_file(paths, into, environment, process)
    connection = connection_to(opened.org_file, opened.environment, process)
    own = baseline_values(opened.org_file, opened.environment, SetOrUnknown(process))
    baselines = {**BASELINES, **dict(own)}
    baseline = baseline_named(extends, baselines)
    return update(
        opened,
        read_live(connection, without),
        process,
        platform=connection.platform.name,
        baseline=baseline,
        baselines=baselines,
        everywhere=everywhere,
        new_file=new_file,
        without=without,
        managed=managed,
    )


def open_file(paths: Sequence[str], into: str, environment: str | None, process: Mapping[str, str]) -> OpenFile:
    """The org file at the paths (or at `into` alone), with the environment that is to be brought in line.

    An environment that it does not have is added, with the org of the process environment. Raises ConfigurationError,
    InvalidOrgFileError.
    """
    sources = read(paths or _around(into))
    target = next((source.name for source in sources if abspath(source.name) == abspath(into)), None)
    if target is None:
        raise ConfigurationError(f"{into} is none of the files that -f names: add it there")
    org_file, is_new = parsed(sources), False
    environment = chosen(org_file, None) if environment is None else environment
    if environment not in org_file.environments:
        sources, is_new = _with_environment(sources, target, environment, process), True
        org_file = parsed(sources)
    return OpenFile(sources, target, org_file, environment, is_new)


def update(
    opened: OpenFile,
    live: Sequence[LiveObject],
    process: Mapping[str, str],
    *,
    platform: str,
    baseline: str | None,
    baselines: Mapping[str, Mapping[str, Any]],
    everywhere: bool = False,
    new_file: str | None = None,
    without: Collection[str] = (),
    managed: bool = False,
) -> Updated:
    """The texts of the files as they have to be so that the environment declares what is live; writes nothing.

    With `managed` nothing is added: only what the files declare already is brought in line. Raises ConfigurationError
    where the result would change another environment.
    """
    org_file, environment = opened.org_file, opened.environment
    known = SetOrUnknown(process)
    declaration = _declared(org_file, environment, known)
    resources = [each for each in declaration.resources if each.kind.plural not in without]
    pairs = paired(resources, live)
    taken = {each.address: pairs[each.address].id if each.address in pairs else "" for each in resources}
    hiding = Hiding(variable_names("".join(source.text for source in opened.sources)))
    found = drafts(live, platform=platform, baseline=baseline, baselines=baselines, taken=taken, hiding=hiding)
    held = {each.id for each in pairs.values()}
    if managed:
        found = Drafts(tuple(draft for draft in found.drafts if draft.id in held), ())
    names = {draft.id: f"${{{draft.address}.name}}" for draft in found.drafts if draft.kind is PRESET}
    presets = {str(each.tree.get(PRESET.natural_key)): names[each.id] for each in live if each.id in names}
    scope = org_file.scope(environment, known)
    several = len(org_file.environments) > 1
    updating = Updating(
        org_file, declaration, scope, platform, hiding, overriding=several and not everywhere, new=opened.is_new
    )
    here = {each.address for each in _declared(org_file, environment, known, ignoring_only=False).resources}
    for resource in resources:
        if resource.address in pairs:
            updating.resource(resource, pairs[resource.address], presets)
        elif resource.address in here and (resource.parent is None or resource.parent in pairs):
            updating.missing(resource)
    added = [draft for draft in found.drafts if draft.id not in held]
    additions = _additions(added, held, only=environment if several else None)
    edits = [change.edit for change in updating.update.changes]
    text, refusals = edited(opened.text, edits if new_file else [*edits, *additions])
    texts = {opened.target: text}
    if new_file and additions:
        texts[new_file], more = edited(f"{SCHEMA}\nversion: 1\n", additions)
        refusals += more
    reasons = {id(refusal.edit): refusal.reason for refusal in refusals}
    proposed = updating.update.changes
    unplaced = [*updating.update.unplaced]
    unplaced += [
        Unplaced(each.address, each.path, reasons[id(each.edit)]) for each in proposed if id(each.edit) in reasons
    ]
    _require_only_this_one(opened, texts, known, everywhere=everywhere)
    return Updated(
        environment,
        texts,
        tuple(change for change in proposed if id(change.edit) not in reasons),
        tuple(added),
        tuple(unplaced),
        (
            *updating.update.notes,
            *(f"{draft.address}: {note}" for draft in added for note in draft.notes),
            *found.left_out,
        ),
        opened.is_new,
    )


def _around(into: str) -> list[str]:
    """The default org file where the file is part of it, else the file alone."""
    is_part = any(abspath(source.name) == abspath(into) for source in read()) if has_default() else False
    return [] if is_part else [into]


def _with_environment(
    sources: tuple[Source, ...], target: str, environment: str, process: Mapping[str, str]
) -> tuple[Source, ...]:
    """The sources with an environment more: the org of the process environment."""
    org_id = process.get("DYTE_ORG_ID")
    check_environment(environment)
    if not org_id:
        raise ConfigurationError(
            f"{target} has no environment {environment!r}, and DYTE_ORG_ID is not set.\n"
            "Set DYTE_ORG_ID and DYTE_API_KEY to those of its org, and it is added; or name another with -e."
        )
    connection = connection_entry(org_id, process.get("DYTE_BASE_URL"))
    edit = Edit(("environments", environment), {"connection": connection})
    return tuple(
        replace(source, text=_edited(source.text, [edit])) if source.name == target else source for source in sources
    )


def _edited(text: str, edits: Sequence[Edit]) -> str:
    result, refusals = edited(text, edits)
    if refusals:
        path = ".".join(map(str, refusals[0].edit.path))
        raise ConfigurationError(f"{path} {refusals[0].reason}")
    return result


def _declared(
    org_file: OrgFile, environment: str, process: Mapping[str, str], *, ignoring_only: bool = True
) -> Declaration:
    """What an environment declares; also what `only` keeps out of it, where that is possible.

    Two resources for different environments may well have one name: then each stays where it is.
    """
    if ignoring_only:
        declaration, _ = declare(_without_only(org_file), environment, process, api_key=False)
        if declaration is not None:
            return declaration
    declaration, problems = declare(org_file, environment, process, api_key=False)
    if declaration is None:
        raise InvalidOrgFileError(problems)
    return declaration


def _without_only(org_file: OrgFile) -> OrgFile:
    sections = {
        section: {key: _everywhere(node) for key, node in nodes.items()} for section, nodes in org_file.sections.items()
    }
    return replace(org_file, sections=sections)


def _everywhere(node: Node) -> Node:
    if not is_map(node.value):
        return node
    value = {key: item for key, item in node.value.items() if key != ONLY.name}
    members = value.get(PARTICIPANT.plural)
    if members is not None and is_map(members.value):
        value[PARTICIPANT.plural] = replace(
            members, value={key: _everywhere(item) for key, item in members.value.items()}
        )
    return replace(node, value=value)


def _additions(added: Sequence[Draft], held: Collection[str], *, only: str | None) -> list[Edit]:
    """What is live and not in the file, as entries of it; participants of a new meeting stand in its entry."""
    members: dict[str | None, list[Draft]] = defaultdict(list)
    for draft in added:
        members[draft.parent].append(draft)
    edits = []
    for draft in added:
        if draft.parent is not None and draft.parent not in held:
            continue
        below = {each.key: _entry(each, None) for each in members[draft.id]} if draft.kind is MEETING else {}
        entry = _entry(draft, only) | ({PARTICIPANT.plural: below} if below else {})
        edits.append(Edit(address_path(draft.address), entry, "\n".join(draft.notes) or None))
    return edits


def _entry(draft: Draft, only: str | None) -> dict[str, Any]:
    extends = {"extends": draft.extends} if draft.extends else {}
    here = {ONLY.name: [only]} if only else {}
    return {**extends, **draft.declared, **here, "options": {"adopt": adoption(draft)}}


def _require_only_this_one(
    opened: OpenFile, texts: Mapping[str, str], process: Mapping[str, str], *, everywhere: bool
) -> None:
    """The result is an org file again, and every other environment declares what it did."""
    sources = [replace(source, text=texts.get(source.name, source.text)) for source in opened.sources]
    sources += [Source(name, text) for name, text in texts.items() if name not in {each.name for each in sources}]
    after = parsed(sources)
    _declared(after, opened.environment, process, ignoring_only=False)
    for name in () if everywhere else opened.org_file.environments:
        if name == opened.environment:
            continue
        before, _ = declare(opened.org_file, name, process, api_key=False)
        now, _ = declare(after, name, process, api_key=False)
        if before is not None and (now is None or _said(now) != _said(before)):
            raise ConfigurationError(
                f"nothing was written: environment {name} would change as well.\n"
                "Bring the file in line by hand, or use --everywhere if that is what you want."
            )


def _said(declaration: Declaration) -> dict[str, Any]:
    return {each.address: (each.declared, each.options) for each in declaration.resources}
