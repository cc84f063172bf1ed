print("essai")
