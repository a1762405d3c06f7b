#!/usr/bin/env python3
"""Puts both sides' results beside each other and checks that their losses agree: table.py SEGUE.json PYTORCH.json

Ends with 1 where losses differ by more than the tolerance of the lower precision.
"""

import json
import sys

# Of the first losses, relative: 32-bit floats differ by the order of sums, bfloat16 by 8 bits in every product.
TOLERANCE = {"float32": 1e-3, "tf32": 5e-3, "bfloat16": 2e-2}
PEERS = {"bfloat16": "eager-bfloat16", "tf32": "eager-float32", "float32": "eager-float32"}


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: table.py SEGUE.json PYTORCH.json")
    with open(sys.argv[1]) as ours, open(sys.argv[2]) as theirs:
        segue, peer = json.load(ours), json.load(theirs)
    peers = {(case["case"], case["mode"]): case for case in peer["cases"]}
    print(f"Segue on {segue['cases'][0]['backend']}; PyTorch {peer['torch']} on {peer['device']}\n")
    print("| case | precision | Segue, ms | PyTorch eager, ms | by events | torch.compile, ms | eager / Segue | compile / Segue |")
    print("|---|---|---|---|---|---|---|---|")
    bad = []
    for case in segue["cases"]:
        eager = peers.get((case["case"], PEERS[case["precision"]]), {})
        compiled = peers.get((case["case"], "compile-bfloat16"), {}) if case["precision"] == "bfloat16" else {}
        mine = case["medianMillis"]
        print("| " + " | ".join([
            case["case"], case["precision"], f"{mine:.3f}", cell(eager, "medianMillis"), cell(eager, "eventMedianMillis"),
            cell(compiled, "medianMillis"), ratio(eager, mine), ratio(compiled, mine)]) + " |")
        if not case["case"].startswith("ranking"):
            bad += differences(case, eager)
    for line in bad:
        print(line, file=sys.stderr)
    sys.exit(1 if bad else 0)


def cell(case, key):
    value = case.get(key)
    return "not measured" if value is None else f"{value:.3f}"


def ratio(case, mine):
    value = case.get("medianMillis")
    return "" if value is None else f"{value / mine:.2f}"


def differences(case, eager):
    tolerance = TOLERANCE[case["precision"]]
    pairs = zip(case["losses"], eager.get("losses", []))
    return [
        f"losses differ: {case['case']} {case['precision']}, step {i + 1}: Segue {a}, PyTorch {b}"
        for i, (a, b) in enumerate(pairs)
        if not abs(a - b) <= tolerance * max(abs(b), 0.1)
    ]


if __name__ == "__main__":
    main()
