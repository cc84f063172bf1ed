import numpy as np
from src.encapsulage import Sequentiel
from src.lineaire import Linear
from src.non_lineaire import TanH, Sigmoide


class AutoEncodeur(Sequentiel):
    def __init__(self, entree=784, latent=2):
        h1 = max(entree // 4, 8)
        h2 = max(entree // 8, 4)
        super().__init__([
            Linear(entree, h1), TanH(), Linear(h1, h2), TanH(), Linear(h2, latent), TanH(),
            Linear(latent, h2), TanH(), Linear(h2, h1), TanH(), Linear(h1, entree), Sigmoide(),
        ])


def ajouter_bruit(images, facteur):
    bruit = np.random.randn(*images.shape) * facteur
    return images + bruit
