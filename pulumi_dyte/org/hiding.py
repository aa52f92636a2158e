"""Live texts as an org file spells them: secrets as variables that must be set, every `$` as it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from re import DOTALL, sub
from re import compile as pattern
from typing import Any, Final

from pulumi_dyte.kinds import WEBHOOK
from pulumi_dyte.kinds.types import Group, Kind, Type
from pulumi_dyte.org.interpolation import literal
from pulumi_dyte.org.keys import numbered

# From a value, the end of a variable's name and words for what the value is, to `${secret:…}`.
Hide = Callable[[str, str, str], str]

_URL: Final = pattern(r"([A-Za-z][A-Za-z0-9+.-]*://)(?:([^/?#]*)@)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", DOTALL)
# What tools and pipelines set for themselves: a secret of such a name would silently take their value.
_OTHERS: Final = ("AWS_", "AZURE_", "CI_", "DYTE_", "GITHUB_", "GITLAB_", "GOOGLE_", "PULUMI_")


class Hiding:
    """Spells the values of one org; every secret gets a variable of its own."""

    def __init__(self, used: Collection[str] = ()) -> None:
        """`used` are names of variables that have a meaning already."""
        self._names = set(used)

    def spelt(self, kind: Kind, key: str, address: str, tree: Mapping[str, Any]) -> dict[str, Any]:
        """A resource's fields, ready to be written."""
        hide = partial(self._variable, kind, key, address)
        result: dict[str, Any] = _spelt(kind.fields, tree, hide)
        if kind is WEBHOOK:
            result["url"] = _url(tree["url"], hide)
        return result

    def _variable(self, kind: Kind, key: str, address: str, value: str, name: str, what: str) -> str:
        if not value:
            return ""
        wanted = sub(r"[^A-Z0-9]+", "_", f"{key}_{name}".upper()).strip("_")
        if not wanted[:1].isalpha() or wanted.startswith(_OTHERS):
            wanted = f"{kind.name.upper()}_{wanted}"
        variable = numbered(wanted, self._names)
        self._names.add(variable)
        return f"${{secret:{variable}:?set it to {what} of {address}, exactly as it is now}}"


def _spelt(type_: Type | None, value: Any, hide: Hide) -> Any:
    if isinstance(value, Mapping):
        fields = type_.by_name if isinstance(type_, Group) else {}
        return {
            name: hide(item, name, f"the {name}")
            if name in fields and fields[name].secret and isinstance(item, str)
            else _spelt(fields[name].type if name in fields else None, item, hide)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_spelt(None, item, hide) for item in value]
    return literal(value) if isinstance(value, str) else value


def _url(url: str, hide: Hide) -> str:
    """A URL with variables for what may be secret in it: user info, query values, fragment."""
    found = _URL.fullmatch(url)
    if found is None:
        return literal(url)
    scheme, user_info, rest, query, fragment = found.groups()
    text: str = scheme
    if user_info is not None:
        user, colon, password = user_info.partition(":")
        shown = _escaped(user) if colon else hide(user, "user", "the user in the URL")
        text += shown + colon + hide(password, "password", "the password in the URL") + "@"
    text += _escaped(rest)
    if query is not None:
        text += "?" + "&".join(_parameter(part, hide) for part in query.split("&"))
    if fragment is not None:
        text += "#" + hide(fragment, "fragment", "what follows # in the URL")
    return text if text != _escaped(url) else literal(url)


def _parameter(part: str, hide: Hide) -> str:
    name, equals, value = part.partition("=")
    if not equals:  # perhaps a name without value, perhaps all of it a token
        return hide(name, "query", "the query in the URL")
    shown = sub(r"[^A-Za-z0-9_.-]+", "_", name)
    return f"{_escaped(name)}={hide(value, name, f'the parameter {shown} in the URL')}"


def _escaped(text: str) -> str:
    """The same where a variable may follow: even a single `$` would change how that is read."""
    return text.replace("$", "$$")
