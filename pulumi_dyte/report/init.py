"""The result of `init`."""

from __future__ import annotations

from pulumi_dyte.org.sources import DEFAULT


def text(file: str, holding: str, environment: str) -> str:
    """What was written, and the commands that come next."""
    named = "" if file == DEFAULT else f" -f {file}"
    return "\n".join(
        (
            f"{file}: {holding}",
            "next:",
            f"  pulumi-dyte validate{named} --no-env",
            f"  pulumi-dyte preview{named} -e {environment}",
            f"  pulumi-dyte up{named} -e {environment}",
        )
    )
