"""Writes the golden files of the kernels' tests with PyTorch.

    python3 make_golden.py ../resources/dev/segue/kernels/golden

Inputs are 32-bit floats. PyTorch computes in 64 bits and the results are rounded once, so that a
golden number is the right one and not one library's rounding of it. Made with PyTorch 1.13 (Debian
package python3-torch); any version gives the same numbers.

A file is a list of tensors: a line `name rows columns`, then one line of numbers per row.
"""

import pathlib
import sys

import numpy
import torch


class Golden:
    """One file of named matrices."""

    def __init__(self, directory, name, seed):
        self.path = pathlib.Path(directory) / (name + ".txt")
        self.lines = []
        self.random = numpy.random.RandomState(seed)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.path.write_text("\n".join(self.lines) + "\n")

    def normal(self, name, rows, columns, scale=1.0):
        """Draws an input, keeps it, and returns it in 64 bits."""
        values = (scale * self.random.standard_normal((rows, columns))).astype(numpy.float32)
        self.keep(name, values)
        return torch.tensor(values.astype(numpy.float64), requires_grad=True)

    def keep(self, name, matrix):
        if isinstance(matrix, torch.Tensor):
            matrix = matrix.detach().numpy()
        matrix = numpy.atleast_2d(matrix).astype(numpy.float32)
        self.lines.append("%s %d %d" % (name, *matrix.shape))
        for row in matrix:
            self.lines.append(" ".join(numpy.format_float_scientific(v, trim="-") for v in row))


def gemm(directory):
    with Golden(directory, "gemm", 1) as g:
        a = g.normal("a", 7, 35)
        b = g.normal("b", 35, 37)
        bias = g.normal("bias", 1, 37)
        before = g.normal("before", 7, 37)
        g.keep("product", a @ b)
        g.keep("accumulatedWithBias", a @ b + bias + before)


def gru(directory, name, seed, lengths, input_size, hidden_size):
    with Golden(directory, name, seed) as g:
        rows = sum(lengths)
        layer = torch.nn.GRU(input_size, hidden_size).double()
        scale = hidden_size ** -0.5
        shapes = [
            ("weight_ih_l0", "inputWeights", 3 * hidden_size, input_size),
            ("weight_hh_l0", "recurrentWeights", 3 * hidden_size, hidden_size),
            ("bias_ih_l0", "inputBias", 1, 3 * hidden_size),
            ("bias_hh_l0", "recurrentBias", 1, 3 * hidden_size),
        ]
        for torch_name, our_name, r, c in shapes:
            values = g.normal(our_name, r, c, scale).detach()
            getattr(layer, torch_name).data = values.reshape(getattr(layer, torch_name).shape)
        x = g.normal("input", rows, input_size)
        h0 = g.normal("initialHidden", len(lengths), hidden_size)
        upstream = g.normal("hiddenGradient", rows, hidden_size).detach()
        sizes = torch.tensor([sum(n > t for n in lengths) for t in range(max(lengths))])
        packed = torch.nn.utils.rnn.PackedSequence(x, sizes)
        out, _ = layer(packed, h0.unsqueeze(0))
        (out.data * upstream).sum().backward()
        g.keep("hidden", out.data)
        g.keep("inputGradient", x.grad)
        g.keep("initialHiddenGradient", h0.grad)
        for torch_name, our_name, _, _ in shapes:
            g.keep(our_name + "Gradient", getattr(layer, torch_name).grad)
        g.keep("lengths", numpy.array(lengths))


def cross_entropy(directory, name, seed, scale):
    with Golden(directory, name, seed) as g:
        n, size, items = 9, 18, 37
        hidden = g.normal("hidden", n, size, scale)
        weights = g.normal("weights", items, size, scale)
        bias = g.normal("bias", 1, items)
        targets = g.random.randint(0, items, n)
        g.keep("targets", targets)
        logits = hidden @ weights.T + bias
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor(targets), reduction="sum")
        (loss / n).backward()
        g.keep("loss", loss.reshape(1, 1))
        g.keep("hiddenGradient", hidden.grad)
        g.keep("weightGradient", weights.grad)
        g.keep("biasGradient", bias.grad)


def sampled(directory, name, seed, loss_of_row, corrected):
    """Scores of the targets and of shared negatives; some items stand in several columns."""
    with Golden(directory, name, seed) as g:
        n, size, items, columns = 7, 18, 23, 26
        hidden = g.normal("hidden", n, size, 0.5)
        weights = g.normal("weights", items, size, 0.5)
        bias = g.normal("bias", 1, items)
        chosen = g.random.randint(0, items, columns)
        chosen[2] = chosen[5]
        chosen[n + 1] = chosen[0]
        g.keep("items", chosen)
        corrections = numpy.log(g.random.uniform(0.01, 2, columns)).astype(numpy.float32)
        g.keep("corrections", corrections)
        rows = weights[torch.tensor(chosen)].detach().requires_grad_()
        shifts = bias[0, torch.tensor(chosen)].detach().requires_grad_()
        scores = hidden @ rows.T + shifts
        if corrected:
            scores = scores - torch.tensor(corrections.astype(numpy.float64))
        losses = []
        for i in range(n):
            negatives = torch.tensor([j for j in range(columns) if chosen[j] != chosen[i]])
            losses.append(loss_of_row(scores[i, i], scores[i, negatives]))
        loss = torch.stack(losses).sum()
        (loss / n).backward()
        g.keep("loss", loss.reshape(1, 1))
        g.keep("hiddenGradient", hidden.grad)
        g.keep("rowGradient", rows.grad)
        g.keep("biasGradient", shifts.grad)


def softmax_row(positive, negatives):
    return torch.logsumexp(torch.cat([positive.reshape(1), negatives]), 0) - positive


def bpr_max_row(regularisation, elu):
    def loss(positive, negatives):
        if elu > 0:
            positive = torch.nn.functional.elu(positive, elu)
            negatives = torch.nn.functional.elu(negatives, elu)
        s = torch.softmax(negatives, 0)
        likelihood = (s * torch.sigmoid(positive - negatives)).sum()
        return -torch.log(likelihood) + regularisation * (s * negatives ** 2).sum()
    return loss


def adam_rows(directory):
    """PyTorch's SparseAdam; gradients of an id that occurs twice are summed."""
    with Golden(directory, "adam_rows", 11) as g:
        p = g.normal("parameters", 6, 9)
        optimiser = torch.optim.SparseAdam([p], lr=0.01)
        for step, ids in enumerate(([0, 3, 3, 5], [3, 1], [5, 5, 5, 0]), 1):
            g.keep("ids%d" % step, ids)
            values = g.normal("gradients%d" % step, len(ids), 9).detach()
            p.grad = torch.sparse_coo_tensor([ids], values, (6, 9))
            optimiser.step()
            g.keep("parameters%d" % step, p)
        g.keep("firstMoment", optimiser.state[p]["exp_avg"])
        g.keep("secondMoment", optimiser.state[p]["exp_avg_sq"])


def adagrad(directory):
    """PyTorch's Adagrad, whose accumulator starts at 0. It has no momentum: that is added here."""
    with Golden(directory, "adagrad", 12) as g:
        p = g.normal("parameters", 3, 7)
        with_momentum = p.detach().clone()
        velocity = torch.zeros(3, 7)
        optimiser = torch.optim.Adagrad([p], lr=0.05)
        for step in (1, 2, 3):
            p.grad = g.normal("gradients%d" % step, 3, 7).detach()
            before = p.detach().clone()
            optimiser.step()
            velocity = 0.3 * velocity + (p.detach() - before)
            with_momentum = with_momentum + velocity
            g.keep("parameters%d" % step, p)
            g.keep("withMomentum%d" % step, with_momentum)
        g.keep("accumulator", optimiser.state[p]["sum"])
        g.keep("velocity", velocity)


def adam(directory):
    with Golden(directory, "adam", 5) as g:
        p = g.normal("parameters", 3, 7)
        optimiser = torch.optim.Adam([p], lr=0.01)
        for step in (1, 2, 3):
            p.grad = g.normal("gradients%d" % step, 3, 7).detach()
            optimiser.step()
            g.keep("parameters%d" % step, p)
        g.keep("firstMoment", optimiser.state[p]["exp_avg"])
        g.keep("secondMoment", optimiser.state[p]["exp_avg_sq"])


def clipping(directory):
    with Golden(directory, "clipping", 6) as g:
        tensors = [g.normal("first", 3, 5), g.normal("second", 1, 9)]
        for t in tensors:
            t.grad = t.detach().clone()
        norm = torch.nn.utils.clip_grad_norm_(tensors, 2.0)
        g.keep("norm", norm.reshape(1, 1))
        g.keep("firstClipped", tensors[0].grad)
        g.keep("secondClipped", tensors[1].grad)


def ranking(directory):
    with Golden(directory, "ranking", 7) as g:
        hidden = g.normal("hidden", 3, 19)
        weights = g.normal("weights", 41, 19)
        bias = g.normal("bias", 1, 41)
        scores = hidden @ weights.T + bias
        best = torch.topk(scores, 6)
        g.keep("scores", scores)
        g.keep("bestScores", best.values)
        g.keep("bestItems", best.indices)


if __name__ == "__main__":
    target = sys.argv[1]
    gemm(target)
    gru(target, "gru", 2, [5, 3, 3, 1], 7, 19)
    gru(target, "gru_one_sequence", 3, [4], 3, 5)
    cross_entropy(target, "cross_entropy", 4, 1.0)
    cross_entropy(target, "cross_entropy_huge_logits", 8, 12.0)
    adam(target)
    clipping(target)
    ranking(target)
    sampled(target, "sampled_softmax", 9, softmax_row, True)
    sampled(target, "bpr_max", 10, bpr_max_row(0.7, 0), False)
    sampled(target, "bpr_max_elu", 10, bpr_max_row(0.7, 0.5), False)
    adam_rows(target)
    adagrad(target)
