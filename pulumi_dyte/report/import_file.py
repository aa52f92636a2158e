"""Drafts as the file that `pulumi import` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pulumi_dyte.org.draft import Draft
from pulumi_dyte.provider.names import token
from pulumi_dyte.report.drafts import in_order, owner, resource_name


def as_import_file(drafts: Sequence[Draft]) -> str:
    """JSON for `pulumi import --file FILE --generate-code=false`.

    Without `--generate-code=false` the engine prints a declaration of everything, in which secrets stand in clear
    (docs/native.md). A participant's meeting must be among the drafts.
    """
    ids = {draft.address: draft.id for draft in drafts}
    resources = [
        {
            "type": token(draft.kind),
            "name": resource_name(draft),
            "id": f"{ids[owner(draft)]}/{draft.id}" if draft.kind.parent else draft.id,
        }
        for draft in in_order(drafts)
    ]
    return json.dumps({"resources": resources}, indent=2) + "\n"
