import cairocffi

surface = cairocffi.ImageSurface(cairocffi.FORMAT_ARGB32, 64, 16)
print("a badge of", surface.get_width(), "x", surface.get_height())
