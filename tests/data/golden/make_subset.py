#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cuts the golden files down to what a fresh clone tests with: make_subset.py GOLDEN_DIR [OUT]

Numbers are copied, never recomputed. What goes: expectations of metrics evalpp does not have, printed
lines, bootstrap blocks but those of multi200, per-row statistics that an earlier option set of the same
file already states, most option sets of fuzz300, and two thirds of its texts in the tokenizer file.
"""
import json
import pathlib
import sys

SOURCE = pathlib.Path(sys.argv[1])
TARGET = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent)
TEXTS = 200  # texts of fuzz300 kept in the tokenizer file
NOT_OURS = {"nltk", "hf", "tok_mecab"}
NOT_NEEDED = {"line", "signature_short", "name", "ratio"}


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write(name, text):
    path = TARGET / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def load(name):
    return json.loads((SOURCE / name).read_text(encoding="utf-8"))


def rows(name):
    return [json.loads(line) for line in (SOURCE / name).read_text(encoding="utf-8").split("\n") if line]


def options(sets, keep, bootstrap):
    seen, out = set(), []
    for i, one in enumerate(sets):
        if not keep(i):
            continue
        one = {k: v for k, v in one.items() if k not in NOT_NEEDED}
        if "boot" in one:
            boot = one.pop("boot")
            if bootstrap:
                one["boot"] = {k: boot[k] for k in ("mean", "ci")}
        if "stats" in one:
            if compact(one["stats"]) in seen:
                del one["stats"]
            else:
                seen.add(compact(one["stats"]))
        out.append(one)
    return out


def expectations(name, keep=lambda i: True):
    whole = load(name)
    out = {}
    for key, value in whole.items():
        if key in NOT_OURS:
            continue
        if key in ("bleu", "chrf", "ter"):
            value = options(value, keep, name == "text/multi200.json")
        if key == "tok":
            value = {k: v for k, v in value.items() if k != "ja-mecab"}
        out[key] = value
    return out


for name in ("edge", "multi200", "sum300", "fuzz300", "noanswer120", "cls1000"):
    write(f"text/{name}.jsonl", "\n".join(compact(row) for row in rows(f"text/{name}.jsonl")))
for name in ("edge", "multi200", "sum300", "noanswer120", "cls1000"):
    write(f"text/{name}.json", compact(expectations(f"text/{name}.json")))
for name in ("perl.sum300", "perl.multi200.A", "perl.multi200.B"):
    write(f"text/{name}.json", compact(load(f"text/{name}.json")))

fuzz = expectations("text/fuzz300.json", lambda i: i % 7 == 0)
del fuzz["tok"], fuzz["rouge"]
for metric in ("bleu", "chrf", "ter"):
    for one in fuzz[metric]:
        one.pop("stats", None)
write("text/fuzz300.json", compact(fuzz))

tok = load("text/fuzz2000.tok.json")
unneeded = [k for k in tok["tok"] if k == "ja-mecab" or (k.endswith("cased0") and "norm1_nopunct0_asian1" not in k)]
tok["tok"] = {k: v[:TEXTS] for k, v in tok["tok"].items() if k not in unneeded}
del tok["n"]  # not the rows of a file: the first texts
write("text/fuzz300.tok.json", compact(tok))

write("json/parse.jsonl", "\n".join(json.dumps(row) for row in rows("json/parse.jsonl")))
fields = [row for i, row in enumerate(rows("json/field_f1.jsonl")) if i <= 200 or i % 4 == 0]
write("json/field_f1.jsonl", "\n".join(json.dumps(row) for row in fields))
numbers = rows("json/numbers.jsonl")
write("json/numbers.jsonl", "\n".join(json.dumps(row) for row in numbers if row.get("op") in (None, "integer")))

formats = [{k: row[k] for k in ("about", "format", "value", "valid") if k in row} for row in rows("json/formats.jsonl")]
write("json/formats.jsonl", "\n".join(json.dumps(row, separators=(",", ":")) for row in formats))
write("json/extract_repair.jsonl", "\n".join(json.dumps(row) for row in rows("json/extract_repair.jsonl")))
