using Governance.Audit.Data;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>Reads declared inputs, outputs and their types.</summary>
internal static class TypeScan
{
    // A sequence of maps is two levels; nobody needs more than a few.
    private const int MostLevels = 8;

    /// <summary>Reads a named value with its type.</summary>
    public static ScannedValue ReadValue(WireReader reader, ScanContext context)
    {
        context.Spend();
        string name = "";
        ScannedType type = ScannedType.None;
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Once();
                    name = reader.Name(context.Limits);
                    break;
                case 2:
                    reader.Once();
                    type = Read(reader.Message(), context, 1);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return new ScannedValue(name, type);
    }

    private static ScannedType Read(WireReader reader, ScanContext context, int level)
    {
        if (level > MostLevels)
        {
            throw new InputException($"The model declares a type of more than {MostLevels} levels; no runtime needs it.");
        }

        context.Spend();
        ScannedType type = ScannedType.None;
        while (reader.TryNext())
        {
            if (reader.Field is not (1 or 4 or 5 or 7 or 8 or 9))
            {
                context.Spend();
                reader.Skip();
                continue;
            }

            if (type != ScannedType.None)
            {
                throw new InputException("The model declares a value of two types at once.");
            }

            type = reader.Field switch
            {
                1 => ReadTensor(reader.Message(), context, "tensor"),
                8 => ReadTensor(reader.Message(), context, "sparse tensor"),
                7 => Opaque(ref reader),
                int kind => new ScannedType(kind switch { 4 => "sequence", 5 => "map", _ => "optional" }, ReadInner(reader.Message(), context, level, kind), null),
            };
        }

        return type;
    }

    private static ScannedType Opaque(ref WireReader reader)
    {
        reader.Bytes();
        return new ScannedType("opaque", 0, null);
    }

    // A sequence or optional of a type, or a map from a key to a type.
    private static int ReadInner(WireReader reader, ScanContext context, int level, int kind)
    {
        context.Spend();
        int element = 0;
        while (reader.TryNext())
        {
            switch ((kind, reader.Field))
            {
                case (5, 1):
                    reader.Once();
                    element = (int)Math.Clamp(reader.Varint(), -1, int.MaxValue);
                    break;
                case (5, 2) or (4 or 9, 1):
                    reader.Once();
                    Read(reader.Message(), context, level + 1);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return element;
    }

    private static ScannedType ReadTensor(WireReader reader, ScanContext context, string kind)
    {
        context.Spend();
        int element = 0;
        long?[]? dims = null;
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Once();
                    element = (int)Math.Clamp(reader.Varint(), -1, int.MaxValue);
                    break;
                case 2:
                    reader.Once();
                    dims = ReadShape(reader.Message(), context);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return new ScannedType(kind, element, dims);
    }

    private static long?[] ReadShape(WireReader reader, ScanContext context)
    {
        List<long?> dims = [];
        while (reader.TryNext())
        {
            if (reader.Field == 1)
            {
                dims.Add(ReadDimension(reader.Message(), context));
            }
            else
            {
                context.Spend();
                reader.Skip();
            }
        }

        return [.. dims];
    }

    private static long? ReadDimension(WireReader reader, ScanContext context)
    {
        context.Spend();
        long? size = null;
        bool named = false;
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Once();
                    size = reader.Varint();
                    break;
                case 2:
                    reader.Once();
                    named = true;
                    reader.Name(context.Limits);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return size is not null && named ? throw new InputException("The model declares a dimension with a size and a name at once.") : size;
    }
}
