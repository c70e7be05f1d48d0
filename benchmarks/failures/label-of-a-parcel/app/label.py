from PIL import Image, ImageDraw, ImageFont

label = Image.new("1", (400, 120), 1)
ImageDraw.Draw(label).text((10, 30), "4711 Hamburg", font=ImageFont.truetype("DejaVuSans.ttf", 48))
print(label.getbbox())
