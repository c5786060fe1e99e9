#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The table of bench/README.md from a run of the benches.

    cmake --workflow --preset bench
    ./build/bench/bench/evalpp_bench --benchmark_format=json > run.json
    python3 cmake/bench_table.py run.json [baseline.json]

A second run (EVALPP_SIMD=baseline) adds the times of the portable kernels.
"""
import json
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return {b["name"]: b for b in json.load(file)["benchmarks"] if b.get("run_type") != "aggregate"}


def number(value):
    """Three significant digits, thousands separated."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main():
    run = read(sys.argv[1])
    portable = read(sys.argv[2]) if len(sys.argv) > 2 else {}
    peers = sorted({key[2:] for b in run.values() for key in b if key.startswith("x_")})
    heads = ["bench", "us/segment", "MB/s", "ns/token"] + (["portable us/segment"] if portable else [])
    heads += [f"x {peer}" for peer in peers]
    print("| " + " | ".join(heads) + " |")
    print("| --- |" + " ---: |" * (len(heads) - 1))
    for name, b in run.items():
        cells = [name, number(b.get("us/seg")), number(b.get("MB/s")), number(b.get("ns/tok"))]
        if portable:
            cells.append(number(portable.get(name, {}).get("us/seg")))
        cells += [number(b.get("x_" + peer)) for peer in peers]
        print("| " + " | ".join(cells) + " |")


main()
