from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Vecteur = NDArray[np.float64]


@dataclass
class PerceptronBinaire:
    """Étiquettes 0 / 1."""

    taux: float = 0.1
    époques_max: int = 15
    w: Vecteur | None = field(default=None, init=False)
    b: float = field(default=0.0, init=False)
    historique: list[int] = field(default_factory=list, init=False)

    def _score(self, x: Vecteur) -> Vecteur:
        return x @ self.w + self.b

    def fit(self, X: Vecteur, y: Vecteur) -> "PerceptronBinaire":
        signes = 2 * np.asarray(y) - 1
        self.w, self.b, self.historique = np.zeros(X.shape[1]), 0.0, []
        for _ in range(self.époques_max):
            fautes = 0
            for x, s in zip(X, signes):
                if s * self._score(x) <= 0:
                    self.w += self.taux * s * x
                    self.b += self.taux * s
                    fautes += 1
            self.historique.append(fautes)
            if fautes == 0:
                break
        return self

    def predict(self, X: Vecteur) -> NDArray[np.int64]:
        return (self._score(X) > 0).astype(int)
