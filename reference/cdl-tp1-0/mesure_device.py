"""Le temps d'un produit de matrices, sur le processeur et sur la carte graphique s'il y en a une."""

import time

import torch


def mesurer(device, taille, iterations):
    """Le temps, en secondes, de `iterations` produits de deux matrices de `taille` lignes et colonnes."""
    # <solution>
    a = torch.randn(taille, taille, device=device)
    b = torch.randn(taille, taille, device=device)
    attendre(device)
    debut = time.perf_counter()
    for _ in range(iterations):
        a @ b
    attendre(device)
    return time.perf_counter() - debut
    # </solution>


def attendre(device):
    """Une carte graphique travaille pendant que le programme continue : on attend qu'elle ait fini."""
    # <solution>
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize()
    # </solution>


if __name__ == "__main__":
    temps_cpu = mesurer("cpu", 500, 20)
    print(f"processeur : {temps_cpu:.4f} s")
    if torch.cuda.is_available():
        temps_gpu = mesurer("cuda", 500, 20)
        print(f"carte graphique : {temps_gpu:.4f} s, {temps_cpu / temps_gpu:.1f} fois plus rapide")
