using System.Buffers.Binary;

namespace Governance.Audit.Data.Sources;

/// <summary>The checksum of gzip and zip (ISO 3309, polynomial 0xEDB88320), eight bytes at a step.</summary>
internal struct Crc32
{
    private static readonly uint[][] Tables = Make();

    private uint state;

    /// <summary>The checksum of all bytes added.</summary>
    public readonly uint Value => state;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~state;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (int i = 0; i < 8; i++)
            {
                crc ^= Tables[7 - i][(byte)(word >> (8 * i))];
            }
        }

        foreach (byte each in bytes)
        {
            crc = Tables[0][(byte)(crc ^ each)] ^ (crc >> 8);
        }

        state = ~crc;
    }

    private static uint[][] Make()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }

            tables[0][i] = crc;
        }

        for (int table = 1; table < 8; table++)
        {
            for (int i = 0; i < 256; i++)
            {
                uint crc = tables[table - 1][i];
                tables[table][i] = tables[0][(byte)crc] ^ (crc >> 8);
            }
        }

        return tables;
    }
}
