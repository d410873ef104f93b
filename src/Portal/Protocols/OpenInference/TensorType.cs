using Governance.Audit.Inference;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>The element types of the protocol, and what they are here.</summary>
internal static class TensorType
{
    /// <summary>Text or bytes of any length.</summary>
    public const string Bytes = "BYTES";

    private static readonly Dictionary<string, int> Sizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["UINT8"] = 1, ["INT8"] = 1, ["UINT16"] = 2, ["INT16"] = 2, ["FP16"] = 2, ["BF16"] = 2,
        ["UINT32"] = 4, ["INT32"] = 4, ["FP32"] = 4, ["UINT64"] = 8, ["INT64"] = 8, ["FP64"] = 8,
        [Bytes] = 0,
    };

    /// <summary>Whether the protocol has such a type.</summary>
    public static bool IsKnown(string type) => Sizes.ContainsKey(type);

    /// <summary>Bytes of one element; 0 where they vary.</summary>
    public static int SizeOf(string type) => Sizes[type];

    /// <summary>The least and the largest whole number of a type; null for types of other things.</summary>
    public static (Int128 Least, Int128 Most)? RangeOf(string type) => type switch
    {
        "UINT8" => (byte.MinValue, byte.MaxValue),
        "INT8" => (sbyte.MinValue, sbyte.MaxValue),
        "UINT16" => (ushort.MinValue, ushort.MaxValue),
        "INT16" => (short.MinValue, short.MaxValue),
        "UINT32" => (uint.MinValue, uint.MaxValue),
        "INT32" => (int.MinValue, int.MaxValue),
        "UINT64" => (ulong.MinValue, ulong.MaxValue),
        "INT64" => (long.MinValue, long.MaxValue),
        _ => null,
    };

    /// <summary>The protocol's name of an element type of the model.</summary>
    public static string NameOf(TensorKind kind) => kind switch
    {
        TensorKind.Float => "FP32",
        TensorKind.Double => "FP64",
        TensorKind.Int64 => "INT64",
        TensorKind.Int32 => "INT32",
        TensorKind.Boolean => "BOOL",
        _ => Bytes,
    };
}
