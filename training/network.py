"""The multi-task network: a MiniLM encoder with word shapes, and heads for tags, trees, names and events.

Events have the last layers of an encoder to themselves: they are asked for where the others' layers see one at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
SHARED = 4
"""The layers that events share with the other tasks; those above they have of their own."""
SHAPE_WIDTH, ARC_WIDTH, NAME_WIDTH = 32, 320, 256
SUM_WIDTH, PRODUCT_WIDTH = 256, 192
"""The two parts of a word's vector as dependent, and as head, of a labelled arc."""
EVENT_WIDTH, ROLE_WIDTH = 256, 128
"""The hidden layer behind triggers; each of the two parts of a word's vector as trigger, and as party."""
TASKS = ("tags", "tree", "names", "events")


class Dropout:
    """Dropout whose masks are slices of one pool at random offsets: drawing anew is slow on a processor."""

    def __init__(self, size: int = 1 << 24) -> None:
        self.uniform = torch.rand(size)
        self.pools: dict[float, Tensor] = {}

    def __call__(self, x: Tensor, rate: float, training: bool) -> Tensor:
        if not training or rate == 0:
            return x
        if rate not in self.pools:
            self.pools[rate] = ((self.uniform >= rate) / (1 - rate)).to(x.dtype)
        pool = self.pools[rate]
        start = int(torch.randint(len(pool) - x.numel(), ()))
        return x * pool[start : start + x.numel()].view(x.shape)


drop_out = Dropout()


class Layer(nn.Module):
    """One transformer layer of BERT (Devlin et al. 2019), with the three projections in one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + mask).softmax(-1)
        attended = (weights @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + drop_out(self.out(attended), dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + drop_out(inner, dropout, self.training))


class Network(nn.Module):
    """Scores of every task for a padded batch of sentences.

    The root of the dependency tree is the vector of the [CLS] subword, at head position 0.
    """

    def __init__(self, shapes: int, labels: Mapping[str, Sequence[str]]) -> None:
        """Sizes are those of the label inventories (`training.train.inventories`)."""
        super().__init__()
        upos, features, scripts, relations, names, events, statuses, roles = (
            len(labels[task])
            for task in ("upos", "features", "scripts", "relations", "names", "events", "statuses", "roles")
        )
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.shapes = nn.Embedding(2 * shapes, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.event_layers = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED))
        self.mix = nn.Parameter(torch.zeros(len(TASKS), LAYERS + 1))
        self.shape_tags = nn.Embedding(2 * shapes, SHAPE_WIDTH)
        width = WIDTH + SHAPE_WIDTH
        self.upos = nn.Linear(width, upos)
        self.features = nn.Linear(width, features)
        self.scripts = nn.Linear(width, scripts)
        self.name_hidden = nn.Linear(width, NAME_WIDTH)
        self.names = nn.Linear(NAME_WIDTH, names)
        self.arc = nn.Linear(width, 2 * ARC_WIDTH)
        self.label = nn.Linear(width, 2 * (SUM_WIDTH + PRODUCT_WIDTH))
        self.arc_weight = nn.Linear(ARC_WIDTH, ARC_WIDTH, bias=False)
        self.arc_head_bias = nn.Linear(ARC_WIDTH, 1)
        self.relation = nn.Linear(SUM_WIDTH + PRODUCT_WIDTH, relations)
        self.happening = nn.Linear(width, 2)
        self.event_hidden = nn.Linear(width, EVENT_WIDTH)
        self.events = nn.Linear(EVENT_WIDTH, events)
        self.statuses = nn.Linear(EVENT_WIDTH, statuses)
        self.party = nn.Linear(width, 4 * ROLE_WIDTH)
        self.role = nn.Linear(2 * ROLE_WIDTH, roles)
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.shape_tags.weight, std=0.1)
        nn.init.zeros_(self.arc_weight.weight)

    def load_encoder(self, folder: Path) -> None:
        """Start from the published MiniLM weights in `folder` (model.safetensors)."""
        weights = load_file(str(folder / "model.safetensors"))
        embeddings = "embeddings."
        with torch.no_grad():
            self.words.weight.copy_(weights[embeddings + "word_embeddings.weight"])
            self.positions.weight.copy_(weights[embeddings + "position_embeddings.weight"])
            self.segment.copy_(weights[embeddings + "token_type_embeddings.weight"][0])
            self.norm.weight.copy_(weights[embeddings + "LayerNorm.weight"])
            self.norm.bias.copy_(weights[embeddings + "LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                name = f"encoder.layer.{number}."
                for part in ("weight", "bias"):
                    self_ = name + "attention.self."
                    layer.qkv.__getattr__(part).copy_(
                        torch.cat([weights[f"{self_}{k}.{part}"] for k in ("query", "key", "value")])
                    )
                    layer.out.__getattr__(part).copy_(weights[f"{name}attention.output.dense.{part}"])
                    layer.norm1.__getattr__(part).copy_(weights[f"{name}attention.output.LayerNorm.{part}"])
                    layer.up.__getattr__(part).copy_(weights[f"{name}intermediate.dense.{part}"])
                    layer.down.__getattr__(part).copy_(weights[f"{name}output.dense.{part}"])
                    layer.norm2.__getattr__(part).copy_(weights[f"{name}output.LayerNorm.{part}"])
        self.copy_event_layers()

    def copy_event_layers(self) -> None:
        """Let the layers of events begin as those that they stand beside."""
        for layer, beside in zip(self.event_layers, self.layers[SHARED:], strict=True):
            layer.load_state_dict(beside.state_dict())

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor, dropout: float) -> tuple[list[Tensor], list[Tensor]]:
        """Hidden states [batch, subwords, width] of the embeddings and of each layer, and of the layers of events."""
        positions = torch.arange(ids.shape[1])
        x = self.norm(self.words(ids) + self.positions(positions) + self.segment + self.shapes(shapes))
        x = drop_out(x, dropout, self.training)
        attention = torch.zeros_like(mask, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        states = [x]
        for layer in self.layers:
            x = layer(x, attention, dropout)
            states.append(x)
        of_events = [states[SHARED]]
        for layer in self.event_layers:
            of_events.append(layer(of_events[-1], attention, dropout))
        return states, of_events[1:]

    def forward(
        self,
        ids: Tensor,
        shapes: Tensor,
        mask: Tensor,
        first: Tensor,
        word_shapes: Tensor,
        dropout: float,
        head_dropout: float,
    ) -> dict[str, Tensor]:
        """`first` [batch, words + 1]: the first subword of [CLS] and of each word."""
        states, of_events = self.encode(ids, shapes, mask, dropout)
        index = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        words = [state.gather(1, index) for state in states]
        own = words[: SHARED + 1] + [state.gather(1, index) for state in of_events]
        shares = self.mix.softmax(-1)
        mixed = torch.einsum("tl,lbwd->tbwd", shares[:-1], torch.stack(words))
        mixed = torch.cat([mixed, torch.einsum("l,lbwd->bwd", shares[-1], torch.stack(own))[None]])
        shape = self.shape_tags(word_shapes)
        drop = lambda x: drop_out(x, head_dropout, self.training)  # noqa: E731
        tags, tree, names, events = (drop(torch.cat([mixed[task], shape], -1)) for task in range(len(TASKS)))
        arc = drop(functional.gelu(self.arc(tree)))
        label = drop(self.label(tree))
        arc_dependent, arc_head = arc.split(ARC_WIDTH, -1)
        label_dependent, label_head = label.split(SUM_WIDTH + PRODUCT_WIDTH, -1)
        arcs = self.arc_weight(arc_dependent[:, 1:]) @ arc_head.transpose(1, 2) / math.sqrt(ARC_WIDTH)
        arcs = arcs + self.arc_head_bias(arc_head).transpose(1, 2)
        event = drop(functional.gelu(self.event_hidden(events[:, 1:])))
        as_trigger, as_party = drop(self.party(events[:, 1:])).chunk(2, -1)
        return {
            "upos": self.upos(tags[:, 1:]),
            "features": self.features(tags[:, 1:]),
            "scripts": self.scripts(tags[:, 1:]),
            "names": self.names(drop(functional.gelu(self.name_hidden(names[:, 1:])))),
            "arcs": arcs,
            "label_dependent": label_dependent[:, 1:],
            "label_head": label_head,
            "happening": self.happening(tags[:, 1:]),
            "events": self.events(event),
            "statuses": self.statuses(event),
            "as_trigger": as_trigger,
            "as_party": as_party,
        }

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Relation scores [.., relations] of chosen (dependent, head) pairs of vectors."""
        return self.relation(_paired(dependent, head, (SUM_WIDTH, PRODUCT_WIDTH)))

    def role_scores(self, trigger: Tensor, party: Tensor) -> Tensor:
        """Role scores [.., roles] of (trigger, party) pairs of vectors."""
        return self.role(_paired(trigger, party, (ROLE_WIDTH, ROLE_WIDTH)))


def _paired(one: Tensor, other: Tensor, widths: tuple[int, int]) -> Tensor:
    """Two vectors as one: of the one part the sum, of the other the product.

    So a pair costs little: it is asked for where it matters, not for every two words.
    """
    (added, multiplied), (to, by) = (x.split(widths, -1) for x in (one, other))
    return torch.cat([functional.relu(added + to), multiplied * by], -1)
