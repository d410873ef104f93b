using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Inference;

/// <summary>Puts the outputs of batches together, in row order.</summary>
internal static class OutputJoin
{
    /// <summary>Joins batches of equal size, of which the last may be filled up or short.</summary>
    /// <param name="spec">What the model declares.</param>
    /// <param name="parts">One output a batch.</param>
    /// <param name="size">Rows a batch.</param>
    /// <param name="padded">Whether the last batch was filled up.</param>
    /// <param name="rows">Rows in all.</param>
    /// <exception cref="InputException">A batch's output does not have one entry a row, or the entries differ in shape.</exception>
    public static OutputValues Join(OutputSpec spec, IReadOnlyList<RawOutput> parts, int size, bool padded, int rows)
    {
        int[] rowShape = RowShape(spec, parts[0], padded ? size : Math.Min(size, rows));
        int width = rowShape.Aggregate(1, (product, length) => product * length);
        double[]? numbers = parts[0].Numbers is null ? null : new double[rows * width];
        string[]? texts = parts[0].Texts is null ? null : new string[rows * width];
        for (int i = 0; i < parts.Count; i++)
        {
            int count = Math.Min(size, rows - (i * size));
            if (!RowShape(spec, parts[i], padded ? size : count).AsSpan().SequenceEqual(rowShape) || !SameKeys(parts[0].Keys, parts[i].Keys))
            {
                throw new InputException($"The model's output '{spec.Name}' has a different shape for different rows.");
            }

            Array from = (Array?)parts[i].Numbers ?? parts[i].Texts!;
            Array.Copy(from, 0, (Array?)numbers ?? texts!, i * size * width, count * width);
        }

        IReadOnlyList<string>? classes = parts[0].Keys;
        if (classes is not null && spec.Classes is not null && ClassOrder.Between(classes, spec.Classes) is int[] order)
        {
            numbers = ClassOrder.Move(numbers!, order);
            classes = spec.Classes;
        }

        return new OutputValues(spec, numbers, texts, rowShape, rows, classes ?? FittingClasses(spec, width));
    }

    /// <summary>Makes one batch of runs of a single row each; an output without a batch dimension is kept whole a row.</summary>
    /// <exception cref="InputException">The rows' outputs differ in shape.</exception>
    public static RawOutput Stack(OutputSpec spec, IReadOnlyList<RawOutput> rows)
    {
        OutputValues[] values = [.. rows.Select(row => Join(spec with { Classes = null }, [row], 1, false, 1))];
        if (values.Any(value => !value.RowShape.SequenceEqual(values[0].RowShape)) || rows.Any(row => !SameKeys(rows[0].Keys, row.Keys)))
        {
            throw new InputException($"The model's output '{spec.Name}' has a different shape for different rows.");
        }

        return new RawOutput(
            values[0].Numbers is null ? null : [.. values.SelectMany(value => value.Numbers!)],
            values[0].Texts is null ? null : [.. values.SelectMany(value => value.Texts!)],
            [rows.Count, .. values[0].RowShape],
            rows[0].Keys);
    }

    private static int[] RowShape(OutputSpec spec, RawOutput part, int count)
    {
        if (part.Dims.Length > 0 && part.Dims[0] == count)
        {
            return part.Dims[1..];
        }

        return count == 1
            ? part.Dims
            : throw new InputException(
                $"The model's output '{spec.Name}' has shape [{string.Join(", ", part.Dims)}] for {count} rows; its first dimension must be the row.");
    }

    private static IReadOnlyList<string>? FittingClasses(OutputSpec spec, int width) =>
        spec.Classes is not null && spec.Classes.Count == width ? spec.Classes : null;

    private static bool SameKeys(string[]? left, string[]? right) =>
        left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);
}
