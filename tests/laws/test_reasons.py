"""What is told of the exceptions that everybody meets: enough to know the mistake, and no number."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from graders.laws.reasons import reason

NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?![A-Za-z])")
MISTAKES = """
nn.Linear(4,2)(torch.zeros(3,5))
torch.zeros(3,4) @ torch.zeros(5,2)
torch.zeros(3) @ torch.zeros(5)
torch.bmm(torch.zeros(2,3,4), torch.zeros(2,5,4))
torch.mv(torch.zeros(2,3), torch.zeros(2))
torch.zeros(3) + torch.zeros(4)
nn.Conv2d(1,8,3)(torch.zeros(8,3,64,64))
nn.Conv2d(1,8,3)(torch.zeros(8,64))
torch.zeros(4,4).view(3,5)
torch.zeros(4,3).t().view(12)
F.binary_cross_entropy(torch.zeros(3,1), torch.zeros(3))
F.binary_cross_entropy_with_logits(torch.zeros(3,1), torch.zeros(3))
F.binary_cross_entropy(torch.full((3,),2.), torch.zeros(3))
F.mse_loss(torch.zeros(3,4), torch.zeros(3,5))
F.cross_entropy(torch.zeros(3,4), torch.zeros(2,dtype=torch.long))
F.cross_entropy(torch.zeros(3,4), torch.zeros(3))
F.cross_entropy(torch.zeros(3,4), torch.zeros(3,dtype=torch.int32))
F.cross_entropy(torch.zeros(3,4), torch.full((3,),9))
F.cross_entropy(torch.zeros(3,4), torch.zeros(3,1,dtype=torch.long))
nn.Linear(4,2)(torch.zeros(3,4,dtype=torch.double))
nn.Linear(4,2)(torch.zeros(3,4,dtype=torch.long))
nn.Conv2d(1,2,3)(torch.zeros(3,1,8,8,dtype=torch.double))
F.binary_cross_entropy(torch.full((3,),.5), torch.zeros(3,dtype=torch.long))
torch.zeros(1).sum().backward()
torch.zeros(3,requires_grad=True).mul(2).backward()
torch.zeros(3,requires_grad=True).numpy()
torch.zeros(3,requires_grad=True).add_(1)
torch.zeros(3).sum(1)
torch.softmax(torch.zeros(3),2)
torch.zeros(3).item()
float(torch.zeros(3))
bool(torch.zeros(3))
torch.cat([torch.zeros(3,2), torch.zeros(2,3)])
torch.stack([torch.zeros(3), torch.zeros(4)])
torch.cat([])
torch.zeros(3)[5]
torch.zeros(3,dtype=torch.long).mean()
torch.zeros(3,dtype=torch.long).add_(0.5)
torch.zeros(3).expand(4)
nn.BatchNorm1d(4)(torch.zeros(1,4))
nn.BatchNorm2d(4)(torch.zeros(2,4))
nn.BatchNorm1d(4)(torch.zeros(2,5))
nn.MaxPool2d(2)(torch.zeros(4))
nn.MaxPool2d(4)(torch.zeros(1,1,2,2))
nn.Conv2d(1,2,5)(torch.zeros(1,1,2,2))
nn.Linear(2,1).load_state_dict({})
torch.utils.data.TensorDataset(torch.zeros(3), torch.zeros(4))
torch.zeros(3,2).permute(0,1,2)
torch.tensor(np.zeros(3)) @ torch.zeros(3)
F.relu(np.zeros(3))
torch.optim.SGD([], lr=.1)
np.zeros((8,3)) + np.zeros((4,))
np.zeros((8,3)).dot(np.zeros((4,5)))
np.zeros((8,3)) @ np.zeros((4,5))
np.zeros(64).reshape(8,10)
bool(np.zeros(3))
np.array([[1,2],[3]])
np.zeros(3)[5]
np.zeros((2,3))[:,:,1]
np.zeros(3)[np.zeros(4,bool)]
np.zeros(3)[1.5]
np.zeros(3).__iadd__(np.zeros((2,3)))
np.zeros(3,int).__iadd__(np.full(3,.5))
np.concatenate([np.zeros((2,3)), np.zeros((2,4,1))])
np.concatenate([np.zeros((2,3)), np.zeros((2,4))])
np.zeros(3).__setitem__(slice(0,2), np.zeros(3))
np.zeros(3).sum(axis=1)
float(np.zeros(3))
np.linalg.inv(np.zeros((2,2)))
np.stack([np.zeros(2), np.zeros(3)])
np.einsum("ij,jk->ik", np.zeros((2,3)), np.zeros((4,5)))
[][0]
max([])
[1]["a"]
{[]:1}
len(3)
3 < "a"
iter(3)
"a" + 3
len(x for x in [])
y = torch.ones(3, requires_grad=True).pow(2).sum(); y.backward(); y.backward()
x = torch.ones(3, requires_grad=True); y = x.exp(); y.add_(1); y.sum().backward()
a, b = [1]
if 1
x = = 1
  x
if 1:; x
(1
"a
a, b = [1, 2, 3]
a, b = 3
f = lambda f: f(f); f(f)
"""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mistake", MISTAKES.strip().splitlines())
def test_the_mistake_is_told_without_its_numbers(mistake: str) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011  # each says something else
        exec(mistake, {"np": np, "torch": torch, "F": F, "nn": nn})  # noqa: S102  # what stands above
    said = reason(str(raised.value))
    assert said, str(raised.value)
    assert not NUMBER.search(said)
    assert "`" not in said


@pytest.mark.parametrize(
    "message",
    [
        "0.4142 1.7320",
        "input was 0.4142",
        "shapes cannot be multiplied 4142",
        "'v0_4142' object has no attribute 'x'",
        "",
    ],
)
def test_a_message_of_ones_own_is_not_told(message: str) -> None:
    assert reason(message) is None


def test_numbers_that_were_put_into_a_known_message_are_not_told() -> None:
    assert reason("mat1 and mat2 shapes cannot be multiplied (4142x1732 and 2236x2449)") == (
        "mat1 and mat2 shapes cannot be multiplied"
    )
    assert reason("The size of tensor a (4142) must match the size of tensor b (1732)") == (
        "The size of tensor a (…) must match the size of tensor b (…)"
    )
