namespace Governance.Audit.Explanations.Summaries;

/// <summary>The attributions of one class as one block of numbers, rows by features: what summaries over rows are computed from.</summary>
public sealed class AttributionMatrix
{
    private readonly int[] rows;
    private readonly double[] values;
    private readonly double[] outputs;

    /// <summary>Makes it.</summary>
    /// <param name="features">The players.</param>
    /// <param name="rows">Shape [rows]: each row's index in the data. Kept, not copied.</param>
    /// <param name="values">Shape [rows, features], finite. Kept, not copied.</param>
    /// <param name="outputs">Shape [rows]: the model's output in the units of the link. Kept, not copied.</param>
    /// <param name="leftOut">Rows that are not here because an attribution of theirs is no number.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public AttributionMatrix(IReadOnlyList<string> features, int[] rows, double[] values, double[] outputs, int leftOut = 0)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(outputs);
        if (values.Length != rows.Length * features.Count || outputs.Length != rows.Length)
        {
            throw new ArgumentException("Rows, values and outputs do not fit each other.", nameof(values));
        }

        Features = features;
        LeftOut = leftOut;
        (this.rows, this.values, this.outputs) = (rows, values, outputs);
    }

    /// <summary>The players, in the order of every row.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>How many players there are.</summary>
    public int Width => Features.Count;

    /// <summary>How many rows there are.</summary>
    public int Count => rows.Length;

    /// <summary>Rows that are not here because an attribution of theirs is no number.</summary>
    public int LeftOut { get; }

    /// <summary>Shape [rows]: each row's index in the data.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>Shape [rows]: the model's output in the units of the link.</summary>
    public ReadOnlySpan<double> Outputs => outputs;

    /// <summary>Shape [rows, features].</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Shape [features]: the attributions of the row at this position.</summary>
    public ReadOnlySpan<double> this[int position] => values.AsSpan(position * Width, Width);

    /// <summary>Reads one class out of a report.</summary>
    /// <param name="report">The explanations.</param>
    /// <param name="position">
    /// Which class of the report's arrays. Where rows are explained for classes of their own, those of this class alone.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The report has no such class.</exception>
    public static AttributionMatrix Of(ExplanationReport report, int position)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, report.BaseValue.Count);
        int width = report.Features.Count;
        List<int> rows = new(report.Rows.Count);
        List<double> outputs = new(report.Rows.Count);
        double[] values = new double[report.Rows.Count * width];
        int leftOut = 0;
        foreach (ExplainedRow row in report.Rows)
        {
            if (row.ClassIndex is int own && own != position)
            {
                continue;
            }

            int at = row.ClassIndex is null ? position : 0;
            Span<double> target = values.AsSpan(rows.Count * width, width);
            if (Fill(row.Values[at], target) && double.IsFinite(row.Prediction[at]))
            {
                rows.Add(row.Row);
                outputs.Add(row.Prediction[at]);
            }
            else
            {
                leftOut++;
            }
        }

        return new AttributionMatrix(
            report.Features, [.. rows], values.Length == rows.Count * width ? values : values[..(rows.Count * width)], [.. outputs], leftOut);
    }

    /// <summary>Shape [rows]: the attributions of one player.</summary>
    public double[] Column(int feature)
    {
        double[] column = new double[Count];
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = values[(row * Width) + feature];
        }

        return column;
    }

    /// <summary>The rows at these positions, in this order.</summary>
    public AttributionMatrix Take(ReadOnlySpan<int> positions)
    {
        int[] taken = new int[positions.Length];
        double[] block = new double[positions.Length * Width];
        double[] scores = new double[positions.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = rows[positions[i]];
            scores[i] = outputs[positions[i]];
            this[positions[i]].CopyTo(block.AsSpan(i * Width, Width));
        }

        return new AttributionMatrix(Features, taken, block, scores);
    }

    /// <summary>The rows whose index in the data is, and those whose index is not, among these.</summary>
    /// <param name="dataRows">Indices into the data.</param>
    public (AttributionMatrix Inside, AttributionMatrix Outside) Split(IEnumerable<int> dataRows)
    {
        HashSet<int> wanted = [.. dataRows];
        ILookup<bool, int> places = Enumerable.Range(0, Count).ToLookup(place => wanted.Contains(rows[place]));
        return (Take([.. places[true]]), Take([.. places[false]]));
    }

    private static bool Fill(IReadOnlyList<double> from, Span<double> target)
    {
        bool finite = true;
        for (int feature = 0; feature < target.Length; feature++)
        {
            target[feature] = from[feature];
            finite &= double.IsFinite(target[feature]);
        }

        return finite;
    }
}
