using System.Buffers.Binary;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>Reads tensors.</summary>
internal static class TensorScan
{
    /// <summary>Reads a tensor.</summary>
    public static ScannedTensor Read(WireReader reader, ReadOnlySpan<byte> file, ScanContext context)
    {
        context.Spend();
        ScannedTensor tensor = new();
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    Each(ref reader, file, tensor.Dims);
                    break;
                case 2:
                    reader.Once();
                    tensor.Type = (int)Math.Clamp(reader.Varint(), -1, int.MaxValue);
                    break;
                case 3:
                    tensor.IsSegment = true;
                    reader.Skip();
                    break;
                case 8:
                    reader.Once();
                    tensor.Name = reader.Name(context.Limits);
                    break;
                case 9:
                    reader.Once();
                    tensor.Raw = reader.Bytes();
                    break;
                case 13:
                    context.Spend();
                    tensor.IsExternal = true;
                    reader.Bytes();
                    break;
                case 14:
                    reader.Once();
                    tensor.IsExternal |= reader.Varint() != 0;
                    break;
                case 12 or 16:
                    context.Spend();
                    reader.Bytes();
                    break;
                default:
                    ReadData(ref reader, file, tensor, context);
                    break;
            }
        }

        return tensor;
    }

    /// <summary>Reads a sparse tensor.</summary>
    public static ScannedSparse ReadSparse(WireReader reader, ReadOnlySpan<byte> file, ScanContext context)
    {
        context.Spend();
        ScannedSparse sparse = new();
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Once();
                    sparse.Values = Read(reader.Message(), file, context);
                    break;
                case 2:
                    reader.Once();
                    sparse.Indices = Read(reader.Message(), file, context);
                    break;
                case 3:
                    Each(ref reader, file, sparse.Dims);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return sparse;
    }

    /// <summary>The elements of a small tensor of numbers, exact up to 2^53; null for many, for text, and where type and data do not fit.</summary>
    public static double[]? Values(ScannedTensor tensor, ReadOnlySpan<byte> file)
    {
        double elements = tensor.Elements;
        if (!(elements >= 0 && elements <= IntegerList.Kept) || ElementType.Of(tensor.Type) is not ElementType type)
        {
            return null;
        }

        double[]? values = tensor.Raw is Extent raw && type.Bits >= 8 && raw.Length == type.RawBytes(elements)
            ? FromRaw(file.Slice(raw.Start, raw.Length), tensor.Type, (int)elements)
            : type.Field switch
            {
                4 => tensor.Floats.All,
                5 when tensor.Type is not (ElementType.Half or ElementType.BrainHalf) => tensor.Narrow?.All,
                7 => tensor.Wide?.All,
                10 => tensor.Doubles.All,
                11 => tensor.Unsigned?.All,
                _ => null,
            };
        return values?.Length == elements ? values : null;
    }

    /// <summary>Adds the whole numbers of a field, packed or not.</summary>
    public static void Each(ref WireReader reader, ReadOnlySpan<byte> file, IntegerList numbers)
    {
        if (reader.Type != WireType.Bytes)
        {
            numbers.Add(reader.Varint());
            return;
        }

        WireReader list = new(file, reader.Bytes());
        while (!list.IsAtEnd)
        {
            numbers.Add(list.PackedVarint());
        }
    }

    /// <summary>Counts the floats of a field, packed or not.</summary>
    public static void EachFloat(ref WireReader reader, ReadOnlySpan<byte> file, FloatCensus census)
    {
        if (reader.Type != WireType.Bytes)
        {
            census.Add(reader.Float());
            return;
        }

        Extent packed = Whole(ref reader, sizeof(float));
        census.AddFloats(file.Slice(packed.Start, packed.Length));
    }

    private static void ReadData(ref WireReader reader, ReadOnlySpan<byte> file, ScannedTensor tensor, ScanContext context)
    {
        switch (reader.Field)
        {
            case 4:
                EachFloat(ref reader, file, tensor.Floats);
                break;
            case 5:
                Each(ref reader, file, tensor.Narrow ??= new IntegerList());
                break;
            case 6:
                tensor.Texts++;
                reader.Bytes();
                break;
            case 7:
                Each(ref reader, file, tensor.Wide ??= new IntegerList());
                break;
            case 10 when reader.Type != WireType.Bytes:
                tensor.Doubles.Add(reader.Double());
                break;
            case 10:
                Extent packed = Whole(ref reader, sizeof(double));
                tensor.Doubles.AddDoubles(file.Slice(packed.Start, packed.Length));
                break;
            case 11:
                Each(ref reader, file, tensor.Unsigned ??= new IntegerList());
                break;
            default:
                context.Spend();
                reader.Skip();
                break;
        }
    }

    private static Extent Whole(ref WireReader reader, int size)
    {
        Extent packed = reader.Bytes();
        return packed.Length % size == 0
            ? packed
            : throw WireReader.Fault("a list of numbers ends within a number", packed.Start);
    }

    private static double[]? FromRaw(ReadOnlySpan<byte> raw, int type, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double? value = type switch
            {
                1 => BinaryPrimitives.ReadSingleLittleEndian(raw[(i * 4)..]),
                2 or 9 => raw[i],
                3 => (sbyte)raw[i],
                4 => BinaryPrimitives.ReadUInt16LittleEndian(raw[(i * 2)..]),
                5 => BinaryPrimitives.ReadInt16LittleEndian(raw[(i * 2)..]),
                6 => BinaryPrimitives.ReadInt32LittleEndian(raw[(i * 4)..]),
                7 => BinaryPrimitives.ReadInt64LittleEndian(raw[(i * 8)..]),
                10 => (double)BinaryPrimitives.ReadHalfLittleEndian(raw[(i * 2)..]),
                11 => BinaryPrimitives.ReadDoubleLittleEndian(raw[(i * 8)..]),
                12 => BinaryPrimitives.ReadUInt32LittleEndian(raw[(i * 4)..]),
                13 => BinaryPrimitives.ReadUInt64LittleEndian(raw[(i * 8)..]),
                _ => null,
            };
            if (value is null)
            {
                return null;
            }

            values[i] = value.Value;
        }

        return values;
    }
}
