"""The digest of what an org file declares: equal for equal files, whatever the environment and the order of keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

_LEFT_OUT: Final = "environments"  # what another environment has run is asked for by this digest


def digest(file: Mapping[str, Any], contents: Mapping[str, bytes] | None = None) -> str:
    """The SHA-256 of a file as plain data: after `extends`, with every `${…}` as written.

    `contents` are those of the files that `${file:path}` names, by path. Raises TypeError for what JSON has not.
    """
    written = {key: value for key, value in file.items() if key != _LEFT_OUT}
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in (contents or {}).items()}
    text = json.dumps([written, hashes], sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
