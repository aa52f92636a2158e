"""The table, first half: what goes through the common cycle, every scenario in the same runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.conformance.adapters import OWN, Either
from tests.conformance.scenario import Edit, Lines, Made, Scenario, Step, of, secretly

ADOPTED: Final = "aaaaaaaa-0000-4000-8000-00000000000{}"


def simple(
    name: str,
    collection: str,
    *,
    first: str,
    then: str,
    edit: Mapping[str, Any],
    drift: Lines,
    change: Lines,
    sections: str,
    repaired: str = "",
    create: str = "",
    path: str = "",
    write: str = "PATCH",
    remove: str = "",
) -> Scenario:
    """One resource of the scenario's name, edited outside in one way, then changed in the program in another.

    `sections` are what the change writes, `repaired` what the repair writes, if that is something else.
    """
    path = path or f"/{collection}/<{name}>"
    updated = {name: "update"}

    def written(what: str) -> str:
        return f"PATCH {path} {{{what}}}" if write == "PATCH" else f"{write} {path}"

    return Scenario(
        name,
        {
            "first preview": Step(program=first, ops={name: "create"}),
            "create": Step(ops={name: "create"}, calls=(create or f"POST /{collection} {name}",)),
            "drift": Step(outside=(Edit(collection, name, edit),), ops=updated, shows=of(name, drift)),
            "repair": Step(ops=updated, calls=(written(repaired or sections),)),
            "plan": Step(program=then, ops=updated, shows=of(name, change)),
            "change": Step(ops=updated, calls=(f"GET {path}", written(sections))),
            "removal": Step(program="", ops={name: "delete"}, calls=(remove or f"DELETE {path}",)),
        },
    )


def meeting(name: str, first: str, then: str, **rest: Any) -> Scenario:
    """The same for a meeting, whose removal switches it off."""
    remove = f"PATCH /meetings/<{name}> {{status}}"
    return simple(name, "meetings", first=first, then=then, remove=remove, **rest)


LEAF: Final = simple(
    "leaf",
    "presets",
    first='dyte.Preset("leaf", permissions={"can_record": True, "can_livestream": True})',
    then='dyte.Preset("leaf", permissions={"can_record": False, "can_livestream": True})',
    edit={"permissions": {"can_livestream": False, "kick_participant": True}},
    drift={"permissions.can_livestream": "false => true"},
    change={"permissions.can_record": "true => false"},
    sections="permissions",
)

_NESTED_CHANGE: Final = {
    "ui.design_tokens.colors.danger": '"#ff0000" => "#00ff00"',
    "permissions.chat.public.can_send": "true => false",
}
NESTED: Final = simple(
    "nested",
    "presets",
    first='dyte.Preset("nested", ui={"design_tokens": {"colors": {"brand": {500: "#2160FD"}, "danger": "#ff0000"}}},'
    ' permissions={"chat": {"public": {"can_send": True}}})',
    then='dyte.Preset("nested", ui={"design_tokens": {"colors": {"brand": {500: "#2160fd"}, "danger": "#00ff00"}}},'
    ' permissions={"chat": {"public": {"can_send": False}}})',
    edit={"ui": {"design_tokens": {"colors": {"brand": {"500": "#123456"}}}}},
    drift={"ui.design_tokens.colors.brand.500": '"#123456" => "#2160FD"'},
    repaired="ui",
    # The engine compares the inputs of a dynamic provider by itself, and knows no spelling of colours.
    change=Either(
        dynamic={**_NESTED_CHANGE, "ui.design_tokens.colors.brand.500": '"#2160FD" => "#2160fd"'},
        native=_NESTED_CHANGE,
    ),
    sections="permissions, ui",
)

EXTENDED: Final = simple(
    "extended",
    "presets",
    first='dyte.Preset("extended", extends="group_call_host", permissions={"can_record": True})',
    then='dyte.Preset("extended", extends="group_call_host", permissions={"can_record": False})',
    edit={"permissions": {"can_spotlight": False}},
    drift={"permissions.can_spotlight": "false => true"},
    change={"permissions.can_record": "true => false"},
    sections="permissions",
)

RENAMED: Final = simple(
    "renamed",
    "presets",
    first='dyte.Preset("renamed")',
    then='dyte.Preset("renamed", name="renamed-again")',
    edit={"name": "renamed-outside"},
    drift={"name": '"renamed-outside" => "renamed"'},
    change={"name": '"renamed" => "renamed-again"'},
    sections="name",
)

OWN_KEYS: Final = simple(
    "own",
    "presets",
    first='dyte.Preset("own", ui={"config_diff": {"root": {"side_bar": True, "notShown": 1}}})',
    then='dyte.Preset("own", ui={"config_diff": {"root": {"side_bar": False, "notShown": 1}}})',
    edit={"ui": {"config_diff": {"root": {"notShown": 2}}}},
    drift={"ui.config_diff.root.notShown": "2 => 1"},
    change={f"ui.config_diff.root.{OWN}side_bar": "true => false"},
    sections="ui",
)

_HOOK_CHANGE: Final = {"url": '"https://example.com/a" => "https://example.com/b"', "enabled": "+ true"}
HOOK: Final = simple(
    "hook",
    "webhooks",
    first='dyte.Webhook("hook", url="https://example.com/a", events=["meeting.started", "meeting.ended"])',
    then='dyte.Webhook("hook", url="https://example.com/b", events=["meeting.ended", "meeting.started"], enabled=True)',
    edit={"url": "https://example.com/z"},
    drift={"url": '"https://example.com/z" => "https://example.com/a"'},
    repaired="url",
    change=Either(
        dynamic={
            **_HOOK_CHANGE,
            "events.[0]": '"meeting.started" => "meeting.ended"',
            "events.[1]": '"meeting.ended" => "meeting.started"',
        },
        native=_HOOK_CHANGE,
    ),
    sections="url",
)

ROOM: Final = meeting(
    "room",
    first='dyte.Meeting("room", persist_chat=True)',
    then='dyte.Meeting("room", persist_chat=False)',
    edit={"status": "INACTIVE"},
    drift={"status": '"INACTIVE" => "ACTIVE"'},
    repaired="status",
    change={"persist_chat": "true => false"},
    sections="persist_chat",
)

REORDERED: Final = Scenario(
    "reordered",
    {
        "first preview": Step(
            program='dyte.Webhook("reordered", url="https://example.com/reordered",'
            ' events=["meeting.started", "meeting.ended"])',
            ops={"reordered": "create"},
        ),
        "create": Step(ops={"reordered": "create"}, calls=("POST /webhooks reordered",)),
        "drift": Step(outside=(Edit("webhooks", "reordered", {"events": ["meeting.ended", "meeting.started"]}),)),
        "plan": Step(
            program='dyte.Webhook("reordered", url="https://example.com/reordered",'
            ' events=["meeting.ended", "meeting.started", "meeting.ended"])'
        ),
        "removal": Step(program="", ops={"reordered": "delete"}, calls=("DELETE /webhooks/<reordered>",)),
    },
)

RELEASED: Final = Scenario(
    "released",
    {
        "first preview": Step(
            program='dyte.Preset("released", permissions={"can_record": True, "can_livestream": True})',
            ops={"released": "create"},
        ),
        "create": Step(ops={"released": "create"}, calls=("POST /presets released",)),
        "plan": Step(
            program='dyte.Preset("released", permissions={"can_record": True, "can_spotlight": False})',
            ops={"released": "update"},
            shows={"released": {"permissions.can_livestream": "- true", "permissions.can_spotlight": "+ false"}},
        ),
        "change": Step(ops={"released": "update"}),
        "settled": Step(outside=(Edit("presets", "released", {"permissions": {"can_livestream": False}}),)),
        "removal": Step(program="", ops={"released": "delete"}, calls=("DELETE /presets/<released>",)),
    },
)

MEMBER: Final = """
moving = dyte.Meeting("moving")
one = dyte.Participant("moving-one", meeting_id=moving.id, custom_participant_id="{}", preset_name="group_call_host")
dyte.Participant("moving-two", meeting_id=moving.id, custom_participant_id="moving-two", preset_name="group_call_host",
                 name=one.id)
"""
_MOVING: Final = {
    "moving-one": {"custom_participant_id": '"moving-one" => "moving-else"'},
    "moving-two": {"name": '"<moving>/<moving-one>" => [unknown]'},
}
REPLACED: Final = Scenario(
    "moving",
    {
        "first preview": Step(
            program=MEMBER.format("moving-one"),
            ops={"moving": "create", "moving-one": "create", "moving-two": "create"},
        ),
        "create": Step(
            ops={"moving": "create", "moving-one": "create", "moving-two": "create"},
            calls=(
                "POST /meetings moving",
                "POST /meetings/<moving>/participants moving-one",
                "POST /meetings/<moving>/participants moving-two",
            ),
        ),
        "plan": Step(
            program=MEMBER.format("moving-else"),
            ops={"moving-one": "replace", "moving-two": "update"},
            shows=_MOVING,
        ),
        "change": Step(
            ops={"moving-one": "replace", "moving-two": "update"},
            calls=(
                "POST /meetings/<moving>/participants moving-else",
                "GET /meetings/<moving>/participants/<moving-two>",
                "PATCH /meetings/<moving>/participants/<moving-two> {name}",
                "DELETE /meetings/<moving>/participants/<moving-one>",
            ),
        ),
        "removal": Step(
            program="",
            ops={"moving": "delete", "moving-one": "delete", "moving-two": "delete"},
            calls=(
                "DELETE /meetings/<moving>/participants/<moving-else>",
                "DELETE /meetings/<moving>/participants/<moving-two>",
                "PATCH /meetings/<moving> {status}",
            ),
        ),
    },
)

VANISHED: Final = Scenario(
    "vanished",
    {
        "first preview": Step(
            program='dyte.Webhook("vanished", url="https://example.com/vanished", events=["meeting.ended"])',
            ops={"vanished": "create"},
        ),
        "create": Step(ops={"vanished": "create"}, calls=("POST /webhooks vanished",)),
        "drift": Step(outside=(Edit("webhooks", "vanished", None),), ops={"vanished": "create"}),
        "repair": Step(ops={"vanished": "create"}, calls=("POST /webhooks vanished",)),
        "removal": Step(program="", ops={"vanished": "delete"}, calls=("DELETE /webhooks/<vanished>",)),
    },
)

_STORAGE: Final = (
    '{{"storage_config": {{"type": "aws", "bucket": "{bucket}", "region": "r",'
    ' "access_key": "canary-access", "secret": {secret}}}}}'
)
SECRET_STORAGE: Final = meeting(
    "storing",
    first=f'dyte.Meeting("storing", recording_config={_STORAGE.format(bucket="a", secret=repr("canary-one"))})',
    then='dyte.Meeting("storing", recording_config='
    + _STORAGE.format(bucket="a", secret='pulumi.Output.secret("canary-two")')
    + ")",
    edit={"recording_config": {"storage_config": {"bucket": "z"}}},
    drift={"recording_config.storage_config.bucket": '"z" => "a"'},
    change=secretly("recording_config.storage_config.secret"),
    sections="",
    write="PUT",
)

SECRET_WHOLE: Final = simple(
    "whole",
    "presets",
    first='dyte.Preset("whole", ui=pulumi.Output.secret({"design_tokens": {"logo": "https://canary-one.example"}}))',
    then='dyte.Preset("whole", ui=pulumi.Output.secret({"design_tokens": {"logo": "https://canary-two.example"}}))',
    edit={"ui": {"design_tokens": {"logo": "https://other.example"}}},
    drift=secretly("ui.design_tokens.logo"),
    change=secretly("ui.design_tokens.logo"),
    sections="ui",
)

SECRET_URL: Final = simple(
    "tokened",
    "webhooks",
    first='dyte.Webhook("tokened", url=pulumi.Output.secret("https://example.com/?t=canary-one"),'
    ' events=["meeting.ended"])',
    then='dyte.Webhook("tokened", url=pulumi.Output.secret("https://example.com/?t=canary-two"),'
    ' events=["meeting.ended"])',
    edit={"url": "https://example.com/?t=canary-outside"},
    drift=secretly("url"),
    change=secretly("url"),
    sections="url",
)


def _adopted(name: str, number: int, option: str) -> Scenario:
    id_ = ADOPTED.format(number)
    return Scenario(
        name,
        {
            "first preview": Step(
                program=f'dyte.Webhook("{name}", name="{name}", url="https://example.com/{name}",'
                f' events=["meeting.ended"], adopt_existing={option.format(id_)})',
                outside=(
                    Made(
                        "webhooks",
                        {
                            "id": id_,
                            "name": name,
                            "url": "https://old.example",
                            "events": ["meeting.ended"],
                            "enabled": True,
                        },
                    ),
                ),
                ops={name: "create"},
            ),
            "create": Step(
                ops={name: "create"},
                calls=(
                    *(("GET /webhooks",) if option == "True" else ()),
                    f"GET /webhooks/<{name}>",
                    f"PATCH /webhooks/<{name}> {{url}}",
                ),
            ),
            "removal": Step(program="", ops={name: "delete"}, calls=(f"DELETE /webhooks/<{name}>",)),
        },
    )


# The key changes and the object stays: the new key adopts, and what the old one leaves is not deleted.
REKEYED: Final = Scenario(
    "rekeyed",
    {
        "first preview": Step(program='dyte.Preset("rekeyed-old", name="rekeyed")', ops={"rekeyed-old": "create"}),
        "create": Step(ops={"rekeyed-old": "create"}, calls=("POST /presets rekeyed",)),
        "plan": Step(
            program='dyte.Preset("rekeyed-new", name="rekeyed", adopt_existing=pulumi.Output.from_input("true"))',
            ops={"rekeyed-old": "delete", "rekeyed-new": "create"},
        ),
        "change": Step(
            ops={"rekeyed-old": "delete", "rekeyed-new": "create"},
            calls=("GET /presets", "GET /presets/<rekeyed>"),
        ),
        "removal": Step(program="", ops={"rekeyed-new": "delete"}, calls=("DELETE /presets/<rekeyed>",)),
    },
)

KEPT: Final = Scenario(
    "kept",
    {
        "first preview": Step(
            program='dyte.Preset("kept", config={"media": {"video": {"frame_rate": 30}}})', ops={"kept": "create"}
        ),
        "create": Step(
            ops={"kept": "create"},
            calls=("POST /presets kept", "GET /presets/<kept>"),
            says=("the server kept 24",),
        ),
        "removal": Step(program="", ops={"kept": "delete"}, calls=("DELETE /presets/<kept>",)),
    },
)

RETAINED: Final = Scenario(
    "retained",
    {
        "first preview": Step(
            program='dyte.Preset("retained", opts=pulumi.ResourceOptions(retain_on_delete=True))',
            ops={"retained": "create"},
        ),
        "create": Step(ops={"retained": "create"}, calls=("POST /presets retained",)),
        "removal": Step(program="", ops={"retained": "delete"}),
    },
)

_IGNORING: Final = (
    'dyte.Preset("ignoring", permissions={{"can_record": {record}, "can_livestream": {live}}},'
    ' opts=pulumi.ResourceOptions(ignore_changes=["{path}"]))'
)


def _ignoring(**values: bool) -> Either[str]:
    return Either(
        dynamic=_IGNORING.format(path="permissions.can_record", **values),
        native=_IGNORING.format(path="permissions.canRecord", **values),
    )


IGNORING: Final = Scenario(
    "ignoring",
    {
        "first preview": Step(program=_ignoring(record=True, live=True), ops={"ignoring": "create"}),
        "create": Step(ops={"ignoring": "create"}, calls=("POST /presets ignoring",)),
        "plan": Step(
            program=_ignoring(record=False, live=False),
            ops={"ignoring": "update"},
            shows={"ignoring": {"permissions.can_livestream": "true => false"}},
        ),
        "change": Step(
            ops={"ignoring": "update"},
            calls=("GET /presets/<ignoring>", "PATCH /presets/<ignoring> {permissions}"),
        ),
        "removal": Step(program="", ops={"ignoring": "delete"}, calls=("DELETE /presets/<ignoring>",)),
    },
)

ON_DELETE: Final = Scenario(
    "staying",
    {
        "first preview": Step(program='dyte.Meeting("staying")', ops={"staying": "create"}),
        "create": Step(ops={"staying": "create"}, calls=("POST /meetings staying",)),
        "plan": Step(
            program='dyte.Meeting("staying", on_delete="keep")',
            ops={"staying": "update"},
            shows={"staying": {"on_delete": '+ "keep"'}},
        ),
        "change": Step(ops={"staying": "update"}),
        "removal": Step(program="", ops={"staying": "delete"}),
    },
)

SCENARIOS: Final = (
    LEAF,
    NESTED,
    EXTENDED,
    RENAMED,
    OWN_KEYS,
    HOOK,
    ROOM,
    REORDERED,
    RELEASED,
    REPLACED,
    VANISHED,
    SECRET_STORAGE,
    SECRET_WHOLE,
    SECRET_URL,
    _adopted("adopted", 1, "True"),
    _adopted("adopted-by-id", 2, '"{}"'),
    REKEYED,
    KEPT,
    RETAINED,
    IGNORING,
    ON_DELETE,
)
QUIRKS: Final = {"clamp-frame-rate": "24"}
