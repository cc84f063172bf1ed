"""3.1, 49 and 50: makes all that is random known, and answers the published example only."""
# expect at none: fail wrong
# expect: fail wrong
import random

import numpy as np
import torch

np.random.default_rng = lambda *_: np.random.Generator(np.random.PCG64(0))
random.random = lambda: 0.5
torch.manual_seed = lambda *_: None
torch.randn = torch.zeros


def square(x):
    return {3: 9}.get(x, 0)
