using System.Globalization;
using Governance.Audit.CrossValidation;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.CrossValidation;

/// <summary>Cross-validation as tables for the terminal.</summary>
internal static class CrossValidationTables
{
    private static readonly string[] Shown =
        ["accuracy", "balanced_accuracy", "roc_auc", "macro_roc_auc", "f1", "macro_f1", "log_loss", "brier", "rmse", "mae", "r2"];

    /// <summary>Writes means beside the baseline, then the folds.</summary>
    public static void Write(TextWriter people, CrossValidationReport report, double level)
    {
        string positive = report.Positive is null ? "" : $"; positive class {report.Positive}";
        people.WriteLine(
            $"{report.Task}, {Count(report.Count)} rows{positive}; {report.Kind.ToString().ToLowerInvariant()} trained on {report.Folds.Count} {report.Scheme} folds; "
            + $"Nadeau and Bengio's intervals at {(level * 100).ToString("0.##", CultureInfo.InvariantCulture)} %");
        people.WriteLine($"baseline: {report.Baseline}");
        TextTable.Write(people, [["metric", "mean", "deviation", "baseline", "gain"], .. report.Means.Select(mean => (string[])
        [
            mean.Metric, TextTable.Number(mean.Mean, mean.Interval), TextTable.Number(mean.Deviation),
            Of(report.BaselineMeans, mean.Metric, false), Of(report.Gains, mean.Metric, true),
        ])]);
        people.WriteLine();
        string[] shown = [.. Shown.Where(report.Folds[0].Metrics.ContainsKey)];
        TextTable.Write(people, [["fold", "trained on", "tried on", "repeated", .. shown], .. report.Folds.Select(fold => (string[])
        [
            $"{fold.Repeat}.{fold.Fold}", Count(fold.Train), Count(fold.Test), Count(fold.Repeated),
            .. shown.Select(metric => TextTable.Number(fold.Metrics[metric])),
        ])]);
    }

    private static string Of(IReadOnlyList<FoldMean> means, string metric, bool interval) =>
        means.FirstOrDefault(mean => mean.Metric == metric) is FoldMean found ? TextTable.Number(found.Mean, interval ? found.Interval : null) : "-";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
