from sklearn.metrics import confusion_matrix

NOMS = ("exactitude", "precision", "rappel", "f1", "taux_faux_positifs", "taux_faux_negatifs")

def toutes_les_mesures(verite, reponse):
    vn, fp, fn, vp = confusion_matrix(verite, reponse, labels=[0, 1]).ravel()
    exactitude = (vp + vn) / (vp + vn + fp + fn)
    precision = vp / (vp + fp) if vp + fp else 0.
    rappel = vp / (vp + fn) if vp + fn else 0.
    f1 = 2 * vp / (2 * vp + fp + fn) if vp + fp + fn else 0.
    taux_fp = fp / (fp + vn) if fp + vn else 0.
    taux_fn = fn / (fn + vp) if fn + vp else 0.
    return exactitude, precision, rappel, f1, taux_fp, taux_fn
