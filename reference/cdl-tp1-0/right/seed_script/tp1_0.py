print("Bonjour le monde !")


def carre(x):
    """Cette fonction retourne le carre de son argument."""
    return x ** 2


nombres = [1, 2, 3, 4, 5]
carres = []
for nombre in nombres:
    resultat = carre(nombre)
    carres.append(resultat)
    print(f"Le carre de {nombre} est {resultat}")

print("\nListe des carres :", carres)


class Point:
    """Une classe simple pour representer un point dans un plan 2D."""

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def distance_origine(self):
        return (self.x**2 + self.y**2)**0.5


p = Point(3, 4)
print(f"\nLe point ({p.x}, {p.y}) est a une distance de {p.distance_origine()} de l'origine.")

import numpy as np

liste_py = [1, 2, 3, 4, 5]
array_np = np.array(liste_py)

print("\n--- NumPy ---")
print("Liste Python :", liste_py)
print("Tableau NumPy :", array_np)

liste_py_2 = liste_py + liste_py
array_np_2 = array_np + array_np

print("\nAddition d'une liste a elle-meme (concatenation) :", liste_py_2)
print("Addition d'un tableau a lui-meme (terme a terme) :", array_np_2)

zeros = np.zeros((2, 3))
uns = np.ones((3, 2))
aleatoire = np.random.rand(2, 2)

print("\nTableau de zeros :\n", zeros)
print("Tableau de uns :\n", uns)
print("Tableau aleatoire :\n", aleatoire)

mat_A = np.array([[1, 2], [3, 4]])
mat_B = np.array([[5, 6], [7, 8]])
produit_matriciel = mat_A @ mat_B

print("\nProduit matriciel de A et B :\n", produit_matriciel)
print("Forme du tableau (shape) :", produit_matriciel.shape)

import matplotlib.pyplot as plt

x = np.linspace(0, 2 * np.pi, 100)
y_sin = np.sin(x)
y_cos = np.cos(x)

plt.figure(figsize=(10, 6))
plt.plot(x, y_sin, label='sin(x)', color='blue', linestyle='-')
plt.plot(x, y_cos, label='cos(x)', color='red', linestyle='--')
plt.title("Fonctions Sinus et Cosinus")
plt.xlabel("Angle [rad]")
plt.ylabel("Valeur")
plt.grid(True)
plt.legend()
plt.show()

import torch
import time

print("\n--- PyTorch ---")
print("Version de PyTorch :", torch.__version__)

tenseur = torch.tensor([[1, 2], [3, 4]], dtype=torch.float32)
print("\nUn tenseur PyTorch :\n", tenseur)
print("Device du tenseur :", tenseur.device)

if torch.cuda.is_available():
    device = torch.device("cuda")
    print("\nUn GPU est disponible ! Nous allons l'utiliser.")
else:
    device = torch.device("cpu")
    print("\nAucun GPU detecte. Utilisation du CPU.")

tenseur_gpu = tenseur.to(device)
print("Device du nouveau tenseur :", tenseur_gpu.device)

try:
    resultat_erreur = tenseur + tenseur_gpu
except RuntimeError as e:
    print("\nErreur attendue :", e)

taille_matrice = 300
iterations = 30

mat_A_cpu = torch.randn(taille_matrice, taille_matrice, device='cpu')
mat_B_cpu = torch.randn(taille_matrice, taille_matrice, device='cpu')

start_time_cpu = time.time()
for _ in range(iterations):
    resultat_cpu = mat_A_cpu @ mat_B_cpu
end_time_cpu = time.time()

temps_cpu = end_time_cpu - start_time_cpu
print(f"Temps de calcul sur CPU : {temps_cpu:.4f} secondes.")

if torch.cuda.is_available():
    mat_A_gpu = mat_A_cpu.to(device)
    mat_B_gpu = mat_B_cpu.to(device)
    torch.cuda.synchronize()
    start_time_gpu = time.time()
    for _ in range(iterations):
        resultat_gpu = mat_A_gpu @ mat_B_gpu
    torch.cuda.synchronize()
    end_time_gpu = time.time()
    temps_gpu = end_time_gpu - start_time_gpu
    print(f"Temps de calcul sur GPU : {temps_gpu:.4f} secondes.")
    print(f"\nLe calcul sur GPU etait environ {temps_cpu / temps_gpu:.2f} fois plus rapide !")
