namespace Governance.Audit.Quarantine.Scanning;

/// <summary>The element types of the ONNX specification (IR version 13): how wide, and in which field their data lies.</summary>
/// <param name="Name">The specification's name, in lower case.</param>
/// <param name="Bits">An element's width in raw data; 0 for text.</param>
/// <param name="Field">The number of the tensor's field for typed data.</param>
internal readonly record struct ElementType(string Name, int Bits, int Field)
{
    public const int Float = 1;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Text = 8;
    public const int Half = 10;
    public const int Double = 11;
    public const int BrainHalf = 16;

    private static readonly ElementType[] All =
    [
        default,
        new("float", 32, 4), new("uint8", 8, 5), new("int8", 8, 5), new("uint16", 16, 5), new("int16", 16, 5),
        new("int32", 32, 5), new("int64", 64, 7), new("string", 0, 6), new("bool", 8, 5), new("float16", 16, 5),
        new("double", 64, 10), new("uint32", 32, 11), new("uint64", 64, 11), new("complex64", 64, 4),
        new("complex128", 128, 10), new("bfloat16", 16, 5), new("float8e4m3fn", 8, 5), new("float8e4m3fnuz", 8, 5),
        new("float8e5m2", 8, 5), new("float8e5m2fnuz", 8, 5), new("uint4", 4, 5), new("int4", 4, 5),
        new("float4e2m1", 4, 5), new("float8e8m0", 8, 5), new("uint2", 2, 5), new("int2", 2, 5),
    ];

    /// <summary>The type of this number, or null where the specification has none.</summary>
    public static ElementType? Of(int number) => number > 0 && number < All.Length ? All[number] : null;

    /// <summary>The bytes that raw data of so many elements takes.</summary>
    public double RawBytes(double elements) => Math.Ceiling(elements * Bits / 8);

    /// <summary>The entries that typed data of so many elements takes: two for a complex number, a byte's worth of small ones in each.</summary>
    public double Entries(double elements) => Name switch
    {
        "complex64" or "complex128" => elements * 2,
        _ when Bits is > 0 and < 8 => Math.Ceiling(elements * Bits / 8),
        _ => elements,
    };
}
