using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Importance;

/// <summary>What a model loses when a column says nothing any more.</summary>
public enum ImportanceMetric
{
    /// <summary>The share of rows answered right.</summary>
    Accuracy,

    /// <summary>The area under the ROC curve of the positive class.</summary>
    RocAuc,

    /// <summary>The mean of −ln(probability of what happened), in nats.</summary>
    LogLoss,

    /// <summary>The mean squared distance of probabilities and outcome.</summary>
    Brier,

    /// <summary>The root of the mean squared distance of values and truth.</summary>
    Rmse,
}

/// <summary>The metrics by name.</summary>
public static class ImportanceMetrics
{
    private static readonly (string Name, ImportanceMetric Metric)[] All =
    [
        ("accuracy", ImportanceMetric.Accuracy), ("roc_auc", ImportanceMetric.RocAuc), ("log_loss", ImportanceMetric.LogLoss),
        ("brier", ImportanceMetric.Brier), ("rmse", ImportanceMetric.Rmse),
    ];

    /// <summary>The names, as on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(each => each.Name)];

    /// <summary>The name of a metric.</summary>
    public static string Name(this ImportanceMetric metric) => All.First(each => each.Metric == metric).Name;

    /// <summary>Whether more of it is better; else it is a loss.</summary>
    public static bool LargerIsBetter(this ImportanceMetric metric) => metric is ImportanceMetric.Accuracy or ImportanceMetric.RocAuc;

    /// <summary>The metric of this name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ImportanceMetric Read(string name) => All.Any(each => each.Name == name)
        ? All.First(each => each.Name == name).Metric
        : throw new InputException($"There is no metric '{name}'; there are {string.Join(", ", Names)}.");
}
