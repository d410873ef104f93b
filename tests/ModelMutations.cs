using System.Buffers.Binary;
using System.Globalization;

namespace Governance.Tests;

/// <summary>Damages model files on purpose: by bits and bytes, and by the fields of the format with all lengths put right again.</summary>
/// <param name="models">The sound files, at least one.</param>
/// <param name="seed">The same seed, the same damage.</param>
internal sealed class ModelMutations(IReadOnlyList<byte[]> models, int seed)
{
    private static readonly ulong[] Telling =
    [
        0, 1, 2, 7, 127, 128, 255, 1 << 16, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 40, long.MaxValue, 1UL << 63, ulong.MaxValue,
        unchecked((ulong)-2),
    ];

    /// <summary>Damaged file number <paramref name="index"/>.</summary>
    public byte[] this[int index]
    {
        get
        {
            Random random = new(HashCode(seed, index));
            byte[] file = models[index % models.Count];
            for (int rounds = random.Next(1, 4); rounds > 0; rounds--)
            {
                file = random.Next(10) switch
                {
                    0 => Flipped(file, random),
                    1 => file[..random.Next(file.Length + 1)],
                    2 => Overwritten(file, random),
                    3 => Spliced(file, models[random.Next(models.Count)], random),
                    _ => WireTree.Parse(file, 0).Damaged(random).Bytes(),
                };
            }

            return file;
        }
    }

    /// <summary>The processor time of this thread, so that other tests and other programs do not count.</summary>
    public static double ProcessorSeconds() =>
        double.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9;

    // Not System.HashCode: that is seeded anew in each process.
    private static int HashCode(int seed, int index) => unchecked((seed * 397) ^ (index * (int)2654435761));

    private static byte[] Flipped(byte[] file, Random random)
    {
        byte[] copy = [.. file];
        for (int i = random.Next(1, 9); i > 0 && copy.Length > 0; i--)
        {
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        }

        return copy;
    }

    private static byte[] Overwritten(byte[] file, Random random)
    {
        byte[] copy = [.. file];
        byte[] telling = Varint(Telling[random.Next(Telling.Length)]);
        int at = random.Next(Math.Max(copy.Length - telling.Length, 1));
        telling.AsSpan(0, Math.Min(telling.Length, copy.Length - at)).CopyTo(copy.AsSpan(at));
        return copy;
    }

    private static byte[] Spliced(byte[] file, byte[] other, Random random)
    {
        int at = random.Next(file.Length + 1);
        int start = random.Next(other.Length + 1);
        int length = Math.Min(random.Next(2_000), other.Length - start);
        return [.. file[..at], .. other[start..(start + length)], .. file[Math.Min(at + (random.Next(2) * length), file.Length)..]];
    }

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    /// <summary>A message as its fields; bytes that read as a message are one too.</summary>
    private sealed class WireTree
    {
        private const int MostDepth = 12;

        private readonly List<(ulong Tag, ulong Number, byte[]? Leaf, WireTree? Inner)> fields = [];

        public static WireTree Parse(ReadOnlySpan<byte> bytes, int depth) => TryParse(bytes, depth) ?? new WireTree();

        public WireTree Damaged(Random random)
        {
            // Down to a random depth: wherever it stops, one field changes.
            WireTree at = this;
            while (at.fields.Count > 0 && random.Next(4) > 0)
            {
                WireTree[] inner = [.. at.fields.Select(field => field.Inner).OfType<WireTree>()];
                if (inner.Length == 0)
                {
                    break;
                }

                at = inner[random.Next(inner.Length)];
            }

            at.Change(random);
            return this;
        }

        public byte[] Bytes()
        {
            using MemoryStream stream = new();
            Span<byte> fixedBytes = stackalloc byte[8];
            foreach ((ulong tag, ulong number, byte[]? leaf, WireTree? inner) in fields)
            {
                stream.Write(Varint(tag));
                switch (tag & 7)
                {
                    case 0:
                        stream.Write(Varint(number));
                        break;
                    case 2:
                        byte[] body = inner?.Bytes() ?? leaf!;
                        stream.Write(Varint((ulong)body.Length));
                        stream.Write(body);
                        break;
                    default:
                        BinaryPrimitives.WriteUInt64LittleEndian(fixedBytes, number);
                        stream.Write(fixedBytes[..((tag & 7) == 1 ? 8 : 4)]);
                        break;
                }
            }

            return stream.ToArray();
        }

        private void Change(Random random)
        {
            if (fields.Count == 0)
            {
                fields.Add(((ulong)(random.Next(1, 30) << 3), Telling[random.Next(Telling.Length)], null, null));
                return;
            }

            int i = random.Next(fields.Count);
            int j = random.Next(fields.Count);
            (ulong tag, ulong number, byte[]? leaf, WireTree? inner) = fields[i];
            switch (random.Next(7))
            {
                case 0:
                    fields.RemoveAt(i);
                    break;
                case 1:
                    fields.Insert(j, fields[i]);
                    break;
                case 2:
                    (fields[i], fields[j]) = (fields[j], fields[i]);
                    break;
                case 3:
                    fields[i] = ((tag & 7) | ((ulong)random.Next(1, 30) << 3), number, leaf, inner);
                    break;
                case 4 when (tag & 7) == 2:
                    fields[i] = (tag, 0, new byte[random.Next(40)], null);
                    break;
                case 5:
                    fields.AddRange(Enumerable.Repeat(fields[i], random.Next(1, 200)));
                    break;
                default:
                    fields[i] = ((tag & 7) == 2 ? tag & ~7UL : tag, Telling[random.Next(Telling.Length)], null, null);
                    break;
            }
        }

        private static WireTree? TryParse(ReadOnlySpan<byte> bytes, int depth)
        {
            WireTree tree = new();
            int at = 0;
            while (at < bytes.Length)
            {
                if (!TryVarint(bytes, ref at, out ulong tag) || tag >> 3 is 0 or > 100)
                {
                    return null;
                }

                ulong number = 0;
                switch (tag & 7)
                {
                    case 0 when TryVarint(bytes, ref at, out number):
                        tree.fields.Add((tag, number, null, null));
                        break;
                    case 1 when bytes.Length - at >= 8:
                        tree.fields.Add((tag, BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]), null, null));
                        at += 8;
                        break;
                    case 5 when bytes.Length - at >= 4:
                        tree.fields.Add((tag, BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]), null, null));
                        at += 4;
                        break;
                    case 2 when TryVarint(bytes, ref at, out number) && number <= (ulong)(bytes.Length - at):
                        ReadOnlySpan<byte> body = bytes.Slice(at, (int)number);
                        at += body.Length;
                        WireTree? inner = body.Length is 0 or > 1 << 20 || depth > MostDepth ? null : TryParse(body, depth + 1);
                        tree.fields.Add((tag, 0, inner is null ? body.ToArray() : null, inner));
                        break;
                    default:
                        return null;
                }
            }

            return tree;
        }

        private static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
        {
            value = 0;
            for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
            {
                byte next = bytes[at++];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
