import tariff

for weight, express in ((1, False), (2, True)):
    print(tariff.price(weight, express=express))
