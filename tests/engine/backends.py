"""Places where state may be kept: a folder, and a bucket of moto's server on this machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx


@dataclass(frozen=True)
class FileBackend:
    """A folder."""

    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"file://{self.folder}"

    def contents(self) -> dict[str, bytes]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}

    def put(self, key: str, content: str) -> None:
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


@dataclass(frozen=True)
class Aws:
    """An S3 with one bucket, and a key service. `variables` are what lets a client in, and leads it here."""

    address: str
    bucket: str = "state"

    @property
    def url(self) -> str:
        """The bucket, as Pulumi names it."""
        return f"s3://{self.bucket}?endpoint={self.address}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1"

    @property
    def variables(self) -> Mapping[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "canary-aws-secret",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_KMS": f"http://{self.address}",
        }

    def reset(self) -> None:
        """Nothing but an empty bucket."""
        self._ask("s3", "POST", "moto-api/reset")
        self._ask("s3", "PUT", self.bucket)

    def contents(self) -> dict[str, bytes]:
        keys = re.findall(r"<Key>(.*?)</Key>", self._ask("s3", "GET", self.bucket).text)
        return {key: self._ask("s3", "GET", f"{self.bucket}/{key}").content for key in keys}

    def put(self, key: str, content: str) -> None:
        self._ask("s3", "PUT", f"{self.bucket}/{key}", content)

    def make_key(self) -> str:
        """A new key of the key service, as Pulumi names a secrets provider."""
        headers = {"X-Amz-Target": "TrentService.CreateKey", "Content-Type": "application/x-amz-json-1.1"}
        made = self._ask("kms", "POST", "", "{}", headers).json()["KeyMetadata"]
        return f"awskms:///{made['KeyId']}?region=us-east-1&awssdk=v2"

    def _ask(
        self, service: str, method: str, path: str, content: str = "", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """An answer of the server, which looks at who asks, and at no signature."""
        credential = f"Credential=test/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        signed = {**(headers or {}), "Authorization": f"AWS4-HMAC-SHA256 {credential}"}
        answer = httpx.request(method, f"http://{self.address}/{path}", content=content, headers=signed)
        return answer.raise_for_status()
