import sys

sys.path.append("code")
from donnees import *
from entrainement import *
from reseau import *


def principal():
    ecrire_jeux("data", "sorties")
    appr, val, test = trois_chargeurs("sorties", 16)
    modele = PerceptronMulticouche(appr.dataset.tensors[0][0].numel())
    historique = entrainer_modele(modele, appr, val, epoques=10)
    print(historique[-1])


if __name__ == "__main__":
    principal()
