from datas import crack_loaders, mnist_loaders
from models import BigCNN, CrackDetector, MultinomialRegression, SmallCNN

train_loader, test_loader = mnist_loaders()
for cls in (MultinomialRegression, SmallCNN, BigCNN):
    net = cls()
    net.fit(train_loader, test_loader, epochs=3)
    print(cls.__name__, net.n_parameters, "parameters,", net.score(test_loader), "%")

train_loader, valid_loader, test_loader = crack_loaders()
detector = CrackDetector()
print("complexity", detector.n_parameters)
detector.fit(train_loader, valid_loader, epochs=12)
print("test", detector.score(test_loader))
