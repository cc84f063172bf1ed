import timeit
import torch

try:
    device = torch.device("cuda")
    tenseur = torch.ones(2, 2).to(device)
except Exception as e:
    print("pas de GPU :", e)
    device = torch.device("cpu")
    tenseur = torch.ones(2, 2)

A = torch.rand(256, 256, device=device)
B = torch.rand(256, 256, device=device)

def calcul():
    C = A @ B
    if device.type == "cuda":
        torch.cuda.synchronize()

temps = timeit.timeit(calcul, number=50)
print("50 produits :", temps, "s sur", device)
