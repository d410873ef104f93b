using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Monitoring;
using Governance.Audit.Traffic;

namespace Governance.Portal.Features.Demo;

/// <summary>A month of synthetic traffic: rows drawn from a sample data set, one planted drift, labels some days later.</summary>
/// <param name="Rows">The rows with scores and decisions.</param>
/// <param name="Labels">The labels that are known by now; null for none.</param>
internal sealed record DemoTraffic(TrafficBatch Rows, LabelBatch? Labels)
{
    /// <summary>Days of traffic.</summary>
    public const int Days = 30;

    /// <summary>Rows of a day.</summary>
    public const int RowsADay = 60;

    /// <summary>The first day of the drift, from 0.</summary>
    public const int DriftFrom = 18;

    /// <summary>The first day after it.</summary>
    public const int DriftTo = 21;

    private const int LabelDays = 5;
    private const double Factor = 1.35;

    /// <summary>Makes it: the same for the same seed and first day.</summary>
    /// <param name="table">The rows to draw from.</param>
    /// <param name="label">Their label's column.</param>
    /// <param name="drifting">The column of numbers that drifts.</param>
    /// <param name="model">Scores the rows.</param>
    /// <param name="first">The first day, UTC.</param>
    /// <param name="now">Labels known later are left out.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static DemoTraffic Of(
        Table table, string label, string drifting, WatchedModel model, DateTimeOffset first, DateTimeOffset now, int seed, CancellationToken cancellationToken)
    {
        SeededRandom random = new(seed, 0);
        int[] drawn = new int[Days * RowsADay];
        DateTimeOffset[] times = new DateTimeOffset[drawn.Length];
        double[] latency = new double[drawn.Length];
        for (int row = 0; row < drawn.Length; row++)
        {
            drawn[row] = random.NextBelow(table.Rows);
            times[row] = first.AddDays(row / RowsADay).AddSeconds(21_600 + (43_200.0 * (row % RowsADay) / RowsADay) + random.NextBelow(600));
            latency[row] = 8 + (12 * random.NextDouble()) + (random.NextDouble() < 0.02 ? 60 : 0);
        }

        Table rows = table.Take(drawn);
        double[] moved = [.. Enumerable.Range(0, rows.Rows).Select(row =>
            rows.Need(drifting).Number(row) * (row / RowsADay is >= DriftFrom and < DriftTo ? Factor : 1))];
        Table columns = new([.. rows.Columns.Where(column => column.Name != label).Select(column => column.Name == drifting ? new NumberColumn(drifting, moved) : column)]);
        Decisions decisions = model.Score(columns, cancellationToken);
        string[] ids = [.. Enumerable.Range(0, drawn.Length).Select(row => $"application-{row + 1:0000}")];
        int[] known = [.. Enumerable.Range(0, drawn.Length).Where(row => KnownAt(times[row]) <= now && rows.Need(label).Text(row) is not null)];
        return new DemoTraffic(
            new TrafficBatch(ids, times, columns)
            {
                Scores = decisions.Scores is double[] scores ? [new ScoreColumn(model.Positive!, scores)] : [],
                Decisions = decisions.Predicted is string[] predicted ? TextColumn.Of("decision", predicted) : null,
                Latency = latency,
            },
            known.Length == 0 ? null : new LabelBatch(
                [.. known.Select(row => ids[row])], [.. known.Select(row => rows.Need(label).Text(row)!)], [.. known.Select(row => KnownAt(times[row]))]));
    }

    // Outcomes arrive in the night after so many days.
    private static DateTimeOffset KnownAt(DateTimeOffset at) => new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddDays(LabelDays).AddHours(2);
}
