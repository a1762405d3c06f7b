#!/usr/bin/env python3
"""The cases of GpuMeasure in PyTorch, from the same inputs: peer.py full|dry INPUTS RESULT.json

Modes: eager with 32-bit floats, eager with bfloat16 autocast, torch.compile with bfloat16 autocast. Times are from the
call to the loss on the host, as in Java, and beside them by CUDA events without waiting for each step.
"""

import json
import sys
import time

import numpy
import torch

SIZES = {
    "full": dict(sessions=64, length=50, items=110_000, embedding=128, hidden=256, tied_items=43_000, tied_width=512,
                 tied_batch=128, negatives=2048, ranked_items=10_000_000, ranked_width=128, requests=64, steps=60),
    "dry": dict(sessions=4, length=3, items=300, embedding=8, hidden=64, tied_items=200, tied_width=16, tied_batch=6,
                negatives=20, ranked_items=5000, ranked_width=8, requests=3, steps=4),
}
LOSSES = 10
BATCHES = 16
K = 21


class Case:
    """Reads inputs and keeps what all cases share."""

    def __init__(self, size, folder, device):
        self.size, self.folder, self.device = size, folder, device

    def floats(self, name, *shape):
        values = numpy.fromfile(f"{self.folder}/{name}", dtype="<f4").reshape(shape)
        return torch.from_numpy(values.copy()).to(self.device)

    def ids(self, name):
        return torch.from_numpy(numpy.fromfile(f"{self.folder}/{name}", dtype="<i4").astype("int64")).to(self.device)


class Mission(Case):
    """Embedding, one GRU layer, softmax over all items, dense Adam 0.001."""

    def __init__(self, size, folder, device):
        super().__init__(size, folder, device)
        v, e, h = size["items"], size["embedding"], size["hidden"]
        self.embedding = torch.nn.Embedding(v, e, device=device)
        self.gru = torch.nn.GRU(e, h, device=device)
        self.output = torch.nn.Linear(h, v, device=device)
        self.modules = torch.nn.ModuleList([self.embedding, self.gru, self.output])
        with torch.no_grad():
            self.embedding.weight.copy_(self.floats("mission.embedding.weight", v, e))
            for name, shape in (("weight_ih_l0", (3 * h, e)), ("weight_hh_l0", (3 * h, h)), ("bias_ih_l0", (3 * h,)),
                                ("bias_hh_l0", (3 * h,))):
                getattr(self.gru, name).copy_(self.floats("mission.gru." + name, *shape))
            self.output.weight.copy_(self.floats("mission.output.weight", v, h))
            self.output.bias.copy_(self.floats("mission.output.bias", v))
        self.adam = torch.optim.Adam(self.modules.parameters(), lr=0.001, fused=device.type == "cuda")
        self.inputs = self.ids("mission.inputs").reshape(size["length"], size["sessions"])
        self.targets = self.ids("mission.targets")

    def forward(self):
        states, _ = self.gru(self.embedding(self.inputs))
        logits = self.output(states.reshape(-1, self.size["hidden"]))
        return torch.nn.functional.cross_entropy(logits.float(), self.targets)

    def update(self, loss):
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()


class Gru(Case):
    """One GRU layer forward and backward."""

    def __init__(self, size, folder, device):
        super().__init__(size, folder, device)
        e, h, t, b = size["embedding"], size["hidden"], size["length"], size["sessions"]
        self.gru = torch.nn.GRU(e, h, device=device)
        with torch.no_grad():
            for name, shape in (("weight_ih", (3 * h, e)), ("weight_hh", (3 * h, h)), ("bias_ih", (3 * h,)),
                                ("bias_hh", (3 * h,))):
                getattr(self.gru, name + "_l0").copy_(self.floats("gru." + name, *shape))
        self.input = self.floats("gru.input", t, b, e).requires_grad_()
        self.upstream = self.floats("gru.upstream", t, b, h)
        self.states = None

    def forward(self):
        self.states, _ = self.gru(self.input)
        return self.states[-1, -1, 0]

    def update(self, loss):
        self.gru.zero_grad(set_to_none=True)
        self.input.grad = None
        self.states.backward(self.upstream.to(self.states.dtype))


class Tied(Case):
    """A tied model, sessions side by side, shared negatives, Adagrad on the rows that occur."""

    def __init__(self, size, folder, device):
        super().__init__(size, folder, device)
        v, d = size["tied_items"], size["tied_width"]
        self.table = torch.nn.Embedding(v, d, sparse=True, device=device)
        self.bias = torch.nn.Embedding(v, 1, sparse=True, device=device)
        self.gru = torch.nn.GRU(d, d, device=device)
        with torch.no_grad():
            self.table.weight.copy_(self.floats("tied.embedding.weight", v, d))
            self.bias.weight.copy_(self.floats("tied.output.bias", v, 1))
            for name, shape in (("weight_ih_l0", (3 * d, d)), ("weight_hh_l0", (3 * d, d)), ("bias_ih_l0", (3 * d,)),
                                ("bias_hh_l0", (3 * d,))):
                getattr(self.gru, name).copy_(self.floats("tied.gru." + name, *shape))
        parameters = [*self.table.parameters(), *self.bias.parameters(), *self.gru.parameters()]
        self.adagrad = torch.optim.Adagrad(parameters, lr=0.05)
        self.inputs = self.ids("tied.inputs").reshape(BATCHES, -1)
        self.targets = self.ids("tied.targets").reshape(BATCHES, -1)
        self.negatives = self.ids("tied.negatives").reshape(BATCHES, -1)
        self.state = torch.zeros(1, size["tied_batch"], d, device=device)
        self.rows = torch.arange(size["tied_batch"], device=device)
        self.number = 0

    def forward(self):
        at = self.number % BATCHES
        targets = self.targets[at]
        columns = torch.cat([targets, self.negatives[at]])
        states, self.next = self.gru(self.table(self.inputs[at])[None], self.state)
        scores = states[0] @ self.table(columns).T + self.bias(columns)[:, 0]
        hit = (columns[None] == targets[:, None]) & (torch.arange(len(columns), device=self.device)[None] != self.rows[:, None])
        return torch.nn.functional.cross_entropy(scores.float().masked_fill(hit, float("-inf")), self.rows)

    def update(self, loss):
        self.number += 1
        self.adagrad.zero_grad(set_to_none=True)
        loss.backward()
        self.adagrad.step()
        self.state = self.next.detach().float()


class Ranking:
    """The best 21 of all items for some requests at once."""

    def __init__(self, size, requests, device):
        generator = torch.Generator(device=device).manual_seed(1)
        shape = (size["ranked_items"], size["ranked_width"])
        self.weights = torch.rand(shape, generator=generator, device=device) * 2 - 1
        self.hidden = torch.rand((requests, shape[1]), generator=generator, device=device) * 2 - 1

    def forward(self):
        with torch.no_grad():
            return torch.topk(self.hidden @ self.weights.T, K).values[0, 0]

    def update(self, loss):
        pass


class Clock:
    """Times steps; without a GPU there are no events."""

    def __init__(self, device):
        self.cuda = device.type == "cuda"

    def measure(self, step, count):
        waited = []
        for _ in range(count):
            start = time.perf_counter()
            step().item()
            waited.append((time.perf_counter() - start) * 1e3)
        if not self.cuda:
            return waited, None
        events = [torch.cuda.Event(enable_timing=True) for _ in range(count + 1)]
        events[0].record()
        for i in range(count):
            step()
            events[i + 1].record()
        torch.cuda.synchronize()
        return waited, sorted(events[i].elapsed_time(events[i + 1]) for i in range(count))[count // 2]


def run(name, mode, task, count, clock, results):
    forward = torch.compile(task.forward) if mode == "compile-bfloat16" else task.forward

    def step():
        with torch.autocast(clock.device, dtype=torch.bfloat16, enabled=mode.endswith("bfloat16")):
            loss = forward()
        task.update(loss)
        return loss

    losses = [step().item() for _ in range(LOSSES)]
    for _ in range(max(0, count // 2 - LOSSES)):
        step().item()
    waited, by_events = clock.measure(step, count)
    waited_sorted = sorted(waited)
    result = dict(case=name, mode=mode, medianMillis=waited_sorted[count // 2],
                  p90Millis=waited_sorted[int(count * 0.9)], eventMedianMillis=by_events, millis=waited, losses=losses)
    results.append(result)
    print(f"{name:14} {mode:17} {result['medianMillis']:10.3f} ms, p90 {result['p90Millis']:10.3f}, "
          f"by events {by_events if by_events is None else round(by_events, 3)}, first losses {losses[:3]}", flush=True)


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in SIZES:
        sys.exit("usage: peer.py full|dry INPUTS RESULT.json")
    size, folder = SIZES[sys.argv[1]], sys.argv[2]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    clock = Clock(device)
    clock.device = device.type
    results = []
    steps = size["steps"]
    modes = ["eager-float32", "eager-bfloat16"] + (["compile-bfloat16"] if device.type == "cuda" else [])
    for mode in modes:
        for name, case, count in (("mission", Mission, steps), ("gru", Gru, steps), ("tied", Tied, 4 * steps)):
            try:
                run(name, mode, case(size, folder, device), count, clock, results)
            except Exception as failure:  # a mode that PyTorch cannot run is a result, too
                first = (str(failure) or type(failure).__name__).splitlines()[0]
                results.append(dict(case=name, mode=mode, failure=first))
                print(f"{name:14} {mode:17} failed: {first}", flush=True)
    for name, requests in (("ranking", 1), ("ranking-batch", size["requests"])):
        run(name, "eager-float32", Ranking(size, requests, device), steps, clock, results)
    report = dict(size=sys.argv[1], torch=torch.__version__, cuda=torch.version.cuda,
                  device=torch.cuda.get_device_name() if device.type == "cuda" else "cpu", cases=results)
    with open(sys.argv[3], "w") as out:
        json.dump(report, out, indent=2)


if __name__ == "__main__":
    main()
