# TP1 - prise en main
import numpy
import matplotlib.pyplot
import torch
import time
import math


# Partie 1
def carre(nombre):
    resultat = nombre * nombre
    print("le carre de", nombre, "vaut", resultat)
    return resultat


ma_liste = []
for k in range(5):
    ma_liste = ma_liste + [carre(k + 1)]
print("ma liste de carres est", ma_liste)


class Point(object):

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def afficher(self):
        print("(", self.x, ",", self.y, ")")

    def distance(self):
        somme = self.x ** 2 + self.y ** 2
        distance = math.sqrt(somme)
        return distance


mon_point = Point(3, 4)
mon_point.afficher()
print("distance", mon_point.distance())

# Partie 2
liste1 = [10, 20, 30]
liste2 = [1, 2, 3]
somme_listes = liste1 + liste2
print("liste + liste =", somme_listes)
tableau1 = numpy.array([10, 20, 30])
tableau2 = numpy.array([1, 2, 3])
somme_tableaux = tableau1 + tableau2
print("tableau + tableau =", somme_tableaux)

tableau_zeros = numpy.zeros((2, 3))
print(tableau_zeros)
tableau_uns = numpy.ones((3, 2))
print(tableau_uns)

matrice1 = numpy.array([[1, 2, 3], [4, 5, 6]])
matrice2 = numpy.array([[1, 0], [2, 1], [0, 3]])
produit = matrice1.dot(matrice2)
print("produit =")
print(produit)

# Partie 3
abscisses = []
ordonnees_sinus = []
ordonnees_cosinus = []
for k in range(101):
    angle = 2 * math.pi * k / 100
    abscisses.append(angle)
    ordonnees_sinus.append(math.sin(angle))
    ordonnees_cosinus.append(math.cos(angle))
matplotlib.pyplot.plot(abscisses, ordonnees_sinus, color="red")
matplotlib.pyplot.plot(abscisses, ordonnees_cosinus, color="green")
matplotlib.pyplot.title("sinus et cosinus")
matplotlib.pyplot.xlabel("angle en radians")
matplotlib.pyplot.ylabel("sinus et cosinus")
matplotlib.pyplot.legend(["sinus", "cosinus"])
matplotlib.pyplot.grid(True)
matplotlib.pyplot.show()

# Partie 4
mon_tenseur = torch.tensor([1.0, 2.0, 3.0])
if torch.cuda.is_available():
    mon_tenseur = mon_tenseur.cuda()
    print("le tenseur est sur le GPU")
else:
    print("pas de GPU, le tenseur reste sur le CPU")


def mesurer_temps(appareil, taille, nombre):
    matrice_a = torch.randn(taille, taille)
    matrice_b = torch.randn(taille, taille)
    matrice_a = matrice_a.to(appareil)
    matrice_b = matrice_b.to(appareil)
    if appareil == "cuda":
        torch.cuda.synchronize()
    debut = time.time()
    compteur = 0
    while compteur < nombre:
        matrice_c = torch.matmul(matrice_a, matrice_b)
        compteur = compteur + 1
    if appareil == "cuda":
        torch.cuda.synchronize()
    fin = time.time()
    duree = fin - debut
    return duree


print("temps sur le CPU :", mesurer_temps("cpu", 200, 20), "secondes")
