namespace Governance.Audit.Monitoring;

/// <summary>Rows as metrics read them: a chance or label, a decision, a score and a group each; or an error each.</summary>
/// <remarks>All arrays have one entry a row. Kept, not copied.</remarks>
public sealed record FigureRows
{
    /// <summary>Of the positive class, in [0, 1]: 0 or 1 where the label is known; of several classes that the decision is right. Empty for regression.</summary>
    public double[] Chance { get; init; } = [];

    /// <summary>Whether the row was decided positive; of several classes true throughout.</summary>
    public bool[] Positive { get; init; } = [];

    /// <summary>The score of the positive class; null where there is none.</summary>
    public double[]? Score { get; init; }

    /// <summary>The group's code, -1 for none; null where no groups are compared.</summary>
    public int[]? Group { get; init; }

    /// <summary>The number of groups.</summary>
    public int Groups { get; init; }

    /// <summary>The absolute error, known or expected; null but for regression.</summary>
    public double[]? Absolute { get; init; }

    /// <summary>The squared error, known or expected; null but for regression.</summary>
    public double[]? Squared { get; init; }

    /// <summary>Whether the outcome that a person wants is the other class, so that selection counts it.</summary>
    public bool WantsNegative { get; init; }

    /// <summary>How many rows.</summary>
    public int Count => Absolute?.Length ?? Chance.Length;

    /// <summary>The same with only these rows.</summary>
    public FigureRows Take(int[] rows) => this with
    {
        Chance = Absolute is null ? Array.ConvertAll(rows, row => Chance[row]) : [],
        Positive = Absolute is null ? Array.ConvertAll(rows, row => Positive[row]) : [],
        Score = Score is null ? null : Array.ConvertAll(rows, row => Score[row]),
        Group = Group is null ? null : Array.ConvertAll(rows, row => Group[row]),
        Absolute = Absolute is null ? null : Array.ConvertAll(rows, row => Absolute[row]),
        Squared = Squared is null ? null : Array.ConvertAll(rows, row => Squared[row]),
    };

    /// <summary>A metric of these rows; NaN where it is undefined.</summary>
    /// <param name="metric">A name of <see cref="MonitorMetrics"/>.</param>
    /// <param name="smallestRows">Smaller groups are left out.</param>
    /// <param name="smallestEvents">Groups with a smaller base of the rate are left out.</param>
    public double Figure(string metric, int smallestRows, int smallestEvents) => metric switch
    {
        "mae" => Absolute!.Average(),
        "rmse" => Math.Sqrt(Squared!.Average()),
        "roc_auc" => Score is null ? double.NaN : ExpectedLoss.RocAuc(Chance, Score),
        "brier" => Score is null ? double.NaN : ExpectedLoss.Brier(Chance, Score),
        "log_loss" => Score is null ? double.NaN : ExpectedLoss.LogLoss(Chance, Score),
        _ when Group is not null => GroupGap.Of(
            metric, Sums(), smallestRows, smallestEvents, WantsNegative ? "unselected_rate" : "selection_rate"),
        _ => All().Rate(metric),
    };

    /// <summary>Shape [groups]: the sums of each group.</summary>
    public OutcomeSums[] Sums()
    {
        OutcomeSums[] sums = new OutcomeSums[Groups];
        for (int row = 0; row < Count; row++)
        {
            if (Group![row] >= 0)
            {
                sums[Group[row]] = sums[Group[row]].With(Chance[row], Positive[row]);
            }
        }

        return sums;
    }

    private OutcomeSums All()
    {
        OutcomeSums sums = default;
        for (int row = 0; row < Chance.Length; row++)
        {
            sums = sums.With(Chance[row], Positive[row]);
        }

        return sums;
    }
}
