"""Le temps d'un produit de matrices, sur le processeur et sur la carte graphique s'il y en a une."""

import time

import torch


def mesurer(device, taille, iterations):
    """Le temps, en secondes, de `iterations` produits de deux matrices de `taille` lignes et colonnes."""
    raise NotImplementedError


def attendre(device):
    """Une carte graphique travaille pendant que le programme continue : on attend qu'elle ait fini."""
    raise NotImplementedError


if __name__ == "__main__":
    temps_cpu = mesurer("cpu", 500, 20)
    print(f"processeur : {temps_cpu:.4f} s")
    if torch.cuda.is_available():
        temps_gpu = mesurer("cuda", 500, 20)
        print(f"carte graphique : {temps_gpu:.4f} s, {temps_cpu / temps_gpu:.1f} fois plus rapide")
