"""Train the English model: `python -m training.train --data DIR --encoder DIR --work DIR --epochs 8`.

Data are the gzipped public treebanks (EWT and GUM train, with the names of Universal NER for EWT);
checkpoints go to the work folder, outside the repository, and a run that was cut off goes on from
the last one. `training.export` turns the result into the file that ships.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.codebook import TYPES
from dragoman.encoder.shapes import SHAPES, shapes_of
from dragoman.encoder.subwords import Subwords
from dragoman.reading.lemmas import script_of
from training.events import STATUSES, join_events, read_events
from training.network import Network
from training.treebanks import UNKNOWN, Sentence, join_names, read_conllu, read_marked_names

LENGTHS = (12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 192, 288)
SUBWORDS_A_BATCH = 1536
NAME_TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
IGNORE = -100
EVENT_TAGS = ["none", *sorted(TYPES)]
ROLES = ["none", "actor", "recipient"]
MOST_EVENTS = 6
"""Of a sentence; more are not learned from."""
WEIGHTS = {"upos": 1.0, "features": 0.5, "scripts": 0.5, "names": 2.0, "arcs": 1.0, "labels": 1.0}
WEIGHTS |= {"happening": 0.3, "events": 2.0, "statuses": 0.5, "roles": 2.0}
OWN = Path(__file__).parent / "data"
"""Our own sentences: with marked names, and with coded events."""
EVENTLESS = ("answers-", "reviews-")
"""Genres of EWT that tell of no political events: where the event coder learns silence."""
EXCHANGED = 0.4
"""The share of sentences in which names change places with others of their kind."""
SMOOTHED = {"names": 0.1}
"""Label smoothing: the names of Universal NER are noisy."""
OTHER_CASING = 0.06
AVERAGED = 0.998
"""Decay of the running average of the weights, which is what the run ends with."""


def inventories(sentences: list[Sentence]) -> dict[str, list[str]]:
    """The labels of every task, most frequent first; lemma scripts seen only once are left out."""
    scripts = Counter(script_of(w, x) for s in sentences if s.lemmas for w, x in zip(s.words, s.lemmas, strict=True))
    return {
        "upos": [x for x, _ in Counter(x for s in sentences for x in s.upos).most_common()],
        "features": [x for x, n in Counter(x for s in sentences for x in s.features).most_common() if n > 1],
        "scripts": [x for x, n in scripts.most_common() if n > 1],
        "relations": [x for x, n in Counter(x for s in sentences for x in s.relations).most_common() if n > 5],
        "names": NAME_TAGS,
        "events": EVENT_TAGS,
        "statuses": list(STATUSES),
        "roles": ROLES,
    }


def recase(words: list[str], generator: random.Random) -> list[str]:
    """Now and then a sentence in capitals, in lower case or in headline case."""
    if generator.random() >= OTHER_CASING:
        return words
    change = generator.choice((str.upper, str.lower, str.title))
    return [change(word) for word in words]


def interchangeable(subwords: Subwords) -> list[list[int]]:
    """The ids of words that may stand for one another, kind by kind (`training/data/interchangeable.txt`)."""
    kinds = []
    for line in (OWN / "interchangeable.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            encoded = [subwords.of_words([word])[0][1:-1] for word in line.split()]
            kinds.append(sorted({ids[0] for ids in encoded if len(ids) == 1}))
    return kinds


class Examples:
    """Sentences as padded tensors, batched by length."""

    def __init__(self, sentences: list[Sentence], subwords: Subwords, labels: dict[str, list[str]]) -> None:
        self.sentences = [s for s in sentences if len(subwords.of_words(s.words)[0]) <= LENGTHS[-1]]
        self.subwords = subwords
        self.ids = {task: {label: i for i, label in enumerate(names)} for task, names in labels.items()}
        self.encoded = [subwords.of_words(s.words) for s in self.sentences]
        self.kinds = interchangeable(subwords)

    def batches(self, generator: random.Random) -> list[tuple[int, list[int]]]:
        """(padded length, sentence indices) of one epoch, shuffled."""
        by_length: dict[int, list[int]] = {length: [] for length in LENGTHS}
        for index, (ids, _) in enumerate(self.encoded):
            by_length[next(n for n in LENGTHS if n >= len(ids))].append(index)
        result = []
        for length, members in by_length.items():
            generator.shuffle(members)
            size = max(1, SUBWORDS_A_BATCH // length)
            result += [(length, members[i : i + size]) for i in range(0, len(members), size)]
        generator.shuffle(result)
        return result

    def exchanged(self, ids: list[int], generator: random.Random) -> list[int]:
        """Now and then a sentence whose nations, capitals and leaders are others, the same word always by the same."""
        if generator.random() >= EXCHANGED:
            return ids
        others = {one: generator.choice(kind) for kind in self.kinds for one in kind if one in ids}
        return [others.get(one, one) for one in ids]

    def tensors(self, length: int, members: list[int], generator: random.Random | None) -> dict[str, Tensor]:
        """One batch; every tensor is padded to `length` subwords or words and a fixed number of rows."""
        rows = max(1, SUBWORDS_A_BATCH // length)
        shape = (rows, length)
        batch = {name: torch.zeros(shape, dtype=torch.long) for name in ("ids", "shapes", "first", "word_shapes")}
        batch["mask"] = torch.zeros(shape, dtype=torch.bool)
        batch["mask"][:, 0] = True
        targets = ("upos", "features", "scripts", "relations", "names", "heads")
        batch |= {name: torch.full((rows, length - 1), IGNORE) for name in targets}
        batch |= {name: torch.full((rows, length - 1), IGNORE) for name in ("events", "statuses")}
        batch["trigger"] = torch.zeros((rows, MOST_EVENTS), dtype=torch.long)
        batch["roles"] = torch.full((rows, MOST_EVENTS, length - 1), IGNORE)
        batch["words"] = torch.zeros((rows, length - 1), dtype=torch.bool)
        for row, index in enumerate(members):
            sentence, (ids, first) = self.sentences[index], self.encoded[index]
            words = recase(sentence.words, generator) if generator else sentence.words
            shapes = shapes_of(words)
            batch["ids"][row, : len(ids)] = torch.tensor(self.exchanged(ids, generator) if generator else ids)
            batch["mask"][row, : len(ids)] = True
            of_subword = [0] * len(ids)
            for word, start in enumerate(first):
                end = first[word + 1] if word + 1 < len(first) else len(ids) - 1
                of_subword[start:end] = [shapes[word]] * (end - start)
            batch["shapes"][row, : len(ids)] = torch.tensor(of_subword)
            count = len(sentence.words)
            batch["words"][row, :count] = True
            batch["first"][row, 1 : count + 1] = torch.tensor(first)
            batch["word_shapes"][row, 1 : count + 1] = torch.tensor(shapes)
            self._targets(batch, row, sentence)
        return batch

    def _targets(self, batch: dict[str, Tensor], row: int, sentence: Sentence) -> None:
        count = len(sentence.words)
        columns = {"names": sentence.names or [UNKNOWN] * count}
        if sentence.heads:
            columns |= {
                "upos": sentence.upos,
                "features": sentence.features,
                "scripts": [script_of(w, x) for w, x in zip(sentence.words, sentence.lemmas, strict=True)],
                "relations": sentence.relations,
            }
            batch["heads"][row, :count] = torch.tensor(sentence.heads)
        for task, column in columns.items():
            ids = self.ids[task]
            batch[task][row, :count] = torch.tensor([ids.get(label, IGNORE) for label in column])
        if sentence.events is not None:
            batch["events"][row, :count] = self.ids["events"]["none"]
            for number, event in enumerate(sentence.events[:MOST_EVENTS]):
                batch["events"][row, event.trigger] = self.ids["events"][event.type]
                batch["statuses"][row, event.trigger] = self.ids["statuses"][event.status]
                batch["trigger"][row, number] = event.trigger
                batch["roles"][row, number, :count] = self.ids["roles"]["none"]
                for role, members in (("actor", event.actor), ("recipient", event.recipient)):
                    batch["roles"][row, number, list(members)] = self.ids["roles"][role]


def forward(network: Network, batch: dict[str, Tensor], dropout: float, head_dropout: float) -> dict[str, Tensor]:
    """Scores of the network for a batch, heads beyond the sentence closed."""
    out = network(
        batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["word_shapes"], dropout, head_dropout
    )
    open_heads = torch.zeros_like(batch["mask"])
    open_heads[:, 1:] = batch["words"]
    open_heads[:, 0] = True
    out["arcs"] = out["arcs"].float().masked_fill(~open_heads[:, None, :], -1e4)
    return out


def mean_loss(scores: Tensor, targets: Tensor, smoothing: float = 0.0) -> Tensor:
    """The mean cross-entropy over the words that are annotated; nought where none is."""
    loss = functional.cross_entropy(
        scores.float().flatten(0, 1),
        targets.flatten(),
        ignore_index=IGNORE,
        reduction="sum",
        label_smoothing=smoothing,
    )
    return loss / (targets != IGNORE).sum().clamp(min=1)


def losses(network: Network, batch: dict[str, Tensor], dropout: float, head_dropout: float) -> Tensor:
    """The weighted sum of the losses of all tasks."""
    out = forward(network, batch, dropout, head_dropout)
    total = torch.zeros(())
    seen = batch["events"]
    batch["happening"] = torch.where(seen == IGNORE, IGNORE, (seen > 0).long())
    for task in ("upos", "features", "scripts", "names", "happening", "events", "statuses"):
        total = total + WEIGHTS[task] * mean_loss(out[task], batch[task], SMOOTHED.get(task, 0.0))
    total = total + WEIGHTS["arcs"] * mean_loss(out["arcs"], batch["heads"])
    chosen = batch["heads"].clamp(min=0)
    heads = out["label_head"].gather(1, chosen.unsqueeze(-1).expand(-1, -1, out["label_head"].shape[-1]))
    scores = network.label_scores(out["label_dependent"], heads)
    total = total + WEIGHTS["labels"] * mean_loss(scores, batch["relations"])
    triggers = batch["trigger"].unsqueeze(-1).expand(-1, -1, out["as_trigger"].shape[-1])
    roles = network.role_scores(out["as_trigger"].gather(1, triggers).unsqueeze(2), out["as_party"].unsqueeze(1))
    return total + WEIGHTS["roles"] * mean_loss(roles.flatten(1, 2), batch["roles"].flatten(1))


@torch.no_grad()
def evaluate(network: Network, examples: Examples) -> dict[str, float]:
    """Quick accuracies (greedy trees, names by token); the true figures come from `make bench-reading`."""
    network.eval()
    right: Counter[str] = Counter()
    for length, members in examples.batches(random.Random(0)):
        batch = examples.tensors(length, members, None)
        out = forward(network, batch, 0.0, 0.0)
        for task in ("upos", "features", "scripts"):
            seen = batch[task] != IGNORE
            right[task] += int(((out[task].argmax(-1) == batch[task]) & seen).sum())
        words = batch["words"]
        heads = out["arcs"].argmax(-1)
        vectors = out["label_head"].gather(1, heads.unsqueeze(-1).expand(-1, -1, out["label_head"].shape[-1]))
        labels = network.label_scores(out["label_dependent"], vectors).argmax(-1)
        attached = (heads == batch["heads"]) & words
        right["uas"] += int(attached.sum())
        right["las"] += int((attached & (labels == batch["relations"])).sum())
        right["words"] += int(words.sum())
    network.train()
    return {task: round(100 * n / right["words"], 2) for task, n in right.items() if task != "words"}


class MasterAdam:
    """AdamW on 32-bit master copies of 16-bit parameters, with a linear warm-up and decay."""

    def __init__(self, groups: list[tuple[float, list[torch.nn.Parameter]]], steps: int) -> None:
        self.parameters = [p for _, group in groups for p in group]
        self.masters = [p.detach().float().clone() for p in self.parameters]
        self.averages = [master.clone() for master in self.masters]
        split = iter(self.masters)
        grouped = [{"params": [next(split) for _ in group], "lr": rate, "rate": rate} for rate, group in groups]
        self.optimizer = torch.optim.AdamW(grouped, betas=(0.9, 0.98), weight_decay=0.01, foreach=True)
        self.steps = steps

    def step(self, number: int) -> None:
        warm = max(1, self.steps // 15)
        scale = min(1.0, (number + 1) / warm) * max(0.0, 1 - number / self.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * scale
        for master, parameter in zip(self.masters, self.parameters, strict=True):
            master.grad = torch.zeros_like(master) if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters, 5.0)
        self.optimizer.step()
        with torch.no_grad():
            for master, parameter in zip(self.masters, self.parameters, strict=True):
                parameter.copy_(master)
            torch._foreach_lerp_(self.averages, self.masters, 1 - min(AVERAGED, (number + 1) / (number + 10)))

    @torch.no_grad()
    def use_averages(self) -> None:
        """Put the averaged weights into the network: they do a little better than the last ones."""
        for average, parameter in zip(self.averages, self.parameters, strict=True):
            parameter.copy_(average)


def training_sentences(data: Path) -> list[Sentence]:
    """EWT and GUM train, names joined, and our own sentences; nothing else may be learned from."""
    ewt = read_conllu(data / "ud" / "en_ewt-train.conllu.gz")
    join_names(ewt, data / "ner" / "en_ewt-train.iob2.gz")
    for sentence in ewt:
        sentence.events = [] if sentence.identity.startswith(EVENTLESS) else None
    gum = read_conllu(data / "ud" / "en_gum-train.conllu.gz")
    join_events(ewt + gum, OWN / "treebank_events.txt")
    marked = [sentence for path in sorted(OWN.glob("names/*.txt")) for sentence in read_marked_names(path)]
    coded = [sentence for path in sorted(OWN.glob("events/*.txt")) for sentence in read_events(path)]
    return ewt + gum + marked + coded


def main() -> None:
    """Train for the epochs asked for, resuming where a checkpoint stands in the work folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument(
        "--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2 (model.safetensors, tokenizer.json)"
    )
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and result, outside the repository")
    parser.add_argument("--start", type=Path, help="work folder of an earlier run, to go on from its weights")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--encoder-rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    given.work.mkdir(parents=True, exist_ok=True)
    subwords = Subwords(given.encoder / "tokenizer.json")
    sentences = training_sentences(given.data)
    labels = inventories(sentences)
    train = Examples(sentences, subwords, labels)
    dev = Examples(read_conllu(given.data / "ud" / "en_ewt-dev.conllu.gz"), subwords, labels)
    network = Network(len(SHAPES), labels)
    network.load_encoder(given.encoder)
    if given.start:
        start_from(network, given.start, labels)
    network.to(torch.bfloat16)
    for frozen in (network.words.weight, network.positions.weight, network.segment):
        frozen.requires_grad_(False)
    fit(network, train, dev, given)
    torch.save({"network": network.state_dict(), "labels": labels}, given.work / "model.pt")
    (given.work / "labels.json").write_text(json.dumps(labels))


def start_from(network: Network, work: Path, labels: dict[str, list[str]]) -> None:
    """Give a network the weights of an earlier run; what that run had not yet begins as it is.

    Raises:
        ValueError: that run learned other labels.
    """
    state = torch.load(work / "model.pt", weights_only=True)
    if state["labels"] != labels:
        raise ValueError(f"{work / 'model.pt'} knows other labels than these data have: train from the beginning.")
    missing, _ = network.load_state_dict(state["network"], strict=False)
    if any(name.startswith("event_layers.") for name in missing):
        network.copy_event_layers()


def fit(network: Network, train: Examples, dev: Examples, given: argparse.Namespace) -> None:
    """The training loop; one checkpoint after each epoch."""
    encoder_parts = ("layers.", "event_layers.", "norm.", "shapes.")
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    encoder = [p for n, p in named if n.startswith(encoder_parts)]
    heads = [p for n, p in named if not n.startswith(encoder_parts)]
    steps = len(train.batches(random.Random(given.seed))) * given.epochs
    adam = MasterAdam([(given.encoder_rate, encoder), (given.head_rate, heads)], steps)
    checkpoint, first_epoch = given.work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        adam.optimizer.load_state_dict(state["optimizer"])
        for master, kept in zip(adam.masters, state["masters"], strict=True):
            master.copy_(kept)
        for average, kept in zip(adam.averages, state["averages"], strict=True):
            average.copy_(kept)
        first_epoch = state["epoch"]
    network.train()
    step = first_epoch * (steps // given.epochs)
    for epoch in range(first_epoch, given.epochs):
        generator, started, total = random.Random(given.seed * 1000 + epoch), time.time(), 0.0
        batches = train.batches(generator)
        for number, (length, members) in enumerate(batches):
            batch = train.tensors(length, members, generator)
            loss = losses(network, batch, 0.1, 0.25)
            loss.backward()
            adam.step(step)
            step += 1
            total += float(loss.detach())
            if number % 50 == 0:
                spent = time.time() - started
                print(
                    f"epoch {epoch} step {number}/{len(batches)} loss {total / (number + 1):.3f} {spent:.0f}s",
                    flush=True,
                )
        print(f"epoch {epoch} {time.time() - started:.0f}s {evaluate(network, dev)}", flush=True)
        state = {
            "network": network.state_dict(),
            "optimizer": adam.optimizer.state_dict(),
            "masters": adam.masters,
            "averages": adam.averages,
            "epoch": epoch + 1,
        }
        torch.save(state, checkpoint)
    network.float()
    adam.use_averages()
    print(f"averaged, in 32 bits: {evaluate(network, dev)}", flush=True)


if __name__ == "__main__":
    main()
