"""Runs in an interpreter that has the real torchvision: carries out cases, and writes what they gave.

Its compiled operators are not built for every torch; nothing here needs them, so they are only declared.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import torch

library = torch.library.Library("torchvision", "DEF")
library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

sys.path.insert(0, str(Path(__file__).parent))

names = ("transforms", "transforms.v2", "utils", "datasets")
parts = [importlib.import_module(f"torchvision.{name}") for name in names]
np.savez(sys.argv[2], **importlib.import_module("cases").results(*parts, Path(sys.argv[1])))
