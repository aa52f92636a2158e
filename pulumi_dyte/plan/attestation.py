"""What an environment has run: kept with its stack, as tags that any backend of Pulumi's takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from re import compile as pattern
from typing import Final, Literal, get_args

from pulumi_dyte.kinds.checks import some

Word = Literal["clean", "drifted", "failed", "targeted", "rolled-back", "destroyed"]
"""How the last run that tells something about the whole environment ended."""

KEPT: Final = 50
_WORDS: Final[frozenset[str]] = frozenset(get_args(Word))
# Pulumi Cloud takes names of 40 characters and values of 256.
_PREFIX: Final = "dyte:attested:"
_LAST_WORD: Final = "dyte:last-word"
_SLOT: Final = pattern(rf"{_PREFIX}([0-9]{{2}})")
_VALUE: Final = pattern(
    r"([0-9a-f]{64}) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)(?: ([0-9a-f]{7,64}\+?))?"
)
_SHOWN: Final = 12  # characters of a digest: enough to tell two apart


@dataclass(frozen=True, slots=True)
class Attestation:
    """That an environment was exactly as a file says: the file's digest, when (UTC, ISO 8601), and the git commit.

    The commit ends in `+` where the working tree had changes, and is empty where there is no git.
    """

    digest: str
    time: str
    commit: str = ""

    def __str__(self) -> str:
        return f"{self.digest} {self.time} {self.commit}".rstrip()


@dataclass(frozen=True, slots=True)
class Record:
    """The last attestations of an environment, each in its slot of a ring, and its last word; empty as long as it has
    run nothing. `unreadable` names tags of ours that somebody else has written.
    """

    slots: Mapping[int, Attestation] = field(default_factory=dict)
    word: Word | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the environment has run nothing yet."""
        return self.word is None and not self.slots

    def has_run(self, digest: str) -> bool:
        """Whether a digest is attested."""
        return any(each.digest == digest for each in self.slots.values())

    def attesting(self, attestation: Attestation) -> Record:
        """With one more: in the slot of an earlier one of that digest, else in a free one, else for the oldest."""
        same = [slot for slot, each in self.slots.items() if each.digest == attestation.digest]
        free = [slot for slot in range(KEPT) if slot not in self.slots]
        oldest = sorted(self.slots, key=lambda slot: (self.slots[slot].time, slot))
        return replace(self, slots={**self.slots, (same or free or oldest)[0]: attestation})

    def saying(self, word: Word) -> Record:
        """With another last word."""
        return replace(self, word=word)


def parse(tags: Mapping[str, str]) -> Record:
    """What a stack's tags tell; those that are not ours are left alone."""
    slots: dict[int, Attestation] = {}
    word: Word | None = None
    unreadable = []
    for name, text in tags.items():
        slot, value = _SLOT.fullmatch(name), _VALUE.fullmatch(text)
        if slot and value and int(slot[1]) < KEPT:
            slots[int(slot[1])] = Attestation(value[1], value[2], value[3] or "")
        elif name == _LAST_WORD and text in _WORDS:
            word = text  # type: ignore[assignment]
        elif name == _LAST_WORD or name.startswith(_PREFIX):
            unreadable.append(name)
    return Record(slots, word, tuple(sorted(unreadable)))


def format_tags(record: Record) -> dict[str, str]:
    """The tags of a record; the last word comes last, so that what it is about is there before it."""
    tags = {f"{_PREFIX}{slot:02}": str(each) for slot, each in record.slots.items()}
    return {**tags, _LAST_WORD: record.word} if record.word else tags


def refusal(source: Record, own: Record, digest: str, name: str) -> str | None:
    """Why an environment may not have a digest, with what to do; None where it may.

    `name` is that of the source. What the environment has run itself it may always have again.
    """
    if own.has_run(digest):
        return None
    if source.has_run(digest) and source.word == "clean":
        return None
    return _reason(source, digest, name) + _unreadable(source, name)


def _reason(source: Record, digest: str, name: str) -> str:
    again = f"`pulumi-dyte up -e {name}`"
    if source.is_empty:
        return f"{name} has run nothing yet: {again} first"
    match source.word:
        case "failed":
            return f"the last `up` of {name} failed, in part or as a whole: repeat {again} until it is done"
        case "targeted":
            return f"the last `up` of {name} was for some resources only: {again} without --target first"
        case "drifted":
            return f"{name} has drifted from what it ran: {again}, or mend it and `pulumi-dyte drift -e {name}`"
        case "rolled-back":
            return f"{name} was rolled back since: mend the file, or take it back too, and {again} first"
        case "destroyed":
            return f"{name} was destroyed since: {again} first"
        case None:
            return f"it is not known how the last run of {name} ended: {again} first"
    return f"{name} has not run this file (digest {digest[:_SHOWN]}): {again} first"


def _unreadable(source: Record, name: str) -> str:
    return f"; tags of stack {name} that cannot be read: {some(source.unreadable)}" if source.unreadable else ""
