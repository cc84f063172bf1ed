import numpy as np
import matplotlib.pyplot as plt
from math import sqrt, pi

def calculer_carre(nombre):
    c = np.square(nombre)
    return c

resultats = []
i = 1
while i <= 5:
    resultats.append(int(calculer_carre(i)))
    i += 1
print(resultats)

class Point:
    def __init__(self, abscisse, ordonnee):
        self.abscisse = abscisse
        self.ordonnee = ordonnee
    def norme(self):
        d = sqrt(self.abscisse * self.abscisse + self.ordonnee * self.ordonnee)
        return d

pt = Point(-3, 4)
print(pt.norme())

l1 = [1, 2]
l2 = [3, 4]
l3 = l1 + l2
t1 = np.array(l1)
t2 = np.array(l2)
t3 = t1 + t2
print("somme des listes", l3)
print("somme des tableaux", t3)

Z = np.zeros((2, 3))
U = np.ones((3, 2))
print(Z)
print(U)

M = np.array([[2, 0], [1, 3]])
N = np.array([[1, 1], [0, 2]])
P = np.dot(M, N)
print("produit :", P)

x = np.linspace(-0.0, 2 * pi, 300)
plt.plot(x, np.cos(x), 'g', label='Cosinus')
plt.plot(x, np.sin(x), 'm:', label='Sinus')
plt.legend(loc='upper right')
plt.grid()
plt.suptitle('Fonctions trigonométriques')
plt.xlabel('x (radians)')
plt.ylabel('y')
plt.savefig('courbes.png', dpi=150)
plt.close()
