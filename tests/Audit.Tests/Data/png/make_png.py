"""Writes examples.tsv: small PNG pictures made with Python's own zlib, each line by another filter, and the samples that they hold.

    python3 make_png.py > examples.tsv      name, width, height, channels, the file and its samples in base64
"""
import base64
import random
import struct
import zlib


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def packed(lines, pixel, filters):
    out, above = bytearray(), bytes(len(lines[0]))
    for y, line in enumerate(lines):
        kind = filters[y % len(filters)]
        out.append(kind)
        for x, value in enumerate(line):
            left = line[x - pixel] if x >= pixel else 0
            corner = above[x - pixel] if x >= pixel else 0
            guess = [0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner)][kind]
            out.append((value - guess) & 255)
        above = line
    return zlib.compress(bytes(out), 9)


def picture(width, height, colour, pixel, filters, palette=None, parts=1):
    lines = [bytes(random.randrange(len(palette) // 3 if palette else 256) for _ in range(width * pixel)) for _ in range(height)]
    data = packed(lines, pixel, filters)
    cut = [data[len(data) * i // parts: len(data) * (i + 1) // parts] for i in range(parts)]
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    file += chunk(b"tEXt", b"Comment\0made up")
    file += chunk(b"PLTE", palette) if palette else b""
    file += b"".join(chunk(b"IDAT", part) for part in cut) + chunk(b"IEND", b"")
    samples = b"".join(lines) if palette is None else b"".join(palette[3 * i: 3 * i + 3] for line in lines for i in line)
    return file, samples


random.seed(7)
for name, width, height, colour, channels, filters, parts in [
    ("grey-none", 5, 4, 0, 1, [0], 1), ("grey-all", 9, 11, 0, 1, [0, 1, 2, 3, 4], 3), ("rgb-all", 8, 7, 2, 3, [4, 3, 2, 1, 0], 2),
    ("rgb-one-pixel", 1, 1, 2, 3, [4], 1), ("rgba-all", 6, 10, 6, 4, [0, 1, 2, 3, 4], 1), ("palette-all", 7, 10, 3, 3, [1, 2, 3, 4, 0], 1),
]:
    colours = bytes(random.randrange(256) for _ in range(3 * 11)) if colour == 3 else None
    file, samples = picture(width, height, colour, 1 if colours else channels, filters, colours, parts)
    print(name, width, height, channels, base64.b64encode(file).decode(), base64.b64encode(samples).decode(), sep="\t")
