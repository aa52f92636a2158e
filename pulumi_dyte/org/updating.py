"""What to change in an org file so that one of its environments says what is live. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pulumi_dyte.kinds import MEETING, PARTICIPANT, WEBHOOK
from pulumi_dyte.kinds.checks import some
from pulumi_dyte.kinds.options import ADOPT_EXISTING
from pulumi_dyte.kinds.shades import ScaleName, shades
from pulumi_dyte.kinds.types import Group, MapOf, Path, Type, holds_colour, render
from pulumi_dyte.kinds.urls import target
from pulumi_dyte.kinds.values import UNKNOWN, canonical, contains_unknown, get, leaves, matching, write_only
from pulumi_dyte.org.declarable import UndeclarableError, declarable
from pulumi_dyte.org.declaration import Declaration, Reference, Resource
from pulumi_dyte.org.draft import LiveObject
from pulumi_dyte.org.editing import REMOVED, Edit
from pulumi_dyte.org.evaluation import revealed, secrets
from pulumi_dyte.org.hiding import Hiding
from pulumi_dyte.org.interpolation import Scope, variable_names
from pulumi_dyte.org.model import ONLY, PARENT_ID
from pulumi_dyte.org.nodes import Node, Shade, find, nearest, plain
from pulumi_dyte.org.outline import OrgFile
from pulumi_dyte.org.references import address_path
from pulumi_dyte.org.rewording import Wording


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is another one live; `before` and `after` are fit to be shown."""

    address: str
    path: Path
    edit: Edit


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What is live and stands nowhere in the file: why not, and what to do."""

    address: str
    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.address}{'.' + render(self.path) if self.path else ''}: {self.reason}"


@dataclass(slots=True)
class Update:
    """Changes of the file, what could not be placed in it, and what is to be known of the changes."""

    changes: list[Change] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Updating:
    """Collects the changes of one environment.

    With `overriding` they go into the environment's overrides, else to the resources themselves. `new` says that the
    environment is new to the file: what its org lacks is then left out of it.
    """

    def __init__(
        self,
        org_file: OrgFile,
        declaration: Declaration,
        scope: Scope,
        platform: str,
        hiding: Hiding,
        *,
        overriding: bool,
        new: bool,
    ) -> None:
        self.update = Update()
        self._file = org_file
        self._environment = declaration.environment
        self._entry = org_file.environments[declaration.environment]
        self._by_address = {resource.address: resource for resource in declaration.resources}
        self._scope = scope
        self._platform = platform
        self._overriding = overriding
        self._new = new
        self._hiding = hiding

    def resource(self, resource: Resource, live: LiveObject, presets: Mapping[str, str]) -> None:
        """Bring a resource in line with its live object; `presets` are references to presets by their live name."""
        try:
            tree, _ = declarable(live, self._platform)
        except UndeclarableError as error:
            self._leave(resource, (), f"cannot be declared as it is live: {error}")
            return
        self._is_here(resource)
        self._adopt(resource, live)
        spelt = self._hiding.spelt(resource.kind, resource.key, resource.address, tree)
        if resource.kind is PARTICIPANT:
            spelt["preset_name"] = presets.get(str(tree.get("preset_name")), spelt.get("preset_name"))
        if resource.kind is WEBHOOK:
            self._url(resource, tree["url"], spelt["url"])
        scales = set()
        for path in self._differing(resource, tree):
            scale = self._scale(resource, path)
            if scale is None:
                self._value(resource, path, get(tree, path), get(spelt, path))
            elif scale not in scales:
                scales.add(scale)
                whole = _one_colour(str(scale[-1]), get(spelt, scale))
                self._value(resource, scale, get(tree, scale), whole)

    def missing(self, resource: Resource) -> None:
        """A resource without a live object."""
        if not self._new:
            self._leave(resource, (), "is declared, and the org does not have it: an `up` creates it")
        elif resource.parent is None or resource.parent in self._by_address:
            others = [name for name in self._only(resource) if name != self._environment]
            self._change(resource, (ONLY.name,), Edit((*address_path(resource.address), ONLY.name), others))

    def _differing(self, resource: Resource, tree: Mapping[str, Any]) -> Iterator[Path]:
        """Paths of what is declared and is another value live; what the API never answers cannot differ."""
        fields = resource.kind.fields
        always = {field.name: field.always for field in fields.fields if field.always is not None}
        declared = always | {
            key: self._resolved(value)
            for key, value in resource.declared.items()
            if key in fields.by_name and key != PARENT_ID and (resource.kind is not WEBHOOK or key != "url")
        }
        never_answered = set(leaves(fields, write_only(fields, declared)))
        wanted = canonical(fields, declared)
        seen = matching(fields, canonical(fields, tree), wanted)
        gone: set[Path] = set()
        for path in leaves(fields, declared):
            value = get(wanted, path)
            whole = self._whole(resource, path, seen)
            if contains_unknown(value):
                self._leave(resource, path, "holds a variable that is not set here, so it was not compared")
            elif whole is not None:
                if whole not in gone:
                    gone.add(whole)
                    yield whole
            elif path not in never_answered and value != get(seen, path):
                yield path

    def _whole(self, resource: Resource, path: Path, seen: Any) -> Path | None:
        """The group above a path that goes as a whole, since nothing of it is live and it cannot be left half."""
        for end in range(1, len(path)):
            above = path[:end]
            type_ = _type(resource.kind.fields, above)
            required = isinstance(type_, Group) and any(field.required for field in type_.fields)
            if required and get(seen, above) is None and self._own(resource, path) is not None:
                return above
        return None

    def _resolved(self, value: Any) -> Any:
        """A declared value in clear; a reference to a name is that name, other references are not known."""
        if isinstance(value, Reference):
            other = self._by_address.get(value.address)
            known = revealed(other.declared.get(value.property)) if other else None
            return known if isinstance(known, str) else UNKNOWN
        return revealed(value)

    def _value(self, resource: Resource, path: Path, live: Any, spelt: Any) -> None:
        """Write one live value where it wins."""
        node = nearest(resource.node, path)
        in_overrides = self._overriding or self._overridden(resource, path)
        written = node.value if isinstance(node.value, str) and "${" in node.value else None
        if any(path[: len(at)] == at for at, _ in secrets(resource.declared)):
            self._leave(resource, path, f"is a secret, written at {node.origin}: change it by hand")
            return
        text = (
            Wording(self._scope, node.origin.file).reworded(written, live)
            if written and isinstance(live, str)
            else None
        )
        if written and text is None and not in_overrides:
            self._leave(resource, path, f"is written as {written} at {node.origin}: change that by hand")
            return
        self._place(resource, path, live, spelt if text is None else text, in_overrides=in_overrides)

    def _url(self, resource: Resource, live: str, spelt: str) -> None:
        """Write a webhook's URL, of which whatever may be secret stays a variable."""
        path = ("url",)
        node = nearest(resource.node, path)
        if not isinstance(node.value, str) or revealed(resource.declared["url"]) == live:
            return
        wording = Wording(self._scope, node.origin.file)
        text = wording.reworded_url(node.value, live, spelt)
        if text is None:
            self._leave(resource, path, f"holds a secret at {node.origin} that the org's does not: change it by hand")
        elif text == node.value:
            if not contains_unknown(revealed(resource.declared["url"])):
                self._leave(resource, path, f"holds a secret at {node.origin} that is not set to what the org has")
        else:
            in_overrides = self._overriding or self._overridden(resource, path)
            self._place(resource, path, live, text, in_overrides=in_overrides)
            asked = [name for name in variable_names(text) if name not in variable_names(node.value)]
            if asked and wording.leads_elsewhere(node.value, live):
                self.update.notes.append(
                    f"{resource.address}.url: leads elsewhere in the org{_to(live)}: no secret of the file is sent "
                    f"there; set {some(asked)} if it is to lead there"
                )

    def _place(self, resource: Resource, path: Path, live: Any, spelt: Any, *, in_overrides: bool) -> None:
        own = self._own(resource, path)
        if live is None:
            self._absent(resource, path, own, in_overrides=in_overrides)
        elif in_overrides:
            base = plain(own) if own is not None else None
            self._change(resource, path, Edit(self._override_path(resource, path), _patch(base, spelt)))
        else:
            self._change(resource, path, Edit((*address_path(resource.address), *path), spelt))

    def _absent(self, resource: Resource, path: Path, own: Node | None, *, in_overrides: bool) -> None:
        """The org has no such value: nothing may declare it."""
        type_ = _type(resource.kind.fields, path)
        layers = list(nearest(resource.node, path).layers())
        below = [layer for layer in layers if own is None or layer.origin != own.origin]
        if self._overridden(resource, path):
            below = [layer for layer in below if layer.origin != layers[0].origin]
        if in_overrides and below:
            self._leave(resource, path, f"is not there in the org, but {below[0].origin} declares it: an `up` sets it")
        elif in_overrides:
            value = None if own is not None else REMOVED
            self._change(resource, path, Edit(self._override_path(resource, path), value))
        elif below and holds_colour(type_):
            self._leave(resource, path, f"is not there in the org, but {below[0].origin} declares it: an `up` sets it")
        else:
            value = None if below else REMOVED
            self._change(resource, path, Edit((*address_path(resource.address), *path), value))

    def _is_here(self, resource: Resource) -> None:
        """A resource that `only` keeps out of the environment comes in: its object is there."""
        names = self._only(resource)
        if self._environment not in names:
            path = (*address_path(resource.address), ONLY.name)
            self._change(resource, (ONLY.name,), Edit(path, [*names, self._environment]))

    def _only(self, resource: Resource) -> list[str]:
        node = self._own(resource, (ONLY.name,))
        if node is None or node.value is None:
            return list(self._file.environments)
        named = node.value if isinstance(node.value, tuple) else (node,)
        return [str(item.value) for item in named]

    def _adopt(self, resource: Resource, live: LiveObject) -> None:
        """Where an `up` would look for another object than this one, or for none, it is told which."""
        declared = resource.declared.get(ADOPT_EXISTING.name)
        by_id = resource.kind is MEETING
        if declared == live.id or (declared == "true" and not by_id) or (declared is None and not self._new):
            return
        path = ("options", "adopt")
        in_overrides = self._overriding or self._overridden(resource, path)
        target = self._override_path(resource, path) if in_overrides else (*address_path(resource.address), *path)
        self._change(resource, path, Edit(target, live.id if by_id or declared not in (None, "true") else True))

    def _scale(self, resource: Resource, path: Path) -> Path | None:
        """The scale that a shade belongs to, where that is written as one colour."""
        node = find(resource.node, path)
        return path[:-1] if node is not None and isinstance(node.value, Shade) else None

    def _own(self, resource: Resource, path: Path) -> Node | None:
        """What the file says there for the resource itself, without overrides."""
        section, key, *below = (*address_path(resource.address), *path)
        node = self._file.sections[str(section)].get(str(key))
        return find(node, tuple(below)) if node is not None else None

    def _overridden(self, resource: Resource, path: Path) -> bool:
        section, *below = (*address_path(resource.address), *path)
        node = self._entry.overrides.get(str(section))
        return node is not None and find(node, tuple(below)) is not None

    def _override_path(self, resource: Resource, path: Path) -> Path:
        return ("environments", self._environment, "overrides", *address_path(resource.address), *path)

    def _change(self, resource: Resource, path: Path, edit: Edit) -> None:
        self.update.changes.append(Change(resource.address, path, edit))

    def _leave(self, resource: Resource, path: Path, reason: str) -> None:
        self.update.unplaced.append(Unplaced(resource.address, path, reason))


def _to(url: str) -> str:
    leads_to = target(url)
    return f", to {leads_to.host}" if leads_to else ""


def _patch(base: Any, wanted: Any) -> Any:
    """The JSON merge patch (RFC 7396) that makes `wanted` of `base`."""
    if not isinstance(wanted, Mapping) or not isinstance(base, Mapping):
        return wanted
    gone: dict[str, Any] = {key: None for key in base if key not in wanted}
    changed = {key: _patch(base.get(key), item) for key, item in wanted.items() if key not in base or base[key] != item}
    return gone | changed


def _one_colour(scale: str, live: Any) -> Any:
    """The single colour that a scale follows from, if it follows from one."""
    middle = {"brand": "500", "background": "1000"}[scale]
    colour = live.get(middle) if isinstance(live, Mapping) else None
    if not isinstance(colour, str):
        return live
    lower = {step: str(shade).lower() for step, shade in live.items()}
    return colour if shades(cast(ScaleName, scale), colour) == lower else live


def _type(type_: Type | None, path: Path) -> Type | None:
    for step in path:
        field = type_.by_name.get(str(step)) if isinstance(type_, Group) else None
        type_ = field.type if field else type_.value if isinstance(type_, MapOf) else None
    return type_
