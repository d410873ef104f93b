using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Robustness;

/// <summary>A model's rows as tests see them: readable columns with their scales, pictures, and rows of tokens.</summary>
internal sealed class RobustnessSubject
{
    private RobustnessSubject(
        RobustnessRequest request, InputBatch encoded, IReadOnlyList<TestedColumn> columns, IReadOnlyList<ImageLayout> images, IReadOnlyList<int> tokens)
    {
        Request = request;
        Encoded = encoded;
        Columns = columns;
        Images = images;
        Tokens = tokens;
    }

    /// <summary>What was asked for.</summary>
    public RobustnessRequest Request { get; }

    /// <summary>The rows as they are, encoded.</summary>
    public InputBatch Encoded { get; }

    /// <summary>The columns that may be changed.</summary>
    public IReadOnlyList<TestedColumn> Columns { get; }

    /// <summary>The inputs that are pictures.</summary>
    public IReadOnlyList<ImageLayout> Images { get; }

    /// <summary>The indices of the inputs that hold tokens.</summary>
    public IReadOnlyList<int> Tokens { get; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="InputException">The rows do not fit the model.</exception>
    public static RobustnessSubject Of(RobustnessRequest request)
    {
        InputBatch encoded = request.Encoder.Encode(request.Table);
        int[] tokens = [.. Enumerable.Range(0, encoded.Tensors.Count).Where(i => request.Tokens.Contains(encoded.Tensors[i].Name))];
        ImageLayout[] images =
        [
            .. Enumerable.Range(0, encoded.Tensors.Count).Where(i => !tokens.Contains(i) && encoded.Tensors[i].Kind is TensorKind.Float or TensorKind.Double or TensorKind.Int32 or TensorKind.Int64)
                .Select(i => ImageLayout.Of(i, encoded.Tensors[i].Name, encoded.Tensors[i].RowShape)).OfType<ImageLayout>(),
        ];
        IReadOnlyList<ReadableColumn> readable = ReadableColumn.All(request.Encoder, request.Table, encoded);
        Dictionary<int, ColumnScope> scopes = [];
        List<TestedColumn> columns = [];
        for (int i = 0; i < readable.Count; i++)
        {
            ReadableColumn column = readable[i];
            int input = column.Elements[0].Tensor;
            ColumnRole role = tokens.Contains(input) ? ColumnRole.Token
                : !column.IsNumeric ? ColumnRole.Level
                : encoded.Tensors[input].RowShape.Count > 1 ? ColumnRole.Pixel
                : ColumnRole.Number;
            if (!scopes.TryGetValue(input, out ColumnScope? scope) || role != ColumnRole.Pixel)
            {
                // Pixels share the scale of their tensor: one at the edge that is always 0 has none of its own.
                scope = ColumnScope.Of(role == ColumnRole.Pixel ? [.. readable.Where(other => other.Elements[0].Tensor == input && other.IsNumeric)] : [column]);
                if (role == ColumnRole.Pixel)
                {
                    scopes[input] = scope;
                }
            }

            if (!request.Immutable.Contains(column.Name, StringComparer.Ordinal))
            {
                bool isWhole = column.WholeOnly || (role != ColumnRole.Level && scope.IsWhole && scope.Most > scope.Least);
                columns.Add(new TestedColumn(i, column, role, scope.Spread, scope.Least, scope.Most, isWhole));
            }
        }

        return new RobustnessSubject(request, encoded, columns, images, tokens);
    }

    /// <summary>The rows with some columns replaced, encoded.</summary>
    /// <exception cref="InputException">The encoding or the model's inputs refuse a cell.</exception>
    public InputBatch Encode(IReadOnlyDictionary<string, Column> replaced) => Request.Encoder.Encode(new Table(
        [.. Request.Encoder.Columns.Select(name => replaced.GetValueOrDefault(name) ?? Request.Table.Need(name))]));

    /// <summary>Why the encoding refuses a cell, tried on one row; null where it takes it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="changed">The column with that cell in its first row.</param>
    public string? RefusalOf(TestedColumn column, Column changed)
    {
        try
        {
            Request.Encoder.Encode(new Table(
                [.. Request.Encoder.Columns.Select(name => (name == column.Name ? changed : Request.Table.Need(name)).Take([0]))]));
            return null;
        }
        catch (InputException refusal)
        {
            // The place is that of the trial, not of the data.
            int place = refusal.Message.IndexOf(": ", StringComparison.Ordinal);
            return place < 0 ? refusal.Message.TrimEnd('.') : refusal.Message[(place + 2)..].TrimEnd('.');
        }
    }

    /// <summary>The scale of numbers.</summary>
    private sealed record ColumnScope(double Spread, double Least, double Most, bool IsWhole)
    {
        public static ColumnScope Of(IReadOnlyList<ReadableColumn> columns)
        {
            double[] values = [.. columns.Where(column => column.Cells is NumberColumn)
                .SelectMany(column => ((NumberColumn)column.Cells).Values.ToArray()).Where(double.IsFinite)];
            if (values.Length == 0)
            {
                return new ColumnScope(0, double.NaN, double.NaN, false);
            }

            double mean = values.Average();
            return new ColumnScope(
                Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length), values.Min(), values.Max(), Array.TrueForAll(values, double.IsInteger));
        }
    }
}
