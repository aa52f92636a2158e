"""The native provider as an explicit resource: several orgs in one program."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output


class Provider(pulumi.ProviderResource):
    """One org on one platform. Without any, a program uses `DYTE_*` variables or the stack's configuration.

    Environment variables win over these arguments, but only where `DYTE_ORG_ID` names the same org.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        org_id: Input[str] | None = None,
        api_key: Input[str] | None = None,
        base_url: Input[str] | None = None,
        platform: Input[str] | None = None,
        timeout: Input[float] | None = None,
        rate_limit: Input[int] | None = None,
        adopt_existing: Input[bool] | None = None,
    ) -> None:
        """One connection.

        :param resource_name: the name in the Pulumi program.
        :param org_id: id of the org.
        :param api_key: the org's API key; encrypted in state.
        :param base_url: address of the API; plain http only on this machine.
        :param platform: which platform serves the org; dyte.
        :param timeout: seconds that one operation may take in all; 60 without.
        :param rate_limit: the platform's limit in requests a minute, of which 90 % are used.
        :param adopt_existing: take over objects of the same natural key instead of failing.
        """
        texts = {"orgId": org_id, "baseUrl": base_url, "platform": platform}
        # The protocol carries a provider's other inputs as JSON text.
        others = {"timeout": timeout, "rateLimit": rate_limit, "adoptExisting": adopt_existing}
        super().__init__(
            "dyte",
            resource_name,
            {
                **texts,
                "apiKey": None if api_key is None else Output.secret(api_key),
                **{key: Output.json_dumps(value) for key, value in others.items() if value is not None},
            },
            opts,
        )
