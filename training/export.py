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

from training.network import ARC_WIDTH, HEADS, LAYERS, ROLE_WIDTH, SHARED, SUM_WIDTH, WIDTH
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


def build(weights: Weights, quantised: bool) -> onnx.ModelProto:
    """The graph of everything but relations and events; `weights` are the network's state, 32-bit."""
    graph = Graph(quantised)
    embedded = graph.table(weights["words.weight"], "ids")
    length = graph.add("Shape", "ids")
    zero = graph.constant(np.array([0], np.int64))
    table = (weights["positions.weight"] + weights["segment"]).astype(np.float32)
    positions = graph.add("Slice", graph.constant(table), zero, length)
    shapes = graph.add("Gather", graph.constant(weights["shapes.weight"]), "shapes")
    x = _norm(graph, graph.add("Add", embedded, shapes), positions, weights, "norm")
    states, shared = [graph.add("Gather", x, "first")], x
    for number in range(LAYERS):
        x = _layer(graph, x, weights, f"layers.{number}")
        states.append(graph.add("Gather", x, "first"))
        shared = x if number + 1 == SHARED else shared
    inputs = dict.fromkeys(("ids", "shapes", "first", "word_shapes"), TensorProto.INT64)
    return _model(graph, inputs, _heads(graph, states, weights) | {"shared": shared})


def build_events(weights: Weights, quantised: bool) -> onnx.ModelProto:
    """The graph of events: from the shared state of all subwords, and the mixture of what lies below for the words."""
    graph = Graph(quantised)
    shares = _shares(weights)[-1]
    x, mixed = "shared", "below"
    for number in range(LAYERS - SHARED):
        x = _layer(graph, x, weights, f"event_layers.{number}")
        share = graph.constant(shares[SHARED + 1 + number].astype(np.float32))
        mixed = graph.add("Add", mixed, graph.add("Mul", graph.add("Gather", x, "first"), share))
    event = graph.add("Gelu", _linear(graph, mixed, weights, "event_hidden"), domain=MICROSOFT)
    as_trigger, as_party = graph.add(
        "Split", _linear(graph, mixed, weights, "party"), outputs=2, axis=-1, num_outputs=2
    )
    inputs = dict.fromkeys(("shared", "below"), TensorProto.FLOAT) | dict.fromkeys(
        ("first", "word_shapes"), TensorProto.INT64
    )
    outputs = {
        "events": _further(graph, event, weights, "events"),
        "statuses": _further(graph, event, weights, "statuses"),
        "as_trigger": as_trigger,
        "as_party": as_party,
    }
    return _model(graph, inputs, outputs)


def build_pairs(weight: np.ndarray, bias: np.ndarray, added: int) -> onnx.ModelProto:
    """The graph that scores pairs of vectors: the first `added` columns are summed, the others multiplied."""
    graph = Graph(quantised=False)
    sizes = graph.constant(np.array([added, weight.shape[1] - added], np.int64))
    one_added, one_multiplied = graph.add("Split", "one", sizes, outputs=2, axis=-1)
    other_added, other_multiplied = graph.add("Split", "other", sizes, outputs=2, axis=-1)
    parts = [graph.add("Relu", graph.add("Add", one_added, other_added))]
    parts.append(graph.add("Mul", one_multiplied, other_multiplied))
    scores = graph.linear(graph.add("Concat", *parts, axis=-1), weight, bias)
    return _model(graph, dict.fromkeys(("one", "other"), TensorProto.FLOAT), {"scores": scores})


def _model(graph: Graph, inputs: dict[str, int], outputs: dict[str, str]) -> onnx.ModelProto:
    """The written graph as a model; inputs with their element type, outputs with the value that each gives."""
    for name, value in outputs.items():
        graph.nodes.append(helper.make_node("Identity", [value], [name]))
    floats = TensorProto.FLOAT
    made = helper.make_graph(
        graph.nodes,
        "dragoman-english",
        [
            helper.make_tensor_value_info(n, kind, [None, None] if kind == floats else [None])
            for n, kind in inputs.items()
        ],
        [helper.make_tensor_value_info(n, floats, None) for n in outputs],
        graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)])
    model.ir_version = 9
    return model


def _shares(weights: Weights) -> np.ndarray:
    """The share of each layer's state in what each task looks at [tasks, layers + 1]."""
    return np.exp(weights["mix"]) / np.exp(weights["mix"]).sum(-1, keepdims=True)


def _mixtures(graph: Graph, states: list[str], weights: Weights) -> list[str]:
    """The weighted means of states that tags, tree and names look at, and events as far as they share the layers."""
    shares = _shares(weights)
    shares[-1, SHARED + 1 :] = 0
    stacked = graph.add("Concat", *(graph.add("Reshape", x, graph.constant(np.array([1, -1]))) for x in states), axis=0)
    mixed = graph.add("MatMul", graph.constant(shares.astype(np.float32)), stacked)
    parts = graph.add("Split", mixed, outputs=len(shares), axis=0, num_outputs=len(shares))
    return [graph.add("Reshape", part, graph.constant(np.array([-1, WIDTH]))) for part in parts]


def _heads(graph: Graph, states: list[str], weights: Weights) -> dict[str, str]:
    """The outputs of all tasks, relations and events apart: those have graphs of their own."""
    tags, tree, names, below = _mixtures(graph, states, weights)

    def linear(value: str, name: str, exact: bool = False) -> str:
        return _linear(graph, value, weights, name, exact)

    def further(value: str, name: str) -> str:
        return _further(graph, value, weights, name)

    arc = graph.add("Gelu", linear(tree, "arc"), domain=MICROSOFT)
    dependent, head = graph.add("Split", arc, outputs=2, axis=-1, num_outputs=2)
    label_dependent, label_head = graph.add("Split", linear(tree, "label"), outputs=2, axis=-1, num_outputs=2)
    arcs = graph.add("MatMul", further(dependent, "arc_weight"), graph.add("Transpose", head, perm=[1, 0]))
    arcs = graph.add("Mul", arcs, graph.constant(np.float32(ARC_WIDTH**-0.5)))
    biases = graph.add("Transpose", further(head, "arc_head_bias"), perm=[1, 0])
    return {
        "upos": linear(tags, "upos", exact=True),
        "features": linear(tags, "features", exact=True),
        "scripts": linear(tags, "scripts"),
        "names": further(graph.add("Gelu", linear(names, "name_hidden"), domain=MICROSOFT), "names"),
        "arcs": graph.add("Add", arcs, biases),
        "dependents": label_dependent,
        "heads": label_head,
        "happening": linear(tags, "happening", exact=True),
        "below": below,
    }


def _linear(graph: Graph, value: str, weights: Weights, name: str, exact: bool = False) -> str:
    """A layer over a mixture and the words' shapes: what the shapes add is a row of a table."""
    weight = weights[f"{name}.weight"]
    table = weights["shape_tags.weight"] @ weight[:, WIDTH:].T + weights[f"{name}.bias"]
    of_shape = graph.add("Gather", graph.constant(table.astype(np.float32)), "word_shapes")
    return str(graph.add("Add", graph.linear(value, weight[:, :WIDTH], None, exact), of_shape))


def _further(graph: Graph, value: str, weights: Weights, name: str) -> str:
    return graph.linear(value, weights[f"{name}.weight"], weights.get(f"{name}.bias"), exact=True)


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
    onnx.save(build(weights, not given.float), str(given.to / "model.onnx"))
    onnx.save(build_events(weights, not given.float), str(given.to / "events.onnx"))
    biases = weights["relation.bias"].copy()
    biases[trained["labels"]["relations"].index("root")] = -1e9  # the tree says which word is the root
    onnx.save(build_pairs(weights["relation.weight"], biases, SUM_WIDTH), str(given.to / "relations.onnx"))
    roles = build_pairs(weights["role.weight"], weights["role.bias"], ROLE_WIDTH)
    onnx.save(roles, str(given.to / "roles.onnx"))
    (given.to / "labels.json").write_text(json.dumps(trained["labels"], ensure_ascii=False, indent=1) + "\n")
    (given.to / "lemmas.txt").write_text("\n".join(known_lemmas(given.data)) + "\n", encoding="utf-8")
    shutil.copy(given.encoder / "tokenizer.json", given.to / "tokenizer.json")
    print(json.dumps({p.name: p.stat().st_size for p in sorted(given.to.iterdir())}))


if __name__ == "__main__":
    main()
