using Governance.Audit.Data;

namespace Governance.Audit.Slices;

/// <summary>What is worse in a weak slice.</summary>
public enum SliceMetric
{
    /// <summary>The share of rows answered wrong.</summary>
    ErrorRate,

    /// <summary>The mean of −ln(probability of what happened), in nats.</summary>
    LogLoss,

    /// <summary>The mean squared distance of prediction and truth, in squared units; of probabilities the Brier score.</summary>
    SquaredError,

    /// <summary>The share of negative rows that were predicted positive.</summary>
    FalsePositiveRate,

    /// <summary>The share of positive rows that were predicted negative.</summary>
    FalseNegativeRate,
}

/// <summary>The metrics by name.</summary>
public static class SliceMetrics
{
    private static readonly (string Name, SliceMetric Metric)[] All =
    [
        ("error_rate", SliceMetric.ErrorRate), ("log_loss", SliceMetric.LogLoss), ("squared_error", SliceMetric.SquaredError),
        ("fpr", SliceMetric.FalsePositiveRate), ("fnr", SliceMetric.FalseNegativeRate),
    ];

    /// <summary>The names, as on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(each => each.Name)];

    /// <summary>The name of a metric.</summary>
    public static string Name(this SliceMetric metric) => All.First(each => each.Metric == metric).Name;

    /// <summary>Whether it is a share of rows; else a mean of losses.</summary>
    public static bool IsRate(this SliceMetric metric) => metric is not (SliceMetric.LogLoss or SliceMetric.SquaredError);

    /// <summary>The metric of this name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static SliceMetric Read(string name) => All.Any(each => each.Name == name)
        ? All.First(each => each.Name == name).Metric
        : throw new InputException($"There is no metric '{name}'; there are {string.Join(", ", Names)}.");
}
