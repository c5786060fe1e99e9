#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes include/evalpp/text/detail/unicode_tables.hpp from the Unicode character database.

usage: generate_unicode_tables.py [--data DIR] [--check] [OUTPUT]

DIR holds UnicodeData.txt and its companions; by default the place where Debian's package
`unicode-data` puts them. --check compares with what is there and writes nothing.

A code point's class says everything the tokenizers ask about it: the group of its general
category, whether it is cased or case-ignorable, whether it is written without spaces around it, and
the distance to its lower-case form. About a hundred classes exist; a two-stage table maps code points to
them: `class = classes[blocks[c >> shift] << shift | (c & mask)]`. Full case folding is the lower-case form
but for some three hundred code points, which have a table of their own.
"""

import argparse
import pathlib
import sys

VERSION = "15.0.0"
CODE_POINTS = 0x110000
GROUPS = {"L": 1, "M": 2, "N": 3, "P": 4, "S": 5}
CASED, CASE_IGNORABLE, UNSPACED = 8, 16, 32


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0]
        if line.strip():
            yield [field.strip() for field in line.split(";")]


def code_points(field):
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def read_database(data):
    """The flags and the lower-case distance of every code point."""
    found = (data / "PropList.txt").read_text(encoding="utf-8").splitlines()[0]
    if found != f"# PropList-{VERSION}.txt":
        sys.exit(f"{data}: Unicode {VERSION} is needed, found {found!r}")

    flags = [0] * CODE_POINTS
    delta = [0] * CODE_POINTS
    first = None
    for row in rows(data / "UnicodeData.txt"):
        code, name, category, numeric, lower = int(row[0], 16), row[1], row[2], row[8], row[13]
        group = GROUPS.get(category[0], 0)
        # "Letter or number" is the group, as Python's str.isalnum() has it.
        if numeric and group not in (GROUPS["L"], GROUPS["N"]):
            sys.exit(f"U+{code:04X} has a numeric value but is neither letter nor number")
        for c in range(first if name.endswith(", Last>") else code, code + 1):
            flags[c] = group
        first = code
        if lower:
            delta[code] = int(lower, 16) - code

    for code, name in rows(data / "DerivedCoreProperties.txt"):
        flag = {"Cased": CASED, "Case_Ignorable": CASE_IGNORABLE}.get(name, 0)
        for c in code_points(code) if flag else ():
            flags[c] |= flag

    # Letters and numbers of the scripts written without spaces between words: Han and kana, and
    # those whose lines break only with a dictionary (Thai, Lao, Khmer, Myanmar, ...).
    unspaced = set()
    for code, script in rows(data / "Scripts.txt"):
        if script in ("Han", "Hiragana", "Katakana"):
            unspaced.update(code_points(code))
    for code, scripts in rows(data / "ScriptExtensions.txt"):
        if {"Hani", "Hira", "Kana"} & set(scripts.split()):
            unspaced.update(code_points(code))
    for code, line_break in rows(data / "LineBreak.txt"):
        if line_break == "SA":
            unspaced.update(code_points(code))
    for c in unspaced:
        if flags[c] & 7 in (GROUPS["L"], GROUPS["N"]):
            flags[c] |= UNSPACED

    # The one lower-case form of more than one code point is handled by to_lower().
    several = [
        int(row[0], 16)
        for row in rows(data / "SpecialCasing.txt")
        if len(row) == 5 and " " in row[1]
    ]
    if several != [0x0130]:
        sys.exit("to_lower() knows one code point with a longer lower-case form, U+0130")
    return flags, delta


def read_folds(data, delta):
    """(code point, its full case folding) where that is not the lower-case form."""
    lines = data / "CaseFolding.txt"
    folds = {int(r[0], 16): [int(c, 16) for c in r[2].split()] for r in rows(lines) if r[1] in "CF"}
    for c in range(CODE_POINTS):  # those that fold to themselves are not listed
        if delta[c] and c not in folds:
            folds[c] = [c]
    folds = sorted((c, to) for c, to in folds.items() if to != [c + delta[c]])
    if max(max(c, *to) for c, to in folds) > 0xFFFF or max(len(to) for _, to in folds) > 3:
        sys.exit("a case folding needs more than three code points of 16 bits")
    return folds


def two_stages(values, shift):
    """Blocks of 2**shift equal ones stored once; trailing blocks that are all 0 are left out."""
    size = 1 << shift
    blocks, stored, index = [], [], {}
    for start in range(0, len(values), size):
        block = tuple(values[start : start + size])
        if block not in index:
            index[block] = len(stored)
            stored.append(block)
        blocks.append(index[block])
    while blocks and not any(stored[blocks[-1]]):
        blocks.pop()
    return blocks, [value for block in stored for value in block]


def array(type_name, name, values):
    lines = [f"inline constexpr {type_name} {name}[{len(values)}] = {{"]
    line = "   "
    for value in values:
        if len(line) + len(f" {value},") > 110:
            lines.append(line)
            line = "   "
        line += f" {value},"
    lines += [line, "};"]
    return "\n".join(lines)


def render(flags, delta, folds):
    classes = {(0, 0): 0}
    values = [classes.setdefault(key, len(classes)) for key in zip(flags, delta)]
    shift, (blocks, stored) = min(
        ((s, two_stages(values, s)) for s in range(4, 10)),
        key=lambda stages: len(stages[1][0]) * (1 if max(stages[1][0]) < 256 else 2) + len(stages[1][1]),
    )
    if len(classes) > 256:
        sys.exit("more than 256 classes: the stored classes need 16 bits now")
    block_type = "std::uint8_t" if max(blocks) < 256 else "std::uint16_t"
    return f"""\
// SPDX-License-Identifier: MIT
// Written by cmake/generate_unicode_tables.py from the Unicode character database {VERSION}. Do not edit.
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>

// clang-format off
namespace evalpp::inline EVALPP_ABI::text::detail {{

inline constexpr char unicode_table_version[] = "{VERSION}";

// Code points from here on are of class 0.
inline constexpr char32_t unicode_table_end = 0x{len(blocks) << shift:X};
inline constexpr unsigned unicode_block_shift = {shift};

// The number of each block of code points in `unicode_classes`.
{array(block_type, "unicode_blocks", blocks)}

// The class of each code point, by block.
{array("std::uint8_t", "unicode_classes", stored)}

// Of each class: the group of the general category (0 none, L 1, M 2, N 3, P 4, S 5), cased {CASED},
// case-ignorable {CASE_IGNORABLE}, written without spaces {UNSPACED}.
{array("std::uint8_t", "unicode_class_flags", [key[0] for key in classes])}

// Of each class: what to add to get the lower-case form.
{array("std::int32_t", "unicode_class_lower", [key[1] for key in classes])}

// Code points whose full case folding is not their lower-case form, ascending: each with the up to three
// code points it folds to, 0 where there are fewer.
{array("std::uint16_t", "unicode_folds", [x for c, to in folds for x in (c, *to, *[0] * (3 - len(to)))])}

}}  // namespace evalpp::inline EVALPP_ABI::text::detail
// clang-format on
"""


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Writes the Unicode tables of evalpp.")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode"))
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument(
        "output",
        type=pathlib.Path,
        nargs="?",
        default=root / "include/evalpp/text/detail/unicode_tables.hpp",
    )
    options = parser.parse_args()
    if not (options.data / "UnicodeData.txt").exists():
        sys.exit(f"{options.data}: no UnicodeData.txt; install the package unicode-data, or say --data DIR")
    flags, delta = read_database(options.data)
    text = render(flags, delta, read_folds(options.data, delta))
    if options.check:
        if options.output.read_text(encoding="utf-8") != text:
            sys.exit(f"{options.output} is not what this generator writes")
    else:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
