import io

import matplotlib.pyplot as plt

figure, axes = plt.subplots()
axes.plot([1, 2, 3], [120, 90, 140])
out = io.BytesIO()
figure.savefig(out, format="svg")
print(len(out.getvalue()) > 0)
