# TP 1.4
# Etudiant : Dupont
import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
import matplotlib.pyplot as plt

masse = 1.0
frottement = 2.0
raideur = 100.0


def solution_exacte(temps, masse=1.0, frottement=2.0, raideur=100.0):
    delta = frottement / (2 * masse)
    omega0 = np.sqrt(raideur / masse)
    omega = np.sqrt(omega0 ** 2 - delta ** 2)
    phi = np.arctan(-delta / omega)
    amplitude = 1 / np.cos(phi)
    if isinstance(temps, torch.Tensor):
        return amplitude * torch.exp(-delta * temps) * torch.cos(omega * temps + phi)
    return amplitude * np.exp(-delta * temps) * np.cos(omega * temps + phi)


class Reseau(nn.Module):
    def __init__(self, entree, largeur, profondeur, sortie):
        super(Reseau, self).__init__()
        self.premiere = nn.Linear(entree, largeur)
        self.cachees = nn.ModuleList()
        for i in range(profondeur - 1):
            self.cachees.append(nn.Linear(largeur, largeur))
        self.derniere = nn.Linear(largeur, sortie)
        self.activation = nn.Tanh()

    def forward(self, x):
        x = self.activation(self.premiere(x))
        for couche in self.cachees:
            x = self.activation(couche(x))
        x = self.derniere(x)
        return x


def residu(modele, temps, masse, frottement, raideur):
    u = modele(temps)
    du = torch.autograd.grad(outputs=u, inputs=temps, grad_outputs=torch.ones_like(u), create_graph=True, retain_graph=True)[0]
    ddu = torch.autograd.grad(outputs=du, inputs=temps, grad_outputs=torch.ones_like(du), create_graph=True, retain_graph=True)[0]
    r = masse * ddu + frottement * du + raideur * u
    return r


def entrainer_regression(temps_obs, u_obs, nb_epoques):
    torch.manual_seed(0)
    modele = Reseau(1, 32, 3, 1)
    critere = nn.MSELoss()
    optimiseur = optim.Adam(modele.parameters(), lr=0.005)
    pertes = []
    for epoque in range(nb_epoques):
        prediction = modele(temps_obs)
        perte = critere(prediction, u_obs)
        optimiseur.zero_grad()
        perte.backward()
        optimiseur.step()
        pertes.append(perte.item())
    return modele, pertes


def entrainer_pinn(nb_epoques):
    torch.manual_seed(0)
    modele = Reseau(1, 24, 2, 1)
    optimiseur = optim.Adam(modele.parameters(), lr=0.01)
    temps_physique = torch.linspace(0, 1, 40).view(-1, 1)
    temps_physique.requires_grad = True
    temps_zero = torch.tensor([[0.0]], requires_grad=True)
    pertes = []
    pertes_physique = []
    for epoque in range(nb_epoques):
        # conditions initiales
        u0 = modele(temps_zero)
        v0 = torch.autograd.grad(u0, temps_zero, torch.ones_like(u0), create_graph=True)[0]
        perte_position = (u0 - 1) ** 2
        perte_vitesse = (v0 - 0) ** 2
        # physique
        r = residu(modele, temps_physique, masse, frottement, raideur)
        perte_physique = torch.mean(r ** 2)
        perte = perte_position.squeeze() + 0.1 * perte_vitesse.squeeze() + 0.0001 * perte_physique
        optimiseur.zero_grad()
        perte.backward()
        optimiseur.step()
        pertes.append(perte.item())
        pertes_physique.append(perte_physique.item())
        if epoque % 1000 == 0:
            # erreur, juste pour voir
            t_test = torch.linspace(0, 1, 100).view(-1, 1)
            erreur = torch.mean((modele(t_test) - solution_exacte(t_test)) ** 2)
            print("Epoque", epoque, "perte", perte.item(), "erreur", erreur.item())
    return modele, pertes, pertes_physique


def identifier(temps_obs, u_obs, nb_epoques):
    torch.manual_seed(0)
    modele = Reseau(1, 24, 2, 1)
    mu = torch.nn.Parameter(torch.tensor([0.5]))
    optimiseur = optim.Adam([{"params": modele.parameters()}, {"params": [mu], "lr": 0.02}], lr=0.01)
    temps_physique = torch.linspace(0, 1, 40).view(-1, 1)
    temps_physique.requires_grad = True
    pertes = []
    historique_mu = []
    for epoque in range(nb_epoques):
        perte_donnees = torch.mean((modele(temps_obs) - u_obs) ** 2)
        r = residu(modele, temps_physique, masse, mu, raideur)
        perte = perte_donnees + 0.0001 * torch.mean(r ** 2)
        optimiseur.zero_grad()
        perte.backward()
        optimiseur.step()
        pertes.append(perte.item())
        historique_mu.append(mu.item())
    return modele, mu.item(), historique_mu


t = torch.linspace(0, 1, 200).view(-1, 1)
u = solution_exacte(t)
t_obs = t[:70:5]
u_obs = u[:70:5]

modele_regression, pertes_regression = entrainer_regression(t_obs, u_obs, 1000)
modele_pinn, pertes_pinn, pertes_phys = entrainer_pinn(2000)

u_regression = modele_regression(t).detach().numpy()
u_pinn = modele_pinn(t).detach().numpy()

plt.figure()
plt.plot(t.numpy(), u.numpy(), label="Solution exacte")
plt.plot(t_obs.numpy(), u_obs.numpy(), "ro", label="Observations")
plt.plot(t.numpy(), u_regression, label="Régression")
plt.plot(t.numpy(), u_pinn, label="PINN")
plt.title("Comparaison")
plt.xlabel("temps")
plt.ylabel("u")
plt.legend()
plt.show()

plt.figure()
plt.plot(pertes_pinn)
plt.yscale("log")
plt.title("Pertes du PINN")
plt.show()

mu_vrai = 3.5
t_bruit = torch.rand(100, 1)
u_bruit = solution_exacte(t_bruit, 1.0, mu_vrai, 100.0) + 0.01 * torch.randn(100, 1)
modele_inverse, mu_trouve, historique = identifier(t_bruit, u_bruit, 1500)
print("mu vrai", mu_vrai, "mu trouvé", mu_trouve)
plt.figure()
plt.plot(historique)
plt.show()
