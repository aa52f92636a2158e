"""Whether a Diff can be answered from the structs as they came: most resources of most runs have not changed."""

from __future__ import annotations

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto.provider_pb2 import DiffRequest

from pulumi_dyte.kinds.types import Group
from pulumi_dyte.provider.names import fields_by_either_name


def is_unchanged(type_: Group, request: DiffRequest) -> bool:
    """True only if the declaration is the one applied and the outputs hold it letter by letter.

    False says nothing: spelling may differ, and the lifecycle decides.
    """
    return bool(request.old_inputs == request.news) and _holds(type_, request.olds, request.news)


def _holds(type_: Group, observed: Struct, declared: Struct) -> bool:
    """Whether every declared field is there and equal; own-key maps and lists as a whole."""
    fields = fields_by_either_name(type_)
    for key, wanted in declared.fields.items():
        if key not in observed.fields:
            return False
        found, field = observed.fields[key], fields.get(key)
        if found == wanted:
            continue
        if field is None or not isinstance(field.type, Group):
            return False
        if not (found.HasField("struct_value") and wanted.HasField("struct_value")):
            return False
        if not _holds(field.type, found.struct_value, wanted.struct_value):
            return False
    return True
