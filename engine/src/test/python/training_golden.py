"""Writes the losses and final weights of a few Adam steps of tiny networks, computed by PyTorch.

Run with any PyTorch from 1.13 on, from the root of the repository:

    python3 engine/src/test/python/training_golden.py \
        > engine/src/test/resources/dev/segue/engine/network/training.json
"""

import json

import torch
from torch.nn.utils.rnn import pack_padded_sequence

STEPS = 6
BATCHES = [  # inputs and targets of sequences, longest first
    [([0, 1, 2, 3], [1, 2, 3, 4]), ([5, 5], [5, 6]), ([6], [0])],
    [([4, 0, 4], [0, 4, 2]), ([2, 6, 1], [6, 1, 3]), ([3, 2], [2, 2])],
]


class Network(torch.nn.Module):
    def __init__(self, items, embedding, hidden, layers, tied):
        super().__init__()
        self.embedding = torch.nn.Embedding(items, embedding)
        self.gru = torch.nn.GRU(embedding, hidden, layers, batch_first=True)
        self.output = torch.nn.Linear(hidden, items)
        if tied:
            self.output.weight = self.embedding.weight

    def forward(self, padded, lengths):
        packed = pack_padded_sequence(self.embedding(padded), lengths, batch_first=True)
        return self.output(self.gru(packed)[0].data)


def packed(batch):
    longest = len(batch[0][0])
    lengths = torch.tensor([len(inputs) for inputs, _ in batch])
    padded = torch.tensor([inputs + [0] * (longest - len(inputs)) for inputs, _ in batch])
    targets = [t[step] for step in range(longest) for _, t in batch if step < len(t)]
    return padded, lengths, torch.tensor(targets)


def weights(network):
    shared = set()
    result = {}
    for name, value in network.state_dict().items():
        if value.data_ptr() not in shared:
            shared.add(value.data_ptr())
            result[name] = [float(f"{x:.9g}") for x in value.flatten().tolist()]
    return result


def case(name, embedding, hidden, layers, tied, rate, clip, smoothing=0.0):
    torch.manual_seed(7)
    network = Network(7, embedding, hidden, layers, tied)
    optimiser = torch.optim.Adam(network.parameters(), lr=rate)
    before = weights(network)
    losses, norms = [], []
    for step in range(STEPS):
        padded, lengths, targets = packed(BATCHES[step % len(BATCHES)])
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(
            network(padded, lengths), targets, label_smoothing=smoothing)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(network.parameters(), clip).item())
        optimiser.step()
        losses.append(loss.item())
    return {
        "name": name, "embedding": embedding, "hidden": hidden, "layers": layers, "tied": tied,
        "rate": rate, "clip": clip, "smoothing": smoothing, "losses": losses, "norms": norms,
        "before": before, "after": weights(network),
    }


torch.set_default_dtype(torch.float32)
print(json.dumps({
    "items": 7,
    "batches": [[{"inputs": i, "targets": t} for i, t in batch] for batch in BATCHES],
    "cases": [
        case("one layer", 3, 4, 1, False, 0.01, 1e9),
        case("one layer, clipped", 3, 4, 1, False, 0.01, 0.25),
        case("two layers", 3, 4, 2, False, 0.01, 1e9),
        case("tied", 4, 4, 1, True, 0.01, 1e9),
        case("smoothed labels", 3, 4, 1, False, 0.01, 0.5, 0.2),
        case("smoothed labels, tied", 4, 4, 1, True, 0.01, 1e9, 0.1),
    ],
}))
