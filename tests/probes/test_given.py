"""What is made for student code is what it may take it for."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from graders.probes.absent import INERT, AbsentError
from graders.probes.given import processor
from graders.probes.plain import answer


def test_a_processor_is_a_name_and_a_device() -> None:
    device = processor()
    with torch.autocast(device, enabled=False), torch.autocast(device.type, enabled=False):
        assert nn.Linear(2, 1).to(device)(torch.zeros(1, 2, device=device)).device == torch.device(device)
    assert device == "cpu"


def test_what_stands_for_a_missing_package_is_no_answer() -> None:
    made = type(f"{INERT}einops", (), {})()
    with pytest.raises(AbsentError, match="einops"):
        answer(made)
    assert answer([1, 2]) == [1, 2]
