using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;
using Governance.Audit.Performance;

namespace Governance.Audit.CrossValidation;

/// <summary>Trains a built-in kind of model anew on parts of the data and tries each on rows that it has not seen.</summary>
/// <remarks>
/// Everything that is learned, the levels of text columns and the medians of missing cells included, is learned from the
/// training rows of a fold. The same seed gives the same report for any number of threads.
/// </remarks>
public static class CrossValidate
{
    /// <summary>Cross-validates.</summary>
    /// <param name="table">Labelled rows.</param>
    /// <param name="options">What is trained, and how rows are dealt out.</param>
    /// <param name="warn">Receives what a reader of the report must know.</param>
    /// <param name="done">Told of each fold that is done; null for nobody. Called from several threads, one at a time.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="InputException">A column is missing or cannot serve, or an option is outside its range.</exception>
    public static CrossValidationReport Run(
        Table table, CrossValidationOptions options, Action<AuditWarning> warn, Action<int, int>? done, CancellationToken cancellationToken)
    {
        Check(options);
        LearnedTarget target = LearnedTarget.Of(table, options, warn);
        Column[] columns = [.. FeatureNames(table, options).Select(target.Table.Need)];
        (string scheme, IReadOnlyList<DealtFold> folds) = DealFolds.Run(target.Table, target.Strata, options);
        RowIndex index = new(RowHashes.Of(target.Table, [.. columns.Select(column => column.Name)]));
        FoldTrial trial = new(target, columns, index, options);
        TrialResult[] results = new TrialResult[folds.Count];
        int finished = 0;
        Lock gate = new();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellationToken };
        Each(folds.Count, parallel, i =>
        {
            results[i] = trial.Run(folds[i], cancellationToken);
            lock (gate)
            {
                done?.Invoke(++finished, folds.Count);
            }
        });

        foreach (AuditWarning warning in results.SelectMany(result => result.Warnings).Distinct())
        {
            warn(warning);
        }

        int repeated = results.Sum(result => result.Fold.Repeated);
        if (repeated > 0.01 * results.Sum(result => result.Fold.Test))
        {
            warn(new AuditWarning(
                "repeated-rows",
                $"{repeated} tried rows ({(double)repeated / results.Sum(result => result.Fold.Test):P1}) have features that occur among the rows trained on; "
                + "if one person stands behind several rows, name the column with --group."));
        }

        double share = folds.Average(fold => (double)fold.Test.Length / fold.Train.Length);
        FoldMetrics[] model = [.. results.Select(result => new FoldMetrics(result.Name, result.Fold.Test, result.Fold.Metrics))];
        FoldMetrics[] baseline = [.. results.Select(result => new FoldMetrics(result.Name, result.Fold.Test, result.Fold.Baseline))];
        return new CrossValidationReport
        {
            Task = target.Task,
            Positive = target.Positive,
            Kind = options.Kind,
            Scheme = scheme,
            Count = target.Table.Rows,
            Features = [.. columns.Select(column => column.Name)],
            Folds = [.. results.Select(result => result.Fold)],
            Means = FoldFigures.Means(model, share, options.Performance.Level),
            BaselineMeans = FoldFigures.Means(baseline, share, options.Performance.Level),
            Gains = FoldFigures.Means([.. results.Select(Gain)], share, options.Performance.Level),
            Baseline = target.Baseline,
            OutOfFold = OutOfFoldTable.Of(target, [.. results.Where(result => result.Fold.Repeat == 1)]),
        };
    }

    // The first fault comes out as it is, not wrapped by the loop.
    private static void Each(int count, ParallelOptions parallel, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, parallel, work);
        }
        catch (AggregateException faults) when (faults.InnerExceptions[0] is InputException or OperationCanceledException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    private static FoldMetrics Gain(TrialResult result)
    {
        Dictionary<string, double?> gains = new(StringComparer.Ordinal);
        foreach ((string metric, double? value) in result.Fold.Baseline)
        {
            if (!MetricDirection.IsNeutral(metric) && result.Fold.Metrics.GetValueOrDefault(metric) is double own && value is double theirs)
            {
                gains[metric] = MetricDirection.IsLoss(metric) ? theirs - own : own - theirs;
            }
        }

        return new FoldMetrics(result.Name, result.Fold.Test, gains);
    }

    private static IEnumerable<string> FeatureNames(Table table, CrossValidationOptions options)
    {
        string?[] others = [options.Performance.Label, options.Performance.Weight, options.Group, options.Time];
        string[] names = options.Features is { Count: > 0 } asked ? [.. asked] : [.. table.Columns.Select(column => column.Name).Where(name => !others.Contains(name))];
        string? forbidden = names.FirstOrDefault(name => name == options.Performance.Label);
        return names.Length == 0 ? throw new InputException("No column is left to learn from.")
            : forbidden is not null ? throw new InputException($"'{forbidden}' is the label: it cannot be learned from.")
            : names;
    }

    private static void Check(CrossValidationOptions options)
    {
        string? fault = options.Folds is < 2 or > 100 ? "The number of folds must lie between 2 and 100."
            : options.Repeats is < 1 or > 100 ? "The number of repeats must lie between 1 and 100."
            : options.MostLevels < 1 ? "The number of levels must be at least 1."
            : !(options.Penalty >= 0 && double.IsFinite(options.Penalty)) ? "The penalty must be at least 0."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }
}
