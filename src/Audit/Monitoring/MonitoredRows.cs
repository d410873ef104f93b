using Governance.Audit.Data;

namespace Governance.Audit.Monitoring;

/// <summary>Rows with what the model said of them and what became of them, in the order of their times.</summary>
public sealed class MonitoredRows
{
    /// <summary>The readable columns.</summary>
    public required Table Table { get; init; }

    /// <summary>Shape [rows], ascending, UTC; of reference rows all the same moment.</summary>
    public required DateTimeOffset[] Times { get; init; }

    /// <summary>Shape [rows]: the score of the positive class, NaN where unknown; null where there are none.</summary>
    public double[]? Scores { get; init; }

    /// <summary>Shape [rows]: the decision as a class, null where unknown; null where there are none.</summary>
    public string?[]? Predicted { get; init; }

    /// <summary>Shape [rows]: the predicted number, NaN where unknown; null but for regression.</summary>
    public double[]? Values { get; init; }

    /// <summary>Shape [rows]: the label as text, null where unknown; null where there are none.</summary>
    public string?[]? Labels { get; init; }

    /// <summary>Shape [rows]: since when the label is known; null where it is not, or always was.</summary>
    public DateTimeOffset?[]? LabelsKnownAt { get; init; }

    /// <summary>Shape [rows]: milliseconds that the answer took, NaN where unknown; null where there are none.</summary>
    public double[]? Latency { get; init; }

    /// <summary>How many rows.</summary>
    public int Count => Times.Length;

    /// <summary>The same with only these rows, in this order.</summary>
    public MonitoredRows Take(int[] rows) => new()
    {
        Table = Table.Take(rows),
        Times = Pick(Times, rows)!,
        Scores = Pick(Scores, rows),
        Predicted = Pick(Predicted, rows),
        Values = Pick(Values, rows),
        Labels = Pick(Labels, rows),
        LabelsKnownAt = Pick(LabelsKnownAt, rows),
        Latency = Pick(Latency, rows),
    };

    /// <summary>The rows of a window.</summary>
    public MonitoredRows In(MonitorWindow window)
    {
        int first = FirstFrom(window.From);
        int end = FirstFrom(window.To);
        return Take([.. Enumerable.Range(first, end - first)]);
    }

    /// <summary>The moment from which on a share of these rows has a known label, or null where that is not reached.</summary>
    /// <param name="share">In (0, 1].</param>
    public DateTimeOffset? MatureAt(double share)
    {
        int needed = (int)Math.Ceiling((share * Count) - 1e-9);
        DateTimeOffset[] known =
        [
            .. Enumerable.Range(0, Labels is null ? 0 : Count).Where(row => Labels![row] is not null)
                .Select(row => LabelsKnownAt?[row] ?? DateTimeOffset.MinValue).Order(),
        ];
        return needed == 0 || known.Length < needed ? null : known[needed - 1];
    }

    /// <summary>The same rows with the labels that were known at a moment (inclusive).</summary>
    public MonitoredRows KnownBy(DateTimeOffset at) => Labels is null || LabelsKnownAt is null ? this : new()
    {
        Table = Table,
        Times = Times,
        Scores = Scores,
        Predicted = Predicted,
        Values = Values,
        Labels = [.. Labels.Select((label, row) => LabelsKnownAt[row] is DateTimeOffset known && known > at ? null : label)],
        LabelsKnownAt = LabelsKnownAt,
        Latency = Latency,
    };

    private int FirstFrom(DateTimeOffset at)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Times[middle] < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static T[]? Pick<T>(T[]? values, int[] rows) => values is null ? null : Array.ConvertAll(rows, row => values[row]);
}
