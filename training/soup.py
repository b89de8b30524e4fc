"""Average trained networks: `python -m training.soup WORK WORK... --to WORK`.

Runs that began with the same weights and the same seed end near enough to each other for their mean to do better
than each of them (Wortsman et al. 2022, "Model soups"). The result is exported like any run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Write the mean of the networks of some work folders into another.

    Raises:
        SystemExit: their labels differ.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("works", nargs="+", type=Path, metavar="WORK")
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    trained = [torch.load(work / "model.pt", weights_only=True) for work in given.works]
    labels = trained[0]["labels"]
    if any(other["labels"] != labels for other in trained):
        raise SystemExit("The networks have different labels; they cannot be averaged.")
    names = trained[0]["network"]
    mean = {name: sum(run["network"][name].float() for run in trained) / len(trained) for name in names}
    given.to.mkdir(parents=True, exist_ok=True)
    torch.save({"network": mean, "labels": labels}, given.to / "model.pt")


if __name__ == "__main__":
    main()
