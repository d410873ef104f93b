namespace Governance.Registry.Uploads;

/// <summary>Whether bytes begin as an ONNX model does. ONNX has no magic: its fields are walked, not read.</summary>
/// <remarks>Only the door: the pre-parser of the quarantine judges the whole file before any runtime sees it.</remarks>
internal static class OnnxStart
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    // Field numbers of ModelProto (onnx.proto3) with their wire types.
    private static readonly Dictionary<ulong, int> Fields = new()
    {
        [1] = Varint, [2] = Delimited, [3] = Delimited, [4] = Delimited, [5] = Varint, [6] = Delimited, [7] = Delimited,
        [8] = Delimited, [14] = Delimited, [20] = Delimited, [25] = Delimited, [26] = Delimited,
    };

    /// <summary>Walks the top-level fields as far as the bytes go; the first must be one of a model.</summary>
    public static bool Matches(ReadOnlySpan<byte> head)
    {
        // Text such as "race,…" may walk by chance, but has no control characters; a model has its IR version's tag.
        if (head.Length < 2 || !HasControls(head))
        {
            return false;
        }

        int at = 0;
        for (bool first = true; at < head.Length; first = false)
        {
            if (!TryVarint(head, ref at, out ulong tag))
            {
                return !first;
            }

            ulong field = tag >> 3;
            int wire = (int)(tag & 7);
            if (field == 0 || (first && !Fields.ContainsKey(field)) || (Fields.TryGetValue(field, out int known) && known != wire))
            {
                return false;
            }

            switch (wire)
            {
                case Varint when TryVarint(head, ref at, out _):
                    break;
                case Delimited when TryVarint(head, ref at, out ulong length):
                    if (length > (ulong)(head.Length - at))
                    {
                        return true; // the field goes on behind the head, or the file is cut: the pre-parser will say
                    }

                    at += (int)length;
                    break;
                case Fixed64:
                    at += 8;
                    break;
                case Fixed32:
                    at += 4;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool HasControls(ReadOnlySpan<byte> head)
    {
        foreach (byte value in head)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryVarint(ReadOnlySpan<byte> head, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < head.Length; shift += 7)
        {
            byte next = head[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
