"""Trains the sentence splitter: python -m training.boundaries TREEBANK... --dev TREEBANK... --out boundaries.npz."""

from __future__ import annotations

import argparse
import copy
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn

from dragoman.reading.boundaries import CONTEXT, DILATIONS, OWN, Alphabet, Units, own_features, pieces, units_of
from training.raw_text import raw_text
from training.treebanks import read_conllu

BUCKETS = 16


def alphabet_of(texts: list[str], least: int) -> list[str]:
    """The features met at least so often, the unknown and the edge of each group, and the buckets of the context."""
    counts: Counter[str] = Counter()
    for text in texts:
        for run in text.split():
            start = 0
            for end in pieces(run):
                counts.update(own_features(run[start:end], end < len(run)))
                start = end
    names = [f"{group} {name}" for group in OWN for name in ("?", "edge")]
    names += sorted(name for name, count in counts.items() if count >= (least if name[0] in "we" else 2))
    return names + [f"{group} {bucket}" for group in CONTEXT for bucket in range(BUCKETS)]


class Network(nn.Module):
    """The same arithmetic as `reading.boundaries`."""

    def __init__(self, names: int, width: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.vectors = nn.Embedding(names, width)
        nn.init.normal_(self.vectors.weight, std=0.15)
        sizes = [width] + [hidden] * len(DILATIONS)
        self.layers = nn.ModuleList(
            nn.Conv1d(a, b, 5, dilation=d, padding=2 * d) for a, b, d in zip(sizes, sizes[1:], DILATIONS, strict=False)
        )
        self.out = nn.Linear(2 * hidden, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        hidden = self.dropout(self.vectors(features).sum(2)).transpose(1, 2)
        for layer in self.layers:
            made = torch.relu(layer(hidden))
            hidden = hidden + made if made.shape == hidden.shape else made
        hidden = self.dropout(hidden)
        following = torch.cat([hidden[:, :, 1:], torch.zeros_like(hidden[:, :, :1])], 2)
        return self.out(torch.cat([hidden, following], 1).transpose(1, 2)).squeeze(2)


def targets(units: Units, ends: set[int]) -> np.ndarray:
    return np.array([end in ends for end in units.ends.tolist()], dtype=np.float32) * ~units.edges


def export(network: Network, names: list[str], path: Path) -> None:
    """Vectors and kernels as bytes with a scale each (column by column), the rest as it is."""
    arrays: dict[str, np.ndarray] = {"names": np.frombuffer("\n".join(names).encode(), dtype=np.uint8)}

    def pack(name: str, values: np.ndarray) -> None:
        scale = np.abs(values).max(axis=0, keepdims=True) / 127
        arrays[name] = np.round(values / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)

    pack("vectors", network.vectors.weight.detach().numpy())
    for number, layer in enumerate(network.layers):
        pack(f"kernel{number}", layer.weight.detach().permute(2, 1, 0).reshape(-1, layer.out_channels).numpy())
        arrays[f"offset{number}"] = layer.bias.detach().numpy()
    arrays["out"] = network.out.weight.detach().numpy()[0]
    arrays["bias"] = network.out.bias.detach().numpy()
    arrays["licence"] = np.frombuffer(
        b"CC BY-SA 4.0: made from UD English EWT and GUM, see boundaries.md", dtype=np.uint8
    )
    np.savez_compressed(path, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", nargs="+", type=Path)
    parser.add_argument("--dev", nargs="*", default=[], type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--width", type=int, default=24)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--unknown", type=float, default=0.2)
    parser.add_argument("--joined", type=float, default=0.15, help="share of line ends taken away in every other epoch")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    random.seed(given.seed)
    raws = [raw_text(read_conllu(path)) for path in given.treebanks]
    names = alphabet_of([raw[0] for raw in raws], given.least)
    alphabet = Alphabet(names)
    variants = []
    for share in (0.0, given.joined, 0.0, 2 * given.joined):
        streams = []
        for text, spans, _ in raws:
            text = re.sub("\n\n", lambda found, share=share: "  " if random.random() < share else found.group(), text)
            units = units_of(text, alphabet)
            target = targets(units, {end for _, end in spans})
            streams.append((torch.tensor(units.features), torch.tensor(target), torch.tensor(units.edges)))
        variants.append(streams)
    dev = []
    for path in given.dev:
        text, spans, _ = raw_text(read_conllu(path))
        units = units_of(text, alphabet)
        dev.append((path.name, units, torch.tensor(units.features), targets(units, {end for _, end in spans}), spans))
    network = Network(len(names), given.width, given.hidden, given.dropout)
    mean = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=given.rate, weight_decay=given.decay)
    length, batch = 128, 16
    steps = given.epochs * sum(len(stream[0]) for stream in variants[0]) // (length * batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, given.rate, total_steps=steps + given.epochs * 4, pct_start=0.1
    )
    for epoch in range(given.epochs):
        network.train()
        chunks = []
        for features, target, edges in variants[epoch % len(variants)]:
            start = random.randrange(length)
            chunks += [
                (features[a : a + length], target[a : a + length], edges[a : a + length])
                for a in range(start, len(features) - length, length)
            ]
        random.shuffle(chunks)
        total = 0.0
        for a in range(0, len(chunks) - batch + 1, batch):
            features, target, edges = (torch.stack(part) for part in zip(*chunks[a : a + batch], strict=True))
            features = features.clone()
            hidden = (torch.rand(features.shape[:2]) < given.unknown) & ~edges
            features[:, :, 0][hidden] = alphabet.index["w ?"]
            hidden = (torch.rand(features.shape[:2]) < given.unknown) & ~edges
            features[:, :, 4][hidden] = alphabet.index["e ?"]
            line_end = torch.cat([edges[:, 1:], torch.ones_like(edges[:, :1])], 1) | edges
            loss = nn.functional.binary_cross_entropy_with_logits(network(features), target, reduction="none")
            loss = (loss * torch.where(line_end, 0.02, 1.0)).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for kept, made in zip(mean.parameters(), network.parameters(), strict=True):
                    kept.lerp_(made, 0.01 if epoch > given.epochs // 2 else 1.0)
            total += loss.item()
        mean.eval()
        report = [f"epoch {epoch + 1} loss {1000 * total / (len(chunks) // batch):.2f}"]
        for name, units, features, _, spans in dev:
            with torch.no_grad():
                chance = torch.sigmoid(mean(features[None]))[0].numpy()
            report.append(f"{name.split('.')[0]} {score(units, chance, spans):.2f}")
        print(*report, flush=True)
    export(mean, names, given.out)


def score(units: Units, chance: np.ndarray, spans: list[tuple[int, int]], threshold: float = 0.5) -> float:
    """Sentence F1 with nothing but a threshold."""
    line_end = np.append(units.edges[1:], True)
    cuts = (chance > threshold) | line_end
    found, start = set(), None
    for first, last, edge, cut in zip(
        units.starts.tolist(), units.ends.tolist(), units.edges.tolist(), cuts.tolist(), strict=True
    ):
        if edge:
            continue
        start = first if start is None else start
        if cut:
            found.add((start, last))
            start = None
    gold = set(spans)
    return 200 * len(found & gold) / (len(found) + len(gold))


if __name__ == "__main__":
    main()
