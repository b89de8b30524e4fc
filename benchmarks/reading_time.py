"""Where the time of reading goes, and how far it is from the arithmetic that the encoder cannot do without."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from dragoman.encoder import Encoder
from dragoman.reading import read_with_vectors
from dragoman.records import Article

STAGES = {
    "dragoman.reading.reader.sentences_of": "sentences",
    "dragoman.reading.reader.words_of": "words",
    "dragoman.encoder.session.Encoder.length": "subwords",
    "dragoman.encoder.session.Subwords.of_words": "subwords",
    "dragoman.encoder.session.shapes_of": "subwords",
    "dragoman.encoder.session.Encoder.score": "network",
    "dragoman.reading.parse.best_tree": "tree",
    "dragoman.encoder.session.Encoder.relations": "relations",
    "dragoman.reading.parse._lemmas": "lemmas",
    "dragoman.reading.parse.best_tags": "names",
    "dragoman.reading.parse.name_spans": "names",
    "dragoman.reading.reader._sentence": "records",
}
"""The functions that are watched, and the stage that each belongs to."""

LAYERS, WIDTH, INNER = 6, 384, 1536
"""The encoder, all-MiniLM-L6-v2: layers, width of a vector, width of the inner layer."""

ROWS, TRIES = 512, 40
"""Rows of the products whose rate is the highest, and how many products are tried."""


def shares(text: str, folder: Path) -> dict[str, float]:
    """Seconds of processor time of each stage while a text is read with a model just loaded, and of the rest."""
    model = Encoder(folder)
    return spent_in(STAGES, lambda: list(read_with_vectors(Article("", text, ""), model)))


def spent_in(stages: Mapping[str, str], do: Callable[[], object]) -> dict[str, float]:
    """Seconds of processor time in each stage while something is done, and in the rest of it.

    `stages` is the full name of a function -> its stage; what one calls of another counts for the other alone.
    """
    spent: Counter[str] = Counter()
    running = ["the rest"]
    with ExitStack() as stack:
        for name, stage in stages.items():
            stack.enter_context(patch(name, _watched(stage, resolve_name(name), spent, running)))
        _watched("the rest", do, spent, running)()
    return dict(spent)


def _watched(stage: str, function: Callable[..., Any], spent: Counter[str], running: list[str]) -> Callable[..., Any]:
    """The function, its processor time added to its stage and taken off the stage that called it."""

    def timed(*arguments: Any, **named: Any) -> Any:
        caller = running[-1]
        running.append(stage)
        started = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            took = time.process_time() - started
            running.pop()
            spent[stage] += took
            if len(running) > 1:
                spent[caller] -= took

    return timed


def floor(lengths: Sequence[int]) -> dict[str, float]:
    """What sentences of these many subwords cost the encoder's six layers in multiply-adds alone.

    The layers' own products are of 8-bit numbers, those of attention of floats; the heads are left out.
    Returns millions of multiply-adds a sentence, the rates of this core in thousand millions a second (the
    highest, and that of 8-bit products as small as a mean sentence's), and the seconds that all the sentences
    take at the highest.
    """
    whole = sum(LAYERS * n * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER) for n in lengths)
    floats = sum(LAYERS * n * n * 2 * WIDTH for n in lengths)
    rates = {kind: rate(kind, ROWS) for kind in ("int8", "float")}
    return {
        "millions": (whole + floats) / len(lengths) / 1e6,
        "int8": rates["int8"] / 1e9,
        "float": rates["float"] / 1e9,
        "small": rate("int8", sum(lengths) // len(lengths)) / 1e9,
        "seconds": whole / rates["int8"] + floats / rates["float"],
    }


def rate(kind: str, count: int) -> float:
    """Multiply-adds a second of one thread of the runtime: rows by a matrix of the inner layer, the best of many."""
    generator = np.random.default_rng(0)
    if kind == "int8":
        operator, given, made = "MatMulInteger", TensorProto.UINT8, TensorProto.INT32
        rows = generator.integers(0, 255, (count, WIDTH), np.uint8)
        matrix = generator.integers(-63, 63, (WIDTH, INNER), np.int8)
    else:
        operator, given, made = "MatMul", TensorProto.FLOAT, TensorProto.FLOAT
        rows, matrix = (generator.random(size, np.float32) for size in ((count, WIDTH), (WIDTH, INNER)))
    graph = helper.make_graph(
        [helper.make_node(operator, ["rows", "matrix"], ["product"])],
        "product",
        [helper.make_tensor_value_info("rows", given, rows.shape)],
        [helper.make_tensor_value_info("product", made, None)],
        [numpy_helper.from_array(matrix, "matrix")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    best = float("inf")
    for _ in range(TRIES):
        started = time.process_time()
        session.run(None, {"rows": rows})
        best = min(best, time.process_time() - started)
    return count * WIDTH * INNER / best


def show(text: str, folder: Path) -> dict[str, float]:
    """Print where the time goes and how far it is from the floor; gives the shares of network and floor."""
    spent = shares(text, folder)
    model = Encoder(folder)
    read = [sentence for sentence, _ in read_with_vectors(Article("", text, ""), model)]
    least = floor([model.length([token.text for token in sentence.tokens]) for sentence in read])
    total = sum(spent.values())
    print("where the time goes:", ", ".join(f"{stage} {seconds / total:.1%}" for stage, seconds in spent.items()))
    print(
        f"the encoder's {least['millions']:.0f} million multiply-adds a sentence take at least "
        f"{1000 * least['seconds'] / len(read):.2f} ms here ({least['int8']:.0f} thousand million a second of 8 bits, "
        f"{least['small']:.0f} where there are as few rows as in a sentence; {least['float']:.0f} of floats); "
        f"the network takes {1000 * spent['network'] / len(read):.2f} ms, "
        f"{spent['network'] / least['seconds']:.1f} times that, reading {1000 * total / len(read):.2f} ms, "
        f"{total / least['seconds']:.1f} times"
    )
    return {"encoder_share": round(spent["network"] / total, 3), "floor_share": round(least["seconds"] / total, 3)}
