"""Org files as accidents and attackers leave them: real ones, with one to four things done to their bytes or lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from re import DOTALL, findall, finditer
from typing import Final

ROOT: Final = Path(__file__).parents[2]
INDICATORS: Final = [
    *"-?:,[]{}#&*!|>'\"%@`\t\r\n", " ", ": ", " #", "- ", "? ", "&a ", "*a", "<<: *a", "---\n", "...\n", "%TAG ! x\n",
    "!!str ", "!<x> ", "|2\n", ">-\n", "\\x", "\u0085", "\u2028", "\ufeff", "\x00", "\ue000", "🎥", "e\u0301", "\u202e",
]  # fmt: skip
WORDS: Final = [
    "null", "~", "''", "true", "no", "0", "-1", "1e400", "0x1F", "9" * 400, "{}", "[]", "[[]]", "{a: 1}", "<<", "x-a",
    "${A}", "${A:-b}", "${A:?m}", "${secret:A}", "${environment}", "${presets.host.name}", "${meetings.a.id}", "${",
    "${file:/etc/passwd}", "${file:..}", "$$", "$${", "'#fff'", "'#2160fd'", "101%", "host", "presets.host", "dev",
]  # fmt: skip
BYTES: Final = [b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J"]
ENCODINGS: Final = ["utf-16", "utf-16-le", "utf-32", "latin-1", "cp037", "utf-7"]

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]


def corpus() -> list[bytes]:
    """The example and README's, as often as the small ones together that tests know to be good or bad."""
    readme = (ROOT / "README.md").read_text()
    whole = [block.encode() for block in findall("```yaml\n(.*?)```", readme, DOTALL)]
    whole.append((ROOT / "examples/acme/dyte.yaml").read_bytes())
    small = [path.read_bytes() for path in sorted((ROOT / "tests/org/corpus").rglob("*.yaml"))]
    return [*whole * (len(small) // len(whole)), *small]


def mutated(random: Random, files: Sequence[bytes]) -> bytes:
    """One of the files, changed one to four times."""
    data = random.choice(files)
    for _ in range(random.randint(1, 4)):
        data = random.choice(MUTATIONS)(random, data, files)
    return data


def _flip(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.randint(1, 60) :]


def _repeat(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at, length = random.randrange(len(data) + 1), random.randint(1, 60)
    return data[: at + length] + data[at : at + length] * random.choice([1, 1, 3, 300]) + data[at + length :]


def _insert(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice([*(text.encode() for text in INDICATORS), *BYTES]) + data[at:]


def _encode(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data.decode(errors="replace").encode(random.choice(ENCODINGS), errors="replace")


def _end_lines(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", random.choice([b"\r", b"\r\n", "\u0085".encode(), "\u2028".encode(), b"\n\n", b" "]))


def _splice(random: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    return _start(random, data) + random.choice(files)[len(_start(random, data)) :]


def _start(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: random.randint(0, len(lines))])


def _line(random: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """Drop, repeat, move, indent or outdent a line, or take one from another file."""
    lines = data.splitlines(keepends=True) or [b""]
    at = random.randrange(len(lines))
    line, elsewhere = lines[at], random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(elsewhere, line)
        case 2:
            lines.insert(elsewhere, lines.pop(at))
        case 3:
            lines[at] = b" " * random.randint(1, 4) + line
        case 4:
            lines[at] = line[random.randint(1, 2) :]
        case _:
            lines.insert(at, random.choice(random.choice(files).splitlines(keepends=True)))
    return b"".join(lines)


def _word(random: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """Put a word of another file, or one that means something, where a word stands: what gets past the parser."""
    words = list(finditer(rb"[\w.$\-]+", data))
    if not words:
        return data
    other = findall(rb"[\w.$\-]+", random.choice(files))
    word = random.choice(words)
    new = random.choice(other) if random.random() < 0.5 else random.choice(WORDS).encode()
    return data[: word.start()] + new + data[word.end() :]


def _value(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Put something else where a value begins, up to the end of its line."""
    values = list(finditer(rb": [^\n]*", data))
    if not values:
        return data
    value = random.choice(values)
    new = random.choice([*WORDS, _deep(random), "a" * random.choice([2_000, 1_100_000]), "{" + "a, " * 300 + "}"])
    return data[: value.start()] + b": " + new.encode() + data[value.end() :]


def _deep(random: Random) -> str:
    opening, closing = random.choice([("[", "]"), ("{a: ", "}"), ("[[", "]]"), ("{? ", "}")])
    depth = random.choice([10, 49, 60, 5000])
    return opening * depth + random.choice([closing * depth, ""])


def _bomb(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Aliases of aliases, as lists, maps and merge keys, sometimes where a preset takes them up."""
    width, levels = random.choice([(2, 30), (9, 9), (300, 3)])
    shape, merging = random.choice([("[{}]", ""), ("{{k: [{}]}}", ""), ("{{<<: [{}]}}", "<<: ")])
    lines = ["x-bomb0: &bomb0 {name: a, permissions: {can_record: true}}"]
    lines += [
        f"x-bomb{level}: &bomb{level} " + shape.format(", ".join([f"*bomb{level - 1}"] * width))
        for level in range(1, levels)
    ]
    use = f"presets: {{bomb: {{{merging or 'config: '}*bomb{random.randrange(levels)}}}}}"
    return "\n".join([*lines, use, ""]).encode() + data


MUTATIONS: Final[Sequence[Mutation]] = (
    *(_flip, _cut, _repeat, _insert, _insert, _encode, _end_lines, _splice, _bomb, _value),
    *(_line, _line, _line, _line, _word, _word, _word, _word, _word, _word),
)
