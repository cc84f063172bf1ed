"""Scénario 2."""
import matplotlib.pyplot as plt

from oscillateur import train_pinn

model, pertes = train_pinn()
plt.semilogy(pertes)
plt.xlabel("époque")
plt.ylabel("perte")
plt.savefig("pertes.png")
print("perte finale :", pertes[-1])
