"""The open questions about the API, each a named setting: its default is the best-known answer.

No official source settles how the live service behaves on these points, so a client has to live with every value.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from .errors import SandboxError, did_you_mean


def _quirk(default: Any, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True)
class Quirks:
    """One setting of every quirk. A field's name with hyphens is the quirk's name; its first value is the default."""

    # presets
    patch_preset: Literal["merge", "replace"] = _quirk(
        "merge", "PATCH of a preset merges in depth, or replaces each top-level section that is sent"
    )
    patch_preset_id: Literal["keep", "omit"] = _quirk("keep", "the answer to PATCH of a preset may lack `id`")
    create_preset_code: Literal["200", "201"] = _quirk("200", "status of a created preset")
    duplicate_preset: Literal["reject", "accept"] = _quirk(
        "reject", "a second preset of the same name: refused with 409, or created"
    )
    preset_in_use: Literal["409", "400", "422", "allow"] = _quirk(
        "409", "DELETE of a preset that participants refer to: the status of the refusal, or allowed"
    )
    echo_extra: Literal["off", "on"] = _quirk(
        "off", "preset answers carry keys that nobody sent (`version`, `config.media.video.simulcast`)"
    )
    config_diff: Literal["optional", "required", "reject"] = _quirk(
        "optional",
        "`ui.config_diff` of a preset; `required` asks on create for `permissions.plugins.config` too",
    )
    seeded_presets: Literal["four", "six", "hyphenated", "none"] = _quirk("four", "the presets of a new org")
    clamp_frame_rate: int | None = _quirk(None, "`config.media.video.frame_rate` above N is stored as N")
    hex_case: Literal["keep", "lower", "upper"] = _quirk("keep", "letter case in which a preset's colours are stored")
    # webhooks
    put_webhook_enabled: Literal["keep", "omit"] = _quirk(
        "keep", "answers to PUT and PATCH of a webhook may lack `enabled`"
    )
    duplicate_webhook: Literal["name", "url", "both", "none"] = _quirk(
        "name", "what makes a second webhook a conflict (409): its name, its URL, either of them, nothing"
    )
    empty_webhooks: Literal["list", "404"] = _quirk("list", "the list of an org without webhooks: empty, or 404")
    shuffle_events: Literal["off", "on"] = _quirk("off", "a webhook's events are answered in another order")
    # meetings and participants
    put_meeting: Literal["reset", "keep"] = _quirk(
        "reset", "fields that PUT of a meeting leaves out: back to their defaults, or kept (`status` always stays)"
    )
    patch_recording_config: Literal["reject", "accept"] = _quirk("reject", "`recording_config` in PATCH of a meeting")
    duplicate_participant: Literal["second", "existing", "409"] = _quirk(
        "second", "a `custom_participant_id` sent again: a second participant, the existing one changed, or 409"
    )
    missing_parent: Literal["404", "500"] = _quirk("404", "status where the meeting of a participant route is missing")
    # all kinds
    bad_id: Literal["400", "404", "500"] = _quirk(
        "400", "status of an id that is no UUID on preset and meeting routes (webhooks: always 400)"
    )
    unknown_keys: Literal["400", "422", "ignore", "store"] = _quirk(
        "400", "unknown keys in a body: the status of the refusal, or dropped, or stored and answered"
    )
    beyond_spec: Literal["accept", "reject"] = _quirk(
        "accept", "enum values that only newer documents or clients know (`fhd`, `LIVESTREAM`, `darkest` …)"
    )
    create_500: Literal["off", "on", "once"] = _quirk(
        "off", "creates take effect but answer 500; `once`: only the first after start or reset"
    )
    per_page_default: int = _quirk(25, "rows of a page when `per_page` is not sent")
    per_page_cap: int = _quirk(100, "most rows of a page; a larger `per_page` is lowered to it")
    page_zero: Literal["first", "reject"] = _quirk("first", "`page_no=0`: the first page, or 400")
    session_paging: Literal["on", "off"] = _quirk(
        "on", "lists of sessions and of who is in one say how many there are, or leave `paging` out"
    )
    error_form: Literal["error", "errors", "message"] = _quirk(
        "error", "form of error bodies: `error` object, `errors` list, or a bare `message`"
    )
    rate_limit: int | None = _quirk(None, "answer 429 after N requests within 60 seconds")
    retry_after: int = _quirk(4, "seconds in the `retry-after` header of a 429")

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Quirks:
        """Quirks from `{name: value}` as a user writes them. Unknown names and values raise `SandboxError`."""
        known = known_quirks()
        read: dict[str, Any] = {}
        for name, value in settings.items():
            if name not in known:
                raise SandboxError(f"unknown quirk {name!r}{did_you_mean(name, known)}")
            read[name.replace("-", "_")] = known[name].read(str(value))
        return cls(**read)


class QuirkInfo(NamedTuple):
    """What a user needs to know about one quirk. `values` are the allowed ones, `N` standing for a whole number."""

    name: str
    default: str
    values: tuple[str, ...]
    doc: str

    def read(self, text: str) -> str | int | None:
        """The value that `text` stands for in `Quirks`."""
        if "N" in self.values:
            if text == "off" and "off" in self.values:
                return None
            if text.isascii() and text.isdigit():
                return int(text)
        elif text in self.values:
            return text
        raise SandboxError(f"quirk {self.name!r} has no value {text!r}{did_you_mean(text, self.values)}")


@cache
def known_quirks() -> Mapping[str, QuirkInfo]:
    """Every quirk by its name, in the order in which they are documented."""
    hints = get_type_hints(Quirks)
    infos = {}
    for each in fields(Quirks):
        name, hint = each.name.replace("_", "-"), hints[each.name]
        if get_origin(hint) is Literal:
            values = get_args(hint)
        else:
            values = ("off", "N") if get_origin(hint) in (Union, types.UnionType) else ("N",)
        default = "off" if each.default is None else str(each.default)
        infos[name] = QuirkInfo(name, default, values, each.metadata["doc"])
    return types.MappingProxyType(infos)


def read_settings(texts: Iterable[str]) -> dict[str, str]:
    """Settings from a command line's `NAME=VALUE` or `NAME`, which takes the first value after the default."""
    settings: dict[str, str] = {}
    known = known_quirks()
    for text in texts:
        name, equals, value = text.partition("=")
        if name not in known:
            raise SandboxError(f"unknown quirk {name!r}{did_you_mean(name, known)}")
        if not equals:
            if "N" in known[name].values:
                raise SandboxError(f"quirk {name!r} needs a value: {name}=N")
            value = known[name].values[1]
        known[name].read(value)
        settings[name] = value
    return settings
