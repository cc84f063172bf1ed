def carre(nombre):
    return nombre**2
