"""Makes the pictures of this folder with Pillow (13.0, libjpeg-turbo 3.2, libwebp 1.6), and beside each NAME.EXT
its pixels as Pillow sees them, NAME.EXT.png: upright, in sRGB, on white. Every one is made of numbers."""
import io
import pathlib
import struct
import numpy as np
import simplejpeg
from PIL import Image, ImageCms, ImageOps

HERE = pathlib.Path(__file__).parent
W, H = 37, 23
y, x = np.mgrid[0:H, 0:W]
RGB = Image.fromarray(np.stack([x * 255 // (W - 1), y * 255 // (H - 1), (x * 11 + y * 7) % 256], -1).astype("uint8"))
BLOCKS = np.asarray(RGB).copy()
BLOCKS[4:12, 6:20] = (250, 20, 30)
BLOCKS[10:20, 16:30] = (10, 200, 40)
RGB = Image.fromarray(BLOCKS)
ALPHA = Image.fromarray(((x * 9 + y * 5) % 256).astype("uint8"))
RGBA = RGB.copy()
RGBA.putalpha(ALPHA)


def profile(red, green, blue, gamma):
    """A matrix profile of ICC version 2: primaries in XYZ for D50, one gamma."""
    def fixed(v):
        return struct.pack(">i", round(v * 65536))
    def xyz(c):
        return b"XYZ \0\0\0\0" + b"".join(map(fixed, c))
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78) + b"\0"
    text = b"text\0\0\0\0none\0\0\0\0"
    tags = [(b"desc", desc), (b"cprt", text), (b"wtpt", xyz((0.9642, 1, 0.8249))), (b"rXYZ", xyz(red)),
            (b"gXYZ", xyz(green)), (b"bXYZ", xyz(blue)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, data, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, body in tags:
        body += bytes(-len(body) % 4)
        table += name + struct.pack(">II", at + len(data), len(body))
        data += body
    size = at + len(data)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">iii", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


P3 = profile((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841), 2.2)
ADOBE = profile((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446), 2.2)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def seen(data):
    im = Image.open(io.BytesIO(data))
    icc = im.info.get("icc_profile")
    im = ImageOps.exif_transpose(im)
    if im.mode.startswith("I;16"):
        im = Image.fromarray(((np.asarray(im).astype("int64") * 255 + 32767) // 65535).astype("uint8"))
    if im.mode in ("P", "PA", "LA", "RGBa") or "transparency" in im.info:
        im = im.convert("RGBA")
    alpha = im.getchannel("A") if im.mode == "RGBA" else None
    im = im.convert("RGB")
    if icc:
        im = ImageCms.profileToProfile(im, io.BytesIO(icc), ImageCms.createProfile("sRGB"))
    if alpha:
        im = Image.composite(im, Image.new("RGB", im.size, "white"), alpha)
    return im


def put(name, data):
    (HERE / name).write_bytes(data)
    seen(data).save(HERE / (name + ".png"), optimize=True)


def save(name, im, form, **options):
    out = io.BytesIO()
    im.save(out, form, **options)
    put(name, out.getvalue())


for sub in ("444", "422", "420", "440", "411"):
    put(f"{sub}.jpg", simplejpeg.encode_jpeg(np.ascontiguousarray(RGB), quality=90, colorsubsampling=sub))
for sub in ("4:4:4", "4:2:2", "4:2:0"):
    name = sub.replace(":", "")
    save(f"{name}-progressive.jpg", RGB, "JPEG", quality=90, subsampling=sub, progressive=True)
save("restarts.jpg", RGB, "JPEG", quality=80, restart_marker_blocks=1)
save("grey.jpg", RGB.convert("L"), "JPEG", quality=85)
save("rgb.jpg", RGB, "JPEG", quality=90, keep_rgb=True)
save("cmyk.jpg", RGB.convert("CMYK"), "JPEG", quality=90)
save("p3.jpg", RGB, "JPEG", quality=95, subsampling=0, icc_profile=P3)
save("adobe-rgb.jpg", RGB, "JPEG", quality=95, subsampling=0, icc_profile=ADOBE)
save("srgb.jpg", RGB, "JPEG", quality=95, subsampling=0, icc_profile=SRGB)
save("adobe-rgb.png", RGBA, "PNG", icc_profile=ADOBE)
save("p3.webp", RGB, "WEBP", lossless=True, icc_profile=P3)
save("p3.tif", RGB, "TIFF", icc_profile=P3)
save("grey-16.png", Image.fromarray((x * 1700 + y * 50).astype("uint16")), "PNG")
save("palette-clear.png", RGB.quantize(16), "PNG", transparency=3)
save("two-colours.png", RGB.convert("1"), "PNG")
for quality in (5, 60, 95):
    save(f"lossy-{quality}.webp", RGB, "WEBP", quality=quality, method=4)
save("lossy-segments.webp", RGB.resize((130, 70)), "WEBP", quality=30, method=6)
save("lossy-alpha.webp", RGBA, "WEBP", quality=70)
save("lossy-alpha-exact.webp", RGBA, "WEBP", quality=70, alpha_quality=40)
save("lossless.webp", RGB, "WEBP", lossless=True, method=6)
save("lossless-alpha.webp", RGBA, "WEBP", lossless=True, exact=True)
for colours in (1, 2, 4, 16, 100):
    save(f"lossless-{colours}.webp", RGB.quantize(colours).convert("RGB"), "WEBP", lossless=True)
save("noise.webp", Image.fromarray(np.random.default_rng(1).integers(0, 256, (H, W, 3)).astype("uint8")), "WEBP",
     lossless=True)
part = Image.new("RGBA", (W, H), (0, 0, 0, 0))
part.paste(RGBA.crop((5, 4, 20, 18)), (6, 4))
save("animated.webp", part, "WEBP", save_all=True, append_images=[RGBA], duration=100, lossless=True)
for mode, im in (("1", RGB.convert("1")), ("L", RGB.convert("L")), ("P", RGB.quantize(20)), ("RGB", RGB),
                 ("RGBA", RGBA), ("CMYK", RGB.convert("CMYK"))):
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        save(f"{mode}-{compression}.tif", im, "TIFF", compression=compression)
save("fax3.tif", RGB.convert("1"), "TIFF", compression="group3")
save("fax4.tif", RGB.convert("1"), "TIFF", compression="group4")
save("jpeg.tif", RGB, "TIFF", compression="jpeg", quality=95)
save("grey-16.tif", Image.fromarray((x * 1700 + y * 50).astype("uint16")), "TIFF")
save("big.tif", RGB, "TIFF", big_tiff=True)
save("pages.tif", RGB, "TIFF", save_all=True, append_images=[RGB.rotate(180)], compression="tiff_lzw")
for orientation in range(1, 9):
    save(f"turned-{orientation}.tif", RGB, "TIFF", tiffinfo={274: orientation})
