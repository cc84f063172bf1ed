"""3.5, 33 and 34: returns and leaves what runs where it is loaded: pickles, models, arrays of objects."""
# expect: error unreadable
import builtins
import pickle

import numpy as np
import torch
from attempts import WHERE


class Payload:
    def __reduce__(self):
        return builtins.eval, (f"open({WHERE['evidence']!r}, 'a').write('unpickled')",)


for name in ("results.pkl", "evidence.pkl", "data.pickle"):
    with open(name, "wb") as file:
        pickle.dump(Payload(), file)
torch.save(Payload(), "model.pt")
np.save("out.npy", np.array([Payload()], object), allow_pickle=True)


def square(x):
    return Payload()
