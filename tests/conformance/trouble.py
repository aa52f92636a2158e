"""What goes wrong, one thing after the other in one project: nothing is lost, and the next run mends it."""

from __future__ import annotations

from typing import Any, Final

from tests.conformance.adapters import Either
from tests.conformance.scenario import UP, Scenario, Stage, Step

ANOTHER_ORG: Final = {"DYTE_ORG_ID": "another-org", "DYTE_API_KEY": "another-key"}
STAGES: Final = (
    Stage("refused create", UP, fails=True),
    Stage("create", UP),
    Stage("refused update", UP, fails=True),
    Stage("update", UP),
    Stage("duplicate", UP, fails=True),
    Stage("half a create", UP, fails=Either(dynamic=False, native=True)),
    Stage("the other half", UP),
    Stage("settled", ("preview", "--refresh", "--diff")),
    Stage("preview of another org", ("preview",), fails=True, environment=ANOTHER_ORG),
    Stage("refresh of another org", ("refresh", "--yes", "--skip-preview"), fails=True, environment=ANOTHER_ORG),
    Stage("destroy of another org", ("destroy", "--yes", "--skip-preview"), fails=True, environment=ANOTHER_ORG),
    Stage("protect", UP),
    Stage("removal of what is protected", ("preview",), fails=True),
    Stage("unprotect", UP),
    Stage("destroy", ("destroy", "--yes", "--skip-preview")),
)

_PRESET: Final = 'dyte.Preset("trouble", permissions={{"can_record": {record}}}{options})\n'
_HALF: Final = 'dyte.Meeting("half", status="INACTIVE")\n'


def _program(*, record: bool = False, options: str = "", rest: str = "") -> str:
    return _PRESET.format(record=record, options=options) + rest


def _fault(method: str, path: str, **fault: Any) -> dict[str, Any]:
    return {"method": method, "path": path, "action": "status", "status": 400, **fault}


_OF_ANOTHER_ORG: Final = Step(says=("belongs to dyte/org-under-test", "those of dyte/another-org"))
TROUBLE: Final = Scenario(
    "trouble",
    {
        "refused create": Step(
            program=_program(record=True),
            faults=(_fault("POST", "/v2/presets"),),
            ops={"trouble": "create"},
            calls=("POST /presets trouble",),
            says=("POST /presets: 400",),
        ),
        "create": Step(ops={"trouble": "create"}, calls=("POST /presets trouble",)),
        "refused update": Step(
            program=_program(),
            faults=(_fault("PATCH", "/v2/presets/*"),),
            ops={"trouble": "update"},
            calls=("GET /presets/<trouble>", "PATCH /presets/<trouble> {permissions}"),
            says=("400",),
        ),
        "update": Step(
            ops={"trouble": "update"}, calls=("GET /presets/<trouble>", "PATCH /presets/<trouble> {permissions}")
        ),
        "duplicate": Step(
            program=_program(rest='dyte.Preset("second", name="trouble")\n'),
            ops={"second": "create"},
            calls=("POST /presets trouble", "GET /presets"),
            says=("exists already", "adopt_existing=True"),
        ),
        "half a create": Step(
            program=_program(rest=_HALF),
            faults=(_fault("PATCH", "/v2/meetings/*"),),
            ops={"half": "create"},
            calls=("POST /meetings half", "PATCH /meetings/<half> {status}"),
            says=("was created, but could not be brought fully in line", "run `pulumi up` again"),
        ),
        "the other half": Step(
            ops={"half": "update"}, calls=("GET /meetings/<half>", "PATCH /meetings/<half> {status}")
        ),
        "preview of another org": _OF_ANOTHER_ORG,
        "refresh of another org": _OF_ANOTHER_ORG,
        "destroy of another org": Step(
            ops={"trouble": "delete", "half": "delete"},
            says=_OF_ANOTHER_ORG.says,  # tried, and refused
        ),
        "protect": Step(program=_program(options=", opts=pulumi.ResourceOptions(protect=True)", rest=_HALF)),
        "removal of what is protected": Step(program=_HALF, ops={"trouble": "delete"}, says=("protect",)),
        "unprotect": Step(program=_program(rest=_HALF)),
        "destroy": Step(
            ops={"trouble": "delete", "half": "delete"},
            calls=("DELETE /presets/<trouble>", "PATCH /meetings/<half> {status}"),
        ),
    },
)
