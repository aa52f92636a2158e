"""A gallery of plans: every action, cause and risk, secrets, odd texts, and a thousand changes."""

from __future__ import annotations

from typing import Any, Final, get_args

from pulumi_dyte.plan.model import (
    ABSENT,
    SECRET,
    Action,
    Cause,
    Change,
    FieldChange,
    Plan,
    Refusal,
    Unmanaged,
)

TOKEN: Final = "s3cr3t-t0ken"
HOOK: Final = f"https://ana:{TOKEN}@hooks.example.com/dyte?token={TOKEN}"
HOOK_BEFORE: Final = "http://old.example.com/dyte?token=old-t0ken"
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)

EMPTY: Final = Plan("staging", ())
ODD_TEXTS: Final = (
    "",
    " ",
    "|",
    "\\|",
    "a | b",
    "`",
    "``x`",
    "<script>alert(1)</script>",
    "</code></summary></details><img src=x onerror=alert(1)>",
    "<!-- -->",
    "-->",
    "&lt;b&gt; &amp;",
    "@everyone",
    "#123 org/repo#4 GH-5",
    "[a](https://evil.example) ![i](x.png) https://evil.example www.evil.example",
    "# heading\n\n- list\n\n```\nfence\n\n<details>",
    "two\r\nlines\u2028three",
    "tab\there",
    "\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x00\x07\x9b31m",
    "\u202eright to left",
    "\ud800 alone",
    "**bold** _it_ ~~gone~~ $x^2$ :smile:",
    "Büro 日本語 🎉",
    "{{ 7 * 7 }} {% raw %}",
    "'\"><svg/onload=alert(1)>",
    "x" * 5_000,
    "日" * 500,
)


def field(
    path: str, before: Any = ABSENT, after: Any = ABSENT, cause: Cause = "declaration", *risks: str
) -> FieldChange:
    source = "" if cause == "released" else "dyte.yaml:12:7"
    return FieldChange(path, before, after, cause, source, frozenset(risks))


def change(resource: str, action: Action, *fields: FieldChange, name: str = "", **more: Any) -> Change:
    """One change; its risks are those of its fields and `risks`."""
    key = resource.rpartition(".")[2]
    risks = frozenset(more.pop("risks", ())).union(*(each.risks for each in fields))
    kind = "participant" if ".participants." in resource else resource.partition(".")[0].removesuffix("s")
    more = {"id": "" if action == "create" else f"id-of-{key}", "source": "dyte.yaml:10:3", **more}
    return Change(resource, kind, name or key, action, fields=fields, risks=risks, **more)


def gallery() -> Plan:
    """One of everything."""
    return Plan(
        "staging",
        (
            change(
                "presets.host",
                "update",
                field("permissions.can_record", False, True, "declaration", "widen"),
                field("permissions.media.video.can_produce", "ALLOWED", "NOT_ALLOWED", "conflict", "narrow", "revert"),
                field(
                    "permissions.plugins.config", ABSENT, {"11111111-0000-4000-8000-000000000000": {"disabled": True}}
                ),
                field("ui.design_tokens.colors.brand.500", "#2160FD", "#FF5A1F", "drift", "cosmetic", "revert"),
                field("ui.design_tokens.colors.background", {"600": "#222222"}, {"600": "#EEEEEE"}, "declaration"),
                field("ui.design_tokens.theme", "dark", "dark", "released"),
                name="acme_host",
                usage="3 people in 2 meetings",
            ),
            change(
                "presets.viewer",
                "create",
                field("name", ABSENT, "acme_viewer"),
                field("permissions.can_record", ABSENT, False),
                name="acme_viewer",
            ),
            change("presets.guest", "update", field("name", "guest", "visitor", "declaration", "rename"), name="guest"),
            change("presets.old", "delete", name="Old one", risks={"delete", "vanish"}, source=""),
            change("presets.same", "same"),
            change("presets.calm", "release", field("permissions.kick_participant", True, True, "released", "widen")),
            change("presets.moved", "move"),
            change(
                "webhooks.billing",
                "update",
                field("url", HOOK_BEFORE, HOOK, "declaration", "redirect"),
                field("events", ["meeting.ended"], ["meeting.ended", "recording.statusUpdate"]),
            ),
            change("webhooks.rotated", "update", field("url", HOOK, HOOK.replace(f"={TOKEN}", "=an0ther"))),
            change("webhooks.gone", "forget", risks=()),
            change("webhooks.adopted", "adopt", field("enabled", False, True)),
            change(
                "meetings.all_hands",
                "update",
                field("record_on_start", False, True, "declaration", "record"),
                field("recording_config.storage_config.secret", SECRET, SECRET),
                name="All hands",
            ),
            change("meetings.last", "deactivate", risks={"delete"}, source=""),
            change("meetings.kept", "keep", source=""),
            change(
                "meetings.all_hands.participants.ana",
                "replace",
                field("custom_participant_id", "ana", "ana-2"),
                name="Ana",
                risks={"replace"},
            ),
        ),
        unmanaged=(
            Unmanaged("preset", "id-1", "made_by_hand"),
            Unmanaged("preset", "id-2", "another"),
            Unmanaged("webhook", "id-3", ""),
        ),
        warnings=(f"presets.old is in use; see {HOOK}",),
        refused=(
            Refusal("widen", "presets.host", "permissions.can_record: false → true"),
            Refusal("max_delete", "", "2 of 15 resources, at most 1"),
        ),
        digest="0f" * 32,
    )


def odd(text: str) -> Plan:
    """A plan in which the text stands wherever somebody else's can."""
    changes = (
        change(
            "presets.x",
            "update",
            field(f'ui.config_diff["{text}"]', text, [text, {text: text}]),
            FieldChange("name", "what it was", text, "drift", f"{text}.yaml:1:1", frozenset({"rename"})),
            name=f"The {text}",
            usage=text,
            source=f"{text}.yaml:1:1",
        ),
        change(f"presets.{text}", "adopt", name=f"The {text}", id=text, risks={"widen"}, source=text),
        change("webhooks.y", "create", field("url", ABSENT, text)),
    )
    return Plan(
        "prod",
        changes,
        unmanaged=(Unmanaged("preset", text, text),),
        warnings=(text,),
        refused=(Refusal(text, text, text),),
        digest=text,
    )


def thousand() -> Plan:
    """A thousand resources: most share a change, some have one of their own, one is worse than all others."""
    return Plan(
        "prod",
        (
            *(
                change(
                    f"presets.p{index:03}",
                    "update",
                    field("permissions.can_record", False, True, "declaration", "widen"),
                    field("ui.design_tokens.colors.brand.500", "#2160FD", "#FF5A1F", "declaration", "cosmetic"),
                )
                for index in range(600)
            ),
            *(change(f"webhooks.w{index}", "create", field("url", ABSENT, HOOK)) for index in range(200)),
            *(change(f"meetings.m{i}", "update", field("title", f"Old {i}", f"New {i}")) for i in range(199)),
            change("presets.last", "delete", risks={"delete"}),
        ),
        digest="0f" * 32,
    )
