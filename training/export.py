"""Write the trained network as the ONNX file that ships: `python -m training.export --work DIR --to FOLDER`.

The graph is written by hand, one sentence at a time and without padding, so that a sentence's
result can depend on nothing but itself. Matrix products are quantised dynamically to 8 bits, the
weights per column to 7 of them, so that processors without VNNI, whose 16-bit sums would overflow,
compute the same. `--float` writes the 32-bit graph that `make bench-reading` compares with.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.network import ARC_WIDTH, HEADS, LABEL_WIDTH, LAYERS
from training.train import training_sentences

MICROSOFT = "com.microsoft"
REDUCED = 63
Weights = dict[str, np.ndarray]


class Graph:
    """Nodes and constants of the graph being written."""

    def __init__(self, quantised: bool) -> None:
        self.quantised = quantised
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.count = 0

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> Any:
        self.count += 1
        names = [f"n{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray | None, exact: bool = False) -> str:
        """x times weight transposed, plus bias; 8-bit where the graph is quantised, unless `exact`."""
        matrix = weight.T.astype(np.float32)
        if exact or not self.quantised:
            product = self.add("MatMul", x, self.constant(matrix))
            return product if bias is None else self.add("Add", product, self.constant(bias.astype(np.float32)))
        scale = np.maximum(np.abs(matrix).max(0), 1e-8) / REDUCED
        rounded = np.clip(np.round(matrix / scale), -REDUCED, REDUCED).astype(np.int8)
        inputs = [x, self.constant(rounded), self.constant(scale.astype(np.float32))]
        inputs += [self.constant(np.zeros(len(scale), np.int8))]
        if bias is not None:
            inputs.append(self.constant(bias.astype(np.float32)))
        return self.add("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT)

    def table(self, rows: np.ndarray, ids: str) -> str:
        """Rows of an embedding table; 8-bit with a scale a row where the graph is quantised."""
        if not self.quantised:
            return self.add("Gather", self.constant(rows.astype(np.float32)), ids)
        scale = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-8) / 127
        rounded = np.round(rows / scale).astype(np.int8)
        values = self.add("Cast", self.add("Gather", self.constant(rounded), ids), to=TensorProto.FLOAT)
        return self.add("Mul", values, self.add("Gather", self.constant(scale.astype(np.float32)), ids))


def _norm(graph: Graph, x: str, skip: str, weights: Weights, name: str) -> str:
    gamma, beta = (graph.constant(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.add("LayerNormalization", graph.add("Add", x, skip), gamma, beta, axis=-1, epsilon=1e-12)


def _layer(graph: Graph, x: str, weights: Weights, name: str) -> str:
    def linear(value: str, part: str) -> str:
        return graph.linear(value, weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"])

    batch_axis = graph.constant(np.array([0], np.int64))
    packed = graph.add("Unsqueeze", linear(x, "qkv"), batch_axis)
    q, k, v = graph.add("Split", packed, outputs=3, axis=-1, num_outputs=3)
    attended = graph.add("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=HEADS)
    attended = graph.add("Squeeze", attended, batch_axis)
    x = _norm(graph, linear(attended, "out"), x, weights, f"{name}.norm1")
    inner = graph.add("Gelu", linear(x, "up"), domain=MICROSOFT)
    return _norm(graph, linear(inner, "down"), x, weights, f"{name}.norm2")


def build(weights: Weights, quantised: bool, root: int) -> onnx.ModelProto:
    """The whole graph; `weights` are the network's state, 32-bit, `root` the number of the relation "root"."""
    graph = Graph(quantised)
    embedded = graph.table(weights["words.weight"], "ids")
    length = graph.add("Shape", "ids")
    zero = graph.constant(np.array([0], np.int64))
    table = (weights["positions.weight"] + weights["segment"]).astype(np.float32)
    positions = graph.add("Slice", graph.constant(table), zero, length)
    shapes = graph.add("Gather", graph.constant(weights["shapes.weight"]), "shapes")
    x = _norm(graph, graph.add("Add", embedded, shapes), positions, weights, "norm")
    states = [graph.add("Gather", x, "first")]
    for number in range(LAYERS):
        x = _layer(graph, x, weights, f"layers.{number}")
        states.append(graph.add("Gather", x, "first"))
    outputs = {"vectors": states[-1], "meaning": graph.add("ReduceMean", x, zero, keepdims=0)}
    outputs |= _heads(graph, states, weights, root)
    for name, value in outputs.items():
        graph.nodes.append(helper.make_node("Identity", [value], [name]))
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, [None]) for n in ("ids", "shapes", "first", "word_shapes")
    ]
    made = helper.make_graph(
        graph.nodes,
        "dragoman-english",
        inputs,
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs],
        graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)])
    model.ir_version = 9
    return model


def _heads(graph: Graph, states: list[str], weights: Weights, root: int) -> dict[str, str]:
    mixes = np.exp(weights["mix"]) / np.exp(weights["mix"]).sum(-1, keepdims=True)
    shape = graph.add("Gather", graph.constant(weights["shape_tags.weight"]), "word_shapes")

    def mixed(task: int) -> str:
        parts = [graph.add("Mul", s, graph.constant(np.float32(m))) for s, m in zip(states, mixes[task], strict=True)]
        return graph.add("Concat", graph.add("Sum", *parts), shape, axis=-1)

    def linear(value: str, name: str) -> str:
        return graph.linear(value, weights[f"{name}.weight"], weights.get(f"{name}.bias"), exact=True)

    tags, tree, names = mixed(0), mixed(1), mixed(2)
    tag_names = ("upos", "features", "scripts")
    weight = np.concatenate([weights[f"{n}.weight"] for n in tag_names])
    bias = np.concatenate([weights[f"{n}.bias"] for n in tag_names])
    hidden = graph.add("Gelu", linear(names, "name_hidden"), domain=MICROSOFT)
    arc = graph.add("Gelu", linear(tree, "arc"), domain=MICROSOFT)
    label = graph.add("Gelu", linear(tree, "label"), domain=MICROSOFT)
    arc_sizes = graph.constant(np.array([ARC_WIDTH, ARC_WIDTH], np.int64))
    label_sizes = graph.constant(np.array([LABEL_WIDTH, LABEL_WIDTH], np.int64))
    dependent, head = graph.add("Split", arc, arc_sizes, outputs=2, axis=-1)
    label_dependent, label_head = graph.add("Split", label, label_sizes, outputs=2, axis=-1)
    scores = graph.add("MatMul", linear(dependent, "arc_weight"), graph.add("Transpose", head, perm=[1, 0]))
    scores = graph.add("Mul", scores, graph.constant(np.float32(ARC_WIDTH**-0.5)))
    bias_row = graph.add("Transpose", linear(head, "arc_head_bias"), perm=[1, 0])
    return {
        "tags": graph.linear(tags, weight, bias, exact=True),
        "names": linear(hidden, "names"),
        "arcs": graph.add("Add", scores, bias_row),
        "relations": _relations(graph, label_dependent, label_head, linear(label_head, "label_head"), weights, root),
    }


def _relations(graph: Graph, dependent: str, head: str, biases: str, weights: Weights, root: int) -> str:
    """The best relation of every (dependent, head) pair of words; "root" is left out, the tree gives it."""
    projection = weights["label_weight.weight"] * LABEL_WIDTH**-0.5
    count = len(weights["label_head.bias"])
    projected = graph.linear(dependent, projection[:, :LABEL_WIDTH], projection[:, LABEL_WIDTH])
    shape = graph.constant(np.array([-1, count, LABEL_WIDTH], np.int64))
    projected = graph.add("Transpose", graph.add("Reshape", projected, shape), perm=[0, 2, 1])
    closed = np.zeros(count, np.float32)
    closed[root] = -1e9
    scores = graph.add("Add", graph.add("MatMul", head, projected), graph.add("Add", biases, graph.constant(closed)))
    return graph.add("Cast", graph.add("ArgMax", scores, axis=-1, keepdims=0), to=TensorProto.FLOAT)


def known_lemmas(data: Path) -> list[str]:
    """Part of speech and base form of verbs, nouns, adjectives and adverbs in the training treebanks, sorted."""
    kept = ("VERB", "NOUN", "ADJ", "ADV")
    sentences = training_sentences(data)
    found = {(u, x) for s in sentences for x, u in zip(s.lemmas, s.upos, strict=True) if u in kept}
    return sorted(f"{u}\t{x}" for u, x in found if x.isascii() and x.isalpha() and x.islower() and len(x) > 1)


def main() -> None:
    """Write model file, labels and tokenizer into the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/, for the list of lemmas")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="32-bit, to compare with")
    given = parser.parse_args()
    trained = torch.load(given.work / "model.pt", weights_only=True)
    weights = {name: tensor.float().numpy() for name, tensor in trained["network"].items()}
    given.to.mkdir(parents=True, exist_ok=True)
    model = build(weights, not given.float, trained["labels"]["relations"].index("root"))
    onnx.save(model, str(given.to / "model.onnx"))
    (given.to / "labels.json").write_text(json.dumps(trained["labels"], ensure_ascii=False, indent=1) + "\n")
    (given.to / "lemmas.txt").write_text("\n".join(known_lemmas(given.data)) + "\n", encoding="utf-8")
    shutil.copy(given.encoder / "tokenizer.json", given.to / "tokenizer.json")
    print(json.dumps({p.name: p.stat().st_size for p in sorted(given.to.iterdir())}))


if __name__ == "__main__":
    main()
