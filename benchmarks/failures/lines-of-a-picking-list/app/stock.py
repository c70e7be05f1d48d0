STOCK = {
    "BOLT-M8-GALVANISED": ("bolt, eight millimetres", "A-17"),
    "NUT-M8-STAINLESS": ("nut, eight millimetres", "A-18"),
}
