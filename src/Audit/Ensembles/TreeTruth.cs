using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;
using Governance.Audit.Variants;

namespace Governance.Audit.Ensembles;

/// <summary>What the trees of a model are measured against: what was true, or what the whole model says.</summary>
internal sealed class TreeTruth
{
    private const int Resamples = 300;

    private readonly string?[]? classes;
    private readonly double[]? values;
    private readonly bool known;
    private readonly double level;

    private TreeTruth(string?[]? classes, double[]? values, bool known, double level) =>
        (this.classes, this.values, this.known, this.level) = (classes, values, known, level);

    /// <summary>The metric by name.</summary>
    public string Metric => (classes is not null, known) switch
    {
        (true, true) => "accuracy", (true, false) => "agreement", (false, true) => "root_mean_squared_error", _ => "distance",
    };

    /// <summary>Takes the labels of the rows, else what the whole model decides.</summary>
    public static TreeTruth Of(VariantRows rows, Decisions whole)
    {
        Column? label = rows.Label is null ? null : rows.Table!.Find(rows.Label);
        bool known = label is not null && Enumerable.Range(0, label.Count).Any(row => !label.IsMissing(row));
        return whole.Values is double[] said
            ? new TreeTruth(null, known ? [.. Enumerable.Range(0, said.Length).Select(label!.Number)] : said, known, rows.Level)
            : new TreeTruth([.. whole.Predicted!.Select((decided, row) => known ? label!.Text(row) : decided)], null, known, rows.Level);
    }

    /// <summary>What decisions reach, with an interval.</summary>
    public (double Value, IReadOnlyList<double>? Interval) Measure(Decisions decisions)
    {
        if (classes is not null)
        {
            bool[] right = [.. Rows().Select(row => decisions.Predicted![row] == classes[row])];
            double share = right.Count(hit => hit) / (double)right.Length;
            return (share, WilsonInterval.Compute(share, right.Length, level).ToArray());
        }

        double[] squares = [.. Rows().Select(row => Math.Pow(decisions.Values![row] - values![row], 2))];
        BootstrapResult drawn = Bootstrap.OfRows(
            squares.Length, 1,
            (counts, figures) =>
            {
                double sum = 0;
                long rows = 0;
                for (int row = 0; row < counts.Length; row++)
                {
                    sum += counts[row] * squares[row];
                    rows += counts[row];
                }

                figures[0] = Math.Sqrt(sum / rows);
            },
            new BootstrapOptions { Resamples = Resamples, Level = level, Seed = 0, Method = BootstrapMethod.Percentile }, CancellationToken.None);
        return (drawn.Estimates[0], drawn.Interval(0)?.ToArray());
    }

    /// <summary>Whether the whole errs where members disagree; null without labels and where no two members ever differ.</summary>
    /// <param name="members">What each decides.</param>
    /// <param name="whole">What the whole decides.</param>
    /// <param name="bins">Bins of rows.</param>
    public DisagreementReport? Disagreement(IReadOnlyList<Decisions> members, Decisions whole, int bins)
    {
        if (!known)
        {
            return null;
        }

        int[] rows = Rows();
        double[] spread = [.. rows.Select(row => Spread(members, row, whole.Predicted?.Length ?? whole.Values!.Length))];
        return spread.All(value => value == 0) ? null
            : classes is not null
                ? MeasureDisagreement.OfDecisions(spread, [.. rows.Select(row => whole.Predicted![row] != classes[row])], bins, level)
                : MeasureDisagreement.OfNumbers(spread, [.. rows.Select(row => Math.Abs(whole.Values![row] - values![row]))], bins, level);
    }

    private int[] Rows() => classes is not null
        ? [.. Enumerable.Range(0, classes.Length).Where(row => classes[row] is not null)]
        : [.. Enumerable.Range(0, values!.Length).Where(row => double.IsFinite(values[row]))];

    // The standard deviation of what members say: the positive class's probability, each class's together, the value, or the vote.
    private static double Spread(IReadOnlyList<Decisions> members, int row, int rows)
    {
        if (members[0].Values is not null)
        {
            return Deviation([.. members.Select(member => member.Values![row])]);
        }

        if (members[0].Scores is not null)
        {
            return Deviation([.. members.Select(member => member.Scores![row])]);
        }

        if (members[0].Probabilities is double[] shares)
        {
            int width = shares.Length / rows;
            return Math.Sqrt(Enumerable.Range(0, width).Sum(k => Math.Pow(Deviation([.. members.Select(member => member.Probabilities![(row * width) + k])]), 2)) / width);
        }

        int most = members.GroupBy(member => member.Predicted![row], StringComparer.Ordinal).Max(group => group.Count());
        double share = (double)most / members.Count;
        return Math.Sqrt(share * (1 - share));
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
