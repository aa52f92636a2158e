"""The result of `init`."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_dyte.org.sources import DEFAULT


def text(file: str, holding: str, environment: str, unset: Sequence[str] = ()) -> str:
    """What was written, and the commands that come next; `unset` are variables that have to be set for them."""
    named = "" if file == DEFAULT else f" -f {file}"
    setting = (
        f"  pulumi-dyte preview{named} -e {environment} --sandbox  # tries it out; nothing has to be set",
        f"  export {' '.join(f'{name}=…' for name in unset)}",
    )
    return "\n".join(
        (
            f"{file}: {holding}",
            "next:",
            f"  pulumi-dyte validate{named} --no-env",
            *(setting if unset else ()),
            f"  pulumi-dyte preview{named} -e {environment}",
            f"  pulumi-dyte up{named} -e {environment}",
        )
    )
