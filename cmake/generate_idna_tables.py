#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes include/evalpp/json/detail/idna_tables.hpp from the Unicode character database.

usage: generate_idna_tables.py [--data DIR] [--check] [OUTPUT]

DIR and --check are those of generate_unicode_tables.py. What IDNA2008 (RFC 5892, 5893) asks about code
points: whether a label may contain them (two bits each, in two stages), and, of those it may contain,
the properties that its rules for whole labels look at (runs of code points with the same ones), and
their canonical compositions. Code points that no label may contain have no properties here: a run
goes on over them.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
from generate_unicode_tables import CODE_POINTS, VERSION, array, code_points, rows, two_stages

DISALLOWED, PVALID, CONTEXTJ, CONTEXTO = range(4)
PER_BYTE = 4  # categories

# RFC 5892 section 2.6.
EXCEPTIONS = dict.fromkeys((0x00DF, 0x03C2, 0x06FD, 0x06FE, 0x0F0B, 0x3007), PVALID)
EXCEPTIONS |= dict.fromkeys((0x00B7, 0x0375, 0x05F3, 0x05F4, 0x30FB), CONTEXTO)
EXCEPTIONS |= dict.fromkeys((*range(0x0660, 0x066A), *range(0x06F0, 0x06FA)), CONTEXTO)
EXCEPTIONS |= dict.fromkeys((0x0640, 0x07FA, 0x302E, 0x302F, *range(0x3031, 0x3036), 0x303B), DISALLOWED)
IGNORABLE_BLOCKS = (range(0x20D0, 0x2100), range(0x1D100, 0x1D200), range(0x1D200, 0x1D250))
LETTERS_AND_DIGITS = ("Ll", "Lu", "Lo", "Nd", "Lm", "Mn", "Mc")

# Bits, so that the rules of RFC 5893 are sets. What else exists is in no label.
BIDI = {"L": 1, "R": 2, "AL": 4, "AN": 8, "EN": 16, "ES": 32, "ON": 64, "BN": 128, "NSM": 256}
# Joins to what follows 1, to what precedes 2, is transparent to joining 4.
JOINING = {"L": 1, "R": 2, "D": 3, "T": 4}
SCRIPTS = {"Greek": 1, "Hebrew": 2, "Hiragana": 3, "Katakana": 3, "Han": 3}


class database:
    def __init__(self, data):
        self.data = data
        self.general = ["Cn"] * CODE_POINTS
        self.combining = [0] * CODE_POINTS
        self.decomposition = {}
        first = None
        for row in rows(data / "UnicodeData.txt"):
            code = int(row[0], 16)
            for c in range(first if row[1].endswith(", Last>") else code, code + 1):
                self.general[c] = row[2]
                self.combining[c] = int(row[3])
            if row[5] and not row[5].startswith("<"):
                self.decomposition[code] = [int(c, 16) for c in row[5].split()]
            first = code

    def values(self, file):
        """Code points with the value that a file gives them."""
        return {c: row[1] for row in rows(self.data / file) for c in code_points(row[0])}

    def having(self, file, *names):
        return {c for row in rows(self.data / file) if row[1] in names for c in code_points(row[0])}

    def canonical(self, code):
        parts = self.decomposition.get(code, [])
        return [c for part in parts for c in self.canonical(part)] if parts else [code]


def categories(ucd):
    """RFC 5892 section 3, in its order. UNASSIGNED is DISALLOWED here: a label may contain neither."""
    join_control = ucd.having("PropList.txt", "Join_Control")
    # cp != NFKC(casefold(NFKC(cp))), or ignorable by default, which is disallowed just the same.
    unstable = ucd.having("DerivedNormalizationProps.txt", "NFKC_CF")
    ignorable = ucd.having("PropList.txt", "White_Space", "Noncharacter_Code_Point")
    ignorable |= ucd.having("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    old_jamo = ucd.having("HangulSyllableType.txt", "L", "V", "T")

    def category(c):
        if c in EXCEPTIONS:
            return EXCEPTIONS[c]
        if ucd.general[c] == "Cn":
            return DISALLOWED
        if c < 0x80 and (chr(c) == "-" or chr(c).isdigit() or chr(c).islower()):
            return PVALID
        if c in join_control:
            return CONTEXTJ
        if c in unstable or c in ignorable or any(c in block for block in IGNORABLE_BLOCKS) or c in old_jamo:
            return DISALLOWED
        return PVALID if ucd.general[c] in LETTERS_AND_DIGITS else DISALLOWED

    return [category(c) for c in range(CODE_POINTS)]


def property_runs(ucd, allowed):
    """The first code point of each run, its class, and the classes."""
    bidi = ucd.values("extracted/DerivedBidiClass.txt")
    joining = ucd.values("extracted/DerivedJoiningType.txt")
    script = ucd.values("Scripts.txt")
    composes = {c for c, value in quick_check(ucd).items() if value == "M"}
    runs, classes = [], {}
    for c in allowed:
        key = (
            BIDI[bidi[c]],
            ucd.combining[c],
            JOINING.get(joining.get(c), 0),
            SCRIPTS.get(script.get(c), 0),
            int(c in composes),
        )
        number = classes.setdefault(key, len(classes))
        if not runs or runs[-1][1] != number:
            runs.append((c, number))
    if len(classes) > 128:
        sys.exit("more than 128 classes: a run has 7 bits for its class")
    return runs, list(classes)


def quick_check(ucd):
    path = ucd.data / "DerivedNormalizationProps.txt"
    return {c: row[2] for row in rows(path) if row[1] == "NFC_QC" for c in code_points(row[0])}


def compositions(ucd, allowed):
    """(first, second, composite) of all that can come up when a label is normalized, by composite."""
    check = quick_check(ucd)
    parts = {part for c in allowed for part in ucd.canonical(c)}
    if any(check.get(c) == "N" or len(ucd.canonical(c)) > 3 for c in allowed) or not parts <= set(allowed):
        sys.exit("a label may contain what is not in NFC by itself, or decomposes into more than is_nfc() holds")
    found = sorted(
        (c, *pair)
        for c, pair in ucd.decomposition.items()
        if len(pair) == 2 and check.get(c) != "N" and parts.issuperset(ucd.canonical(c))
    )
    if not {c for c in allowed if c in ucd.decomposition} <= {c for c, _, _ in found}:
        sys.exit("a label may contain what decomposes and is not composed again")
    return [(first, second, c) for c, first, second in found]


def render(ucd):
    category = categories(ucd)
    allowed = [c for c in range(CODE_POINTS) if category[c] != DISALLOWED]
    shift, (blocks, stored) = min(
        ((s, two_stages(category, s)) for s in range(4, 10)),
        key=lambda stages: len(stages[1][0]) * (1 if max(stages[1][0]) < 256 else 2) + len(stages[1][1]) // PER_BYTE,
    )
    packed = [
        sum(value << 2 * i for i, value in enumerate(stored[at : at + PER_BYTE]))
        for at in range(0, len(stored), PER_BYTE)
    ]
    block_type = "std::uint8_t" if max(blocks) < 256 else "std::uint16_t"
    runs, classes = property_runs(ucd, allowed)
    composed = compositions(ucd, allowed)
    by_pair = sorted(range(len(composed)), key=lambda i: composed[i])
    text = lambda values: "{" + ", ".join(map(str, values)) + "}"
    return f"""\
// SPDX-License-Identifier: MIT
// Written by cmake/generate_idna_tables.py from the Unicode character database {VERSION}. Do not edit.
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>

// clang-format off
namespace evalpp::inline EVALPP_ABI::json::detail {{

inline constexpr char idna_table_version[] = "{VERSION}";

// Code points from here on are in no label.
inline constexpr char32_t idna_table_end = 0x{len(blocks) << shift:X};
inline constexpr unsigned idna_block_shift = {shift};

// The number of each block of code points in `idna_categories`.
{array(block_type, "idna_blocks", blocks)}

// The category of each code point by block, four to a byte from the lowest bits on: {DISALLOWED} disallowed or
// unassigned, {PVALID} PVALID, {CONTEXTJ} CONTEXTJ, {CONTEXTO} CONTEXTO.
{array("std::uint8_t", "idna_categories", packed)}

// What the rules for labels look at. Bidi class: {", ".join(f"{name} {bit}" for name, bit in BIDI.items())}.
// Joining: 1 to what follows (L, D), 2 to what precedes (R, D), 4 transparent (T). Script: 1 Greek,
// 2 Hebrew, 3 Hiragana, Katakana or Han. Composes: NFC_Quick_Check=Maybe.
struct idna_properties {{
  std::uint16_t bidi;
  std::uint8_t combining_class;
  std::uint8_t joining;
  std::uint8_t script;
  bool composes;
}};

{array("idna_properties", "idna_classes", [text((*key[:4], "true" if key[4] else "false")) for key in classes])}

// Runs of code points that have the same properties, in order: the first one << 7 | the class.
{array("std::uint32_t", "idna_runs", [first << 7 | number for first, number in runs])}

struct idna_composition {{
  char32_t first;
  char32_t second;
  char32_t composite;
}};

// The canonical compositions of what labels contain, by composite.
{array("idna_composition", "idna_compositions", [text(entry) for entry in composed])}

// Their order by first and second.
{array("std::uint16_t", "idna_compositions_by_pair", by_pair)}

}}  // namespace evalpp::inline EVALPP_ABI::json::detail
// clang-format on
"""



def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Writes the IDNA tables of evalpp.")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode"))
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument(
        "output", type=pathlib.Path, nargs="?", default=root / "include/evalpp/json/detail/idna_tables.hpp"
    )
    options = parser.parse_args()
    if not (options.data / "UnicodeData.txt").exists():
        sys.exit(f"{options.data}: no UnicodeData.txt; install the package unicode-data, or say --data DIR")
    found = (options.data / "PropList.txt").read_text(encoding="utf-8").splitlines()[0]
    if found != f"# PropList-{VERSION}.txt":
        sys.exit(f"{options.data}: Unicode {VERSION} is needed, found {found!r}")
    text = render(database(options.data))
    if options.check:
        if options.output.read_text(encoding="utf-8") != text:
            sys.exit(f"{options.output} is not what this generator writes")
    else:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
