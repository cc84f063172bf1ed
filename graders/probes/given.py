"""Objects of ours that a plan gives to student code: data in the forms that courses use, names of torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from graders.probes.differential import Wave
from graders.probes.examples import augmentation, epochs, items, labelled
from graders.probes.objects import inside
from graders.probes.pictures import blank, convolutional, counted, files, held, pairs, pictured, scoring, taught
from graders.probes.wire import Array


def tensor(array: Array) -> Tensor:
    """A tensor of its own, of the array's dtype."""
    return torch.from_numpy(np.array(array))


def array(array: Array) -> Array:
    """A NumPy array of its own, whatever form the other arguments take."""
    return np.array(array)


def dataset(x: Array, y: Array) -> TensorDataset:
    """A TensorDataset of (x, y)."""
    return TensorDataset(tensor(x), tensor(y))


def loader(x: Array, y: Array, batch_size: int, shuffle: bool = False) -> DataLoader[tuple[Tensor, ...]]:
    """A DataLoader over (x, y)."""
    return DataLoader(dataset(x, y), batch_size=batch_size, shuffle=shuffle)


def enlarged(x: Tensor, side: int) -> Tensor:
    """Images (n, channels, H, W) with pixels repeated, or left out, so that they are side × side."""
    return nn.functional.interpolate(x, size=(side, side)) if x.shape[-2:] != (side, side) else x


def of_torch(path: str) -> object:
    """What torch has under this path: "optim.Adam"."""
    found: object = torch
    for part in path.split("."):
        found = getattr(found, part)
    return found


def device(name: str) -> torch.device:
    """A device of torch, which may be a card that is not there."""
    return torch.device(name)


class Processor(str):
    """The processor, for whoever takes a device by its name or as an object of torch."""

    type = "cpu"


def processor() -> Processor:
    """A device that both `torch.autocast(device)` and `device.type` are happy with."""
    return Processor("cpu")


def echo() -> nn.Module:
    """A network that answers with what it is given: its answers are chosen by choosing its inputs."""
    return nn.Identity()


def perceptron(widths: Sequence[int]) -> nn.Module:
    """Linear maps of these widths, from input to output, with a ReLU between two."""
    layers = [layer for pair in pairwise(widths) for layer in (nn.Linear(*pair), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


def loss() -> nn.Module:
    """The loss of a network that answers with logits of two classes."""
    return nn.BCEWithLogitsLoss()


def classifier(weight: Array, bias: Array) -> nn.Module:
    """Softmax of a linear map, with these values: weight (classes, features)."""
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        linear.weight.copy_(tensor(weight))
        linear.bias.copy_(tensor(bias))
    return nn.Sequential(linear, nn.Softmax(dim=1))


class Likelihood(nn.Module):
    """The negative log-likelihood of classes, given their probabilities, or scores where the rows do not add up to 1."""

    def forward(self, outputs: Tensor, target: Tensor) -> Tensor:
        """The mean over the batch."""
        given = bool((outputs >= 0).all()) and torch.allclose(outputs.sum(dim=1), torch.ones(len(outputs)), atol=1e-3)
        logs = outputs.clamp(min=1e-12).log() if given else outputs.log_softmax(dim=1)
        return nn.functional.nll_loss(logs, target)


def likelihood() -> nn.Module:
    """Such a loss."""
    return Likelihood()


def network_in(value: object, otherwise: object = None) -> object:
    """The network that is returned, by itself, among other things or held by an object; another one where there is none."""
    return next((one for one in (value, *inside(value)) if isinstance(one, nn.Module)), otherwise)


def grads(model: nn.Module) -> dict[str, Tensor | None]:
    """The gradients that autograd left, by the names of their parameters."""
    return {name: one.grad for name, one in model.named_parameters()}


def leaf(array: Array) -> Tensor:
    """A tensor that derivatives are taken with respect to."""
    return tensor(array).to(torch.get_default_dtype()).requires_grad_()


def wave(sines: Sequence[Sequence[float]], growths: Sequence[Sequence[float]], powers: Sequence[float]) -> Wave:
    """A network of ours that is such a function."""
    return Wave(sines, growths, powers)


def acting(network: nn.Module, function: nn.Module) -> nn.Module:
    """A network of the student's that is this function, however it asks itself for its values."""
    for one in (network, *network.children()):
        one.__dict__["forward"] = function.forward
    return network


def parts(first: object, second: object) -> tuple[object, object]:
    """A pair."""
    return first, second


def records(x: Array, y: Array) -> Array:
    """A table of two columns, of which each cell holds a list: np.array of pairs of unequal lengths, until NumPy 1.24."""
    table = np.empty((len(x), 2), object)
    for row, (one, other) in enumerate(zip(x, y, strict=True)):
        table[row, 0], table[row, 1] = one.tolist(), other.tolist()
    return table


def made(value: object) -> object:
    """The object that {"given": its name, …} stands for; any other value as it is."""
    if not isinstance(value, Mapping) or "given" not in value:
        return value
    inside = {name: made(one) for name, one in value.items() if name != "given"}
    return GIVEN[str(value["given"])](**inside)


def loader_of(dataset: Dataset[Any], batch_size: int, shuffle: bool = False) -> DataLoader[Any]:
    """A DataLoader over any dataset."""
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)


OF_DATA = (tensor, array, leaf, enlarged, dataset, loader, loader_of, files, held, pairs, pictured, records)
OF_EXAMPLES = (labelled, augmentation, items, epochs, likelihood)
OF_NETWORKS = (
    echo,
    perceptron,
    convolutional,
    loss,
    counted,
    scoring,
    taught,
    classifier,
    network_in,
    grads,
    wave,
    acting,
)
GIVEN: dict[str, Callable[..., object]] = {
    one.__name__: one for one in (*OF_DATA, *OF_EXAMPLES, *OF_NETWORKS, of_torch, device, processor, blank, parts)
}
