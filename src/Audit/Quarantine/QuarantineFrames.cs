using System.Buffers.Binary;

namespace Governance.Audit.Quarantine;

/// <summary>What a frame between parent and child holds.</summary>
internal enum FrameKind : byte
{
    Allowance = 1,
    Model = 2,
    Encoding = 3,
    Rows = 4,
    End = 5,
    Stage = 6,
    Report = 7,
}

/// <summary>The frames in which parent and child speak: a kind, a length of four bytes, that many bytes.</summary>
internal static class QuarantineFrames
{
    /// <summary>The largest report, in bytes; a child that writes more is not believed.</summary>
    public const int MostReport = 4 << 20;

    private const int HeadBytes = 5;

    /// <summary>Writes a frame.</summary>
    public static async Task WriteAsync(Stream stream, FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadBytes];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), payload.Length);
        await stream.WriteAsync(head, cancellationToken);
        await stream.WriteAsync(payload, cancellationToken);
    }

    /// <summary>Reads a frame.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="most">The most bytes that it may hold.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where the stream ends before, within or after too long a frame, or the kind is none.</returns>
    public static async Task<(FrameKind Kind, byte[] Payload)?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadBytes];
        if (await stream.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken) < HeadBytes)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        FrameKind kind = (FrameKind)head[0];
        if (length < 0 || length > most || !Enum.IsDefined(kind))
        {
            return null;
        }

        byte[] payload = new byte[length];
        return await stream.ReadAtLeastAsync(payload, length, throwOnEndOfStream: false, cancellationToken) < length ? null : (kind, payload);
    }
}
