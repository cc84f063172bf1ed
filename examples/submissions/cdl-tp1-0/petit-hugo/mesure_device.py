import time
import torch
def mesurer(device, taille=500, iterations=20):
    A = torch.rand(taille, taille, device=device)
    B = torch.rand(taille, taille, device=device)
    if str(device).startswith("cuda"):
        torch.cuda.synchronize()
    t0 = time.perf_counter()
    for i in range(iterations):
        C = torch.matmul(A, B)
    if str(device).startswith("cuda"):
        torch.cuda.synchronize()
    return time.perf_counter() - t0
if __name__ == "__main__":
    print("cpu", mesurer("cpu"))
    if torch.cuda.is_available():
        print("cuda", mesurer("cuda"))
