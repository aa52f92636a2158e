"""A gallery of drifts: every status, reason and cause, secrets, odd texts, and a thousand differences."""

from __future__ import annotations

from typing import Any, Final

from pulumi_dyte.errors import AuthenticationError
from pulumi_dyte.org.editing_spelling import flow
from pulumi_dyte.plan.comparison import Status
from pulumi_dyte.plan.drift import Drift, FieldDrift, ResourceDrift
from pulumi_dyte.plan.model import ABSENT, SECRET, Cause, Unmanaged
from pulumi_dyte.workflow.drifting import Failed
from tests.report.plans import HOOK, HOOK_BEFORE

EMPTY: Final = Drift("staging", ())
FAILED: Final = Failed("away", AuthenticationError("GET", "/presets", 401, f"no, see {HOOK}"))


def field(
    path: str, declared: Any = ABSENT, applied: Any = ABSENT, live: Any = ABSENT, cause: Cause = "drift"
) -> FieldDrift:
    return FieldDrift(path, declared, applied, live, cause, "" if cause == "released" else "dyte.yaml:12:7")


def resource(address: str, status: Status, *fields: FieldDrift, **more: Any) -> ResourceDrift:
    key = address.rpartition(".")[2]
    more = {"name": key, "id": f"id-of-{key}", "source": "dyte.yaml:10:3", **more}
    return ResourceDrift(address, address.partition(".")[0].removesuffix("s"), status=status, fields=fields, **more)


def gallery() -> Drift:
    """One of everything."""
    return Drift(
        "staging",
        (
            resource(
                "presets.host",
                "conflict",
                field("permissions.can_record", True, True, False),
                field("permissions.can_livestream", True, False, False, "declaration"),
                field("ui.design_tokens.colors.danger", "#FF0000", "#00FF00", "#0000FF", "conflict"),
                field("permissions.kick_participant", ABSENT, True, False, "released"),
                name="acme_host",
            ),
            resource("presets.same", "clean"),
            resource("presets.new", "unapplied", reason="new", id=""),
            resource("presets.taken", "unapplied", reason="exists", id=""),
            resource("presets.theirs", "unapplied", field("name", "a", ABSENT, "b", "declaration"), reason="adopt"),
            resource("presets.old", "unapplied", reason="released", source=""),
            resource("webhooks.billing", "drift", field("url", HOOK, HOOK, HOOK_BEFORE)),
            resource("webhooks.secret", "drift", field("url", SECRET, SECRET, SECRET)),
            resource("meetings.hall", "missing", name="All hands"),
        ),
        unmanaged=(Unmanaged("preset", "id-1", "made_by_hand"), Unmanaged("webhook", "id-2", "")),
        take_over="presets:\n  made_by_hand:\n    options: {adopt: true}\n",
        warnings=(f"presets.old is in use; see {HOOK}",),
        ignored=2,
    )


def odd(text: str) -> Drift:
    """A drift in which the text stands wherever somebody else's can."""
    value = {text: [text]}
    return Drift(
        "prod",
        (
            resource(
                "presets.x",
                "conflict",
                FieldDrift(f'ui.config_diff["{text}"]', text, [text], value, "conflict", f"{text}.yaml:1:1"),
                name=f"The {text}",
                source=f"{text}.yaml:1:1",
            ),
            resource(f"presets.{text}", "missing", name=f"The {text}", id=text, source=text),
        ),
        unmanaged=(Unmanaged("preset", text, text),),
        take_over=f"presets:\n  x: {{name: {flow(text)}}}\n",
        warnings=(text,),
    )


def thousand(environment: str = "prod") -> Drift:
    """A thousand resources that differ, one of them worse than all others, and much that is not managed."""
    return Drift(
        environment,
        (
            *(
                resource(f"presets.p{n:03}", "drift", field("permissions.can_record", True, True, False))
                for n in range(999)
            ),
            resource("presets.last", "conflict", field("name", "a", "b", "c", "conflict")),
        ),
        unmanaged=tuple(Unmanaged("preset", f"id-{n}", f"other_{n}") for n in range(300)),
        take_over="presets:\n" + "".join(f"  other_{n}: {{options: {{adopt: true}}}}\n" for n in range(20)),
    )
