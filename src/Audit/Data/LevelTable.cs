using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Governance.Audit.Data;

/// <summary>The distinct texts of a column, numbered in order of first appearance: a hash table over their UTF-8 bytes.</summary>
internal sealed class LevelTable
{
    // Secret and new in each process, so that a file cannot aim at collisions; no result depends on it.
    private static readonly ulong[] Seeds =
        [.. Enumerable.Range(0, 3).Select(_ => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1)];

    private int[] slots = new int[16]; // level + 1, or 0
    private ulong[] hashes = new ulong[8];
    private int[] starts = new int[9];
    private byte[] arena = new byte[64];
    private int lastCode = -1;

    /// <summary>How many texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held, and those that the finished texts will take.</summary>
    public long Bytes => (4L * slots.Length) + (12L * hashes.Length) + arena.Length + (30L * Count) + (2L * starts[Count]);

    /// <summary>The number of a text, new where it was not met before.</summary>
    public int Code(ReadOnlySpan<byte> text)
    {
        if (lastCode >= 0 && At(lastCode).SequenceEqual(text))
        {
            return lastCode;
        }

        ulong hash = Hash(text);
        int mask = slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int code = slots[slot] - 1;
            if (code < 0)
            {
                return lastCode = Insert(slot, hash, text);
            }

            if (hashes[code] == hash && At(code).SequenceEqual(text))
            {
                return lastCode = code;
            }
        }
    }

    /// <summary>The bytes of a text.</summary>
    public ReadOnlySpan<byte> At(int code) => arena.AsSpan(starts[code], starts[code + 1] - starts[code]);

    /// <summary>All texts by number.</summary>
    public string[] Texts()
    {
        string[] texts = new string[Count];
        for (int code = 0; code < texts.Length; code++)
        {
            texts[code] = Encoding.UTF8.GetString(At(code));
        }

        return texts;
    }

    private int Insert(int slot, ulong hash, ReadOnlySpan<byte> text)
    {
        int code = Count;
        if (hashes.Length == code)
        {
            Array.Resize(ref hashes, code * 2);
            Array.Resize(ref starts, (code * 2) + 1);
        }

        int used = starts[code];
        if (arena.Length - used < text.Length)
        {
            long wanted = Math.Max(2L * arena.Length, (long)used + text.Length);
            Array.Resize(ref arena, used + (long)text.Length > Array.MaxLength
                ? throw new InputException("A column of the data holds more than 2 GiB of distinct text.")
                : (int)Math.Min(wanted, Array.MaxLength));
        }

        text.CopyTo(arena.AsSpan(used));
        starts[code + 1] = used + text.Length;
        hashes[code] = hash;
        slots[slot] = ++Count;
        if (Count * 2 > slots.Length)
        {
            Rehash();
        }

        return code;
    }

    private void Rehash()
    {
        slots = new int[slots.Length * 2];
        int mask = slots.Length - 1;
        for (int code = 0; code < Count; code++)
        {
            int slot = (int)hashes[code] & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = code + 1;
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = Mix(Seeds[0] ^ (ulong)text.Length, Seeds[1]);
        for (; text.Length > 8; text = text[8..])
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text), Seeds[2]);
        }

        return Mix(hash ^ Tail(text), Seeds[1]);
    }

    // Up to 8 bytes as one word; different texts of one length give different words.
    private static ulong Tail(ReadOnlySpan<byte> text) => text.Length switch
    {
        8 => MemoryMarshal.Read<ulong>(text),
        >= 4 => MemoryMarshal.Read<uint>(text) | ((ulong)MemoryMarshal.Read<uint>(text[^4..]) << 32),
        > 0 => text[0] | ((ulong)text[text.Length / 2] << 8) | ((ulong)text[^1] << 16),
        _ => 0,
    };

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
