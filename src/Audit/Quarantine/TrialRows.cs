using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>A few rows that a model is tried on.</summary>
/// <param name="What">What they are, for a sentence: "made-up rows (zeros, ones, a ramp)".</param>
/// <param name="Batch">The rows.</param>
internal sealed record TrialRows(string What, InputBatch Batch)
{
    private const int Seed = 20_26;
    private const int Drawn = 8;
    private const int MostGiven = 20;

    /// <summary>Zeros, ones and a ramp; rows drawn by the encoding, or by chance without one; the given ones.</summary>
    /// <param name="signature">The model's inputs.</param>
    /// <param name="encoding">How readable rows become inputs; null to take columns as they are.</param>
    /// <param name="csv">Rows of the user's own; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The most legal rows last.</returns>
    /// <exception cref="InputException">The given rows cannot be read, or do not fit model and encoding.</exception>
    public static IReadOnlyList<TrialRows> For(
        ModelSignature signature, ModelEncoding? encoding, byte[]? csv, CancellationToken cancellationToken)
    {
        List<TrialRows> all = [new("made-up rows (zeros, ones, a ramp)", new InputBatch([.. signature.Inputs.Select(Ramp)]))];
        InputBatch? legal = encoding is null ? null : LegalRows.Draw(signature, encoding, Drawn, Seed, cancellationToken);
        all.Add(legal is null
            ? new TrialRows("rows drawn at random", new InputBatch([.. signature.Inputs.Select(Chance)]))
            : new TrialRows("rows drawn by the encoding", legal));
        if (csv is not null)
        {
            using MemoryStream stream = new(csv, writable: false);
            Table table = TableFile.Read(stream, cancellationToken).Head(MostGiven);
            all.Add(new TrialRows("the given rows", RowEncoder.For(signature, encoding, table).Encode(table)));
        }

        return all;
    }

    // The ramp runs from -3 to 3; whole numbers may be ids, of which only the smallest are safe to make up.
    private static InputTensor Ramp(InputSpec input) => Make(input, 3, (row, i) => row switch { 0 => 0, 1 => 1, _ => (i % 7) - 3 });

    private static InputTensor Chance(InputSpec input, int index)
    {
        SeededRandom random = new(Seed, index);
        return Make(input, Drawn, (_, _) => random.NextDouble());
    }

    private static InputTensor Make(InputSpec input, int rows, Func<int, int, double> value)
    {
        int[] shape = [.. input.RowShape.Select(size => Math.Max(size, 1))];
        int width = shape.Aggregate(1, (product, size) => product * size);
        double[] numbers = new double[rows * width];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = value(i / width, i);
        }

        Array values = input.Kind switch
        {
            TensorKind.Float => Array.ConvertAll(numbers, number => (float)number),
            TensorKind.Double => numbers,
            TensorKind.Int64 => Array.ConvertAll(numbers, number => (long)Whole(number)),
            TensorKind.Int32 => Array.ConvertAll(numbers, number => (int)Whole(number)),
            TensorKind.Boolean => Array.ConvertAll(numbers, number => number > 0.5),
            _ => Array.ConvertAll(numbers, _ => ""),
        };
        return new InputTensor(input.Name, values, width, shape);
    }

    private static double Whole(double number) => Math.Abs(Math.Round(number) % 2);
}
