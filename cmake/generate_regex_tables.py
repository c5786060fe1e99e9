#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes include/evalpp/json/detail/regex_tables.hpp from the Unicode character database.

usage: generate_regex_tables.py [--data DIR] [--check] [OUTPUT]

DIR holds UnicodeData.txt and its companions; by default the place where Debian's package
`unicode-data` puts them. --check compares with what is there and writes nothing.

The tables hold every property that ECMA-262 allows in \\p{...}: general categories, scripts, script
extensions and the binary properties. Most properties are nearly unions of others (Alphabetic is nearly
L + Nl + ...), so each is stored as a few earlier ones, XORed, and the ranges that are left. Which ones is
found greedily; what is written is decoded again and compared before it leaves.
"""

import argparse
import pathlib
import sys

VERSION = "15.0.0"
ANY = (1 << 0x110000) - 1

# ECMA-262, table "Binary Unicode property aliases": name and alias.
BINARY = """
ASCII; ASCII_Hex_Digit AHex; Alphabetic Alpha; Any; Assigned; Bidi_Control Bidi_C; Bidi_Mirrored Bidi_M;
Case_Ignorable CI; Cased; Changes_When_Casefolded CWCF; Changes_When_Casemapped CWCM;
Changes_When_Lowercased CWL; Changes_When_NFKC_Casefolded CWKCF; Changes_When_Titlecased CWT;
Changes_When_Uppercased CWU; Dash; Default_Ignorable_Code_Point DI; Deprecated Dep; Diacritic Dia; Emoji;
Emoji_Component EComp; Emoji_Modifier EMod; Emoji_Modifier_Base EBase; Emoji_Presentation EPres;
Extended_Pictographic ExtPict; Extender Ext; Grapheme_Base Gr_Base; Grapheme_Extend Gr_Ext; Hex_Digit Hex;
IDS_Binary_Operator IDSB; IDS_Trinary_Operator IDST; ID_Continue IDC; ID_Start IDS; Ideographic Ideo;
Join_Control Join_C; Logical_Order_Exception LOE; Lowercase Lower; Math; Noncharacter_Code_Point NChar;
Pattern_Syntax Pat_Syn; Pattern_White_Space Pat_WS; Quotation_Mark QMark; Radical; Regional_Indicator RI;
Sentence_Terminal STerm; Soft_Dotted SD; Terminal_Punctuation Term; Unified_Ideograph UIdeo; Uppercase Upper;
Variation_Selector VS; White_Space space; XID_Continue XIDC; XID_Start XIDS
"""
# Computed first, so that the others can build on them.
EARLY = ["ASCII", "ID_Start", "Lowercase", "Uppercase", "Cased", "Grapheme_Extend", "Changes_When_Lowercased",
         "Changes_When_Uppercased", "Pattern_Syntax"]
FILES = ["PropList.txt", "DerivedCoreProperties.txt", "DerivedNormalizationProps.txt", "emoji/emoji-data.txt"]


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0]
        if line.strip():
            yield [field.strip() for field in line.split(";")]


def span(first, last):
    return (1 << last + 1) - (1 << first)


def span_of(field):
    first, _, last = field.partition("..")
    return span(int(first, 16), int(last or first, 16))


def ranges(bits):
    """First and last code point of each run of ones."""
    found, at = [], 0
    while bits:
        skip = (bits & -bits).bit_length() - 1
        bits >>= skip
        length = (~bits & (bits + 1)).bit_length() - 1
        found.append((at + skip, at + skip + length - 1))
        bits >>= length
        at += skip + length
    return found


def runs(bits):
    return (bits ^ bits << 1).bit_count() // 2


def distinct(names):
    return list(dict.fromkeys(names))


def read_categories(data):
    categories = {}
    first = None
    for row in rows(data / "UnicodeData.txt"):
        code, name, category = int(row[0], 16), row[1], row[2]
        begin = first if name.endswith(", Last>") else code
        categories[category] = categories.get(category, 0) | span(begin, code)
        first = code
    assigned = 0
    for bits in categories.values():
        assigned |= bits
    categories["Cn"] = ANY ^ assigned
    return categories


def read_binary(data):
    known = {}
    for file in FILES:
        for row in rows(data / file):
            if len(row) == 2:
                known[row[1]] = known.get(row[1], 0) | span_of(row[0])
    for row in rows(data / "UnicodeData.txt"):
        if row[9] == "Y":
            known["Bidi_Mirrored"] = known.get("Bidi_Mirrored", 0) | 1 << int(row[0], 16)
    return known


def read_database(data):
    """[(aliases, bits)] of categories, scripts, script extensions (no aliases) and binary properties."""
    found = (data / "PropList.txt").read_text(encoding="utf-8").splitlines()[0]
    if found != f"# PropList-{VERSION}.txt":
        sys.exit(f"{data}: Unicode {VERSION} is needed, found {found!r}")
    values = {"gc": {}, "sc": {}}
    for row in rows(data / "PropertyValueAliases.txt"):
        if row[0] in values:
            values[row[0]][row[1]] = row[1:]

    leaves = read_categories(data)
    categories = [(distinct(values["gc"][short]), bits) for short, bits in sorted(leaves.items())]
    groups = {short: [c for c in leaves if c[0] == short] for short in "CLMNPSZ"}
    groups["LC"] = ["Lu", "Ll", "Lt"]
    for short, members in sorted(groups.items()):
        categories.append((distinct(values["gc"][short]), sum(leaves[c] for c in members)))

    script_bits, extension_bits = {}, {}
    for code, script in rows(data / "Scripts.txt"):
        script_bits[script] = script_bits.get(script, 0) | span_of(code)
    long_name = {}
    for names in values["sc"].values():
        long_name.update({name: names[1] for name in names})
    explicit = 0
    for code, scripts in rows(data / "ScriptExtensions.txt"):
        explicit |= span_of(code)
        for script in scripts.split():
            name = long_name[script]
            extension_bits[name] = extension_bits.get(name, 0) | span_of(code)
    for name, bits in script_bits.items():
        extension_bits[name] = extension_bits.get(name, 0) | bits & ~explicit
    unknown = ANY
    for bits in script_bits.values():
        unknown ^= bits
    script_bits["Unknown"] = extension_bits["Unknown"] = unknown
    # Katakana_Or_Hiragana is the script of no code point, and ECMA-262's engines leave it out.
    names = [long_name[name] for name in sorted(values["sc"]) if long_name[name] in script_bits]
    aliases = {n[1]: distinct([n[1], *n]) for n in values["sc"].values()}
    scripts = [(aliases[name], script_bits[name]) for name in names]
    extensions = [([], extension_bits[name]) for name in names]

    known = read_binary(data)
    known.update({"Any": ANY, "ASCII": span(0, 0x7F), "Assigned": ANY ^ leaves["Cn"]})
    entries = [entry.split() for entry in BINARY.replace("\n", " ").split(";")]
    entries.sort(key=lambda names: (EARLY + names[:1]).index(names[0]))
    binary = [(names, known[names[0]]) for names in entries]
    # Any comes first of all: complements are built on it.
    binary.sort(key=lambda entry: entry[0] != ["Any"])
    return binary[:1], categories, scripts, extensions, binary[1:]


def varint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def encode(bits, bases):
    """`bases` are the candidates (number, bits); as many are taken as make it shorter."""
    taken, left = [], bits
    while runs(left) > 0:
        number, base = min(bases, key=lambda base: runs(left ^ base[1]), default=(0, 0))
        if runs(left ^ base) >= runs(left) - 1:
            break
        taken.append(number)
        left ^= base
    out = varint(len(taken)) + b"".join(map(varint, taken)) + varint(runs(left))
    end = 0
    for first, last in ranges(left):
        out += varint(first - end) + varint(last - first)
        end = last + 1
    return out


def decode(data, offsets, number):
    at = offsets[number]

    def read():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    bits = 0
    for base in [read() for _ in range(read())]:
        bits ^= decode(data, offsets, base)
    end = 0
    for _ in range(read()):
        first = end + read()
        end = first + read() + 1
        bits ^= span(first, end - 1)
    return bits


def array(type_name, name, values):
    lines = [f"inline constexpr {type_name} {name}[{len(values)}] = {{"]
    line = "   "
    for value in values:
        if len(line) + len(f" {value},") > 110:
            lines.append(line)
            line = "   "
        line += f" {value},"
    return "\n".join([*lines, line, "};"])


def string(name, data):
    lines, line = [f"inline constexpr char {name}[{len(data) + 1}] ="], '    "'
    for byte in data:
        char = f"\\{byte:03o}"
        if 0x20 <= byte < 0x7F and byte not in b'"\\?':
            char = chr(byte)
        if len(line) + len(char) > 109:
            lines.append(line + '"')
            line = '    "'
        line += char
    return "\n".join([*lines, line + '";'])


def names(name, group):
    lines = [f"inline constexpr char {name}[] ="]
    lines += [f'    " {" ".join(aliases)} \\n"' for aliases, _ in group]
    return "\n".join(lines) + ";"


def render(database):
    any_, categories, scripts, extensions, binary = database
    data, offsets, done = bytearray(), [], []

    def add(group, bases):
        first = len(done)
        for i, (_, bits) in enumerate(group):
            offsets.append(len(data))
            data.extend(encode(bits, bases(i)))
            done.append((first + i, bits))
        return first

    add(any_, lambda i: [])
    first_category = add(categories, lambda i: done)
    first_binary = add(binary, lambda i: done)
    first_script = add(scripts, lambda i: [done[0], *done[len(done) - i :]] if scripts[i][0][0] == "Unknown" else [])
    first_extension = add(extensions, lambda i: [done[first_script + i]])
    for number, bits in done:
        if decode(data, offsets, number) != bits:
            sys.exit(f"property {number} does not come back from its encoding")
    return f"""\
// SPDX-License-Identifier: MIT
// Written by cmake/generate_regex_tables.py from the Unicode character database {VERSION}. Do not edit.
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>

// clang-format off
namespace evalpp::inline EVALPP_ABI::json::detail {{

inline constexpr char regex_table_version[] = "{VERSION}";

// Properties are numbered: Any, the general categories, the other binary properties, the scripts, and the
// script extensions in the order of the scripts. Line i of the names below are those of number first + i,
// each between spaces.
inline constexpr unsigned regex_first_category = {first_category};
inline constexpr unsigned regex_first_binary = {first_binary};
inline constexpr unsigned regex_first_script = {first_script};
inline constexpr unsigned regex_first_extension = {first_extension};
{names("regex_category_names", categories)}
{names("regex_binary_names", binary)}
{names("regex_script_names", scripts)}

// Where each property begins in `regex_property_data`.
{array("std::uint16_t", "regex_property_offsets", offsets)}

// Of each property: how many others follow, their numbers, how many ranges follow; of each range how many
// code points lie before it and how many more than one it has. All XORed are the property. Numbers are LEB128.
{string("regex_property_data", data)}

}}  // namespace evalpp::inline EVALPP_ABI::json::detail
// clang-format on
"""


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Writes the property tables of evalpp's regular expressions.")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode"))
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument(
        "output",
        type=pathlib.Path,
        nargs="?",
        default=root / "include/evalpp/json/detail/regex_tables.hpp",
    )
    options = parser.parse_args()
    if not (options.data / "UnicodeData.txt").exists():
        sys.exit(f"{options.data}: no UnicodeData.txt; install the package unicode-data, or say --data DIR")
    text = render(read_database(options.data))
    if options.check:
        if options.output.read_text(encoding="utf-8") != text:
            sys.exit(f"{options.output} is not what this generator writes")
    else:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
