using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Comparisons;

/// <summary>Scores the same rows with two versions and compares them, once for all who ask.</summary>
internal sealed class CompareVersions(LoadAuditInputs loader, ComputeTurn turn, KeptComparisons kept, ComparedCohort cohort)
{
    /// <summary>The most rows: scoring them twice takes seconds, and no interval of a difference gets narrower that anybody acts on.</summary>
    public const int MostRows = 200_000;

    /// <summary>Groups of fewer rows get no verdict, and are not shown to roles that may not see protected attributes.</summary>
    public const int SmallestGroup = 30;

    private const int Resamples = 500;

    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(2);

    /// <summary>Compares; the caller has made sure that the person may compute with both versions.</summary>
    /// <param name="first">The version that is compared with.</param>
    /// <param name="second">The version in question.</param>
    /// <param name="dataset">The rows; they need a label column.</param>
    /// <param name="bootstrap">Whether intervals come from rows drawn anew, else in closed form.</param>
    /// <param name="where">A condition on columns of the data; null or blank for all rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Versions, data and condition do not fit each other; the sentence says why.</exception>
    public async Task<ComparisonReport> RunAsync(
        VersionView first, VersionView second, Dataset dataset, bool bootstrap, string? where, CancellationToken cancellationToken)
    {
        string? condition = string.IsNullOrWhiteSpace(where) ? null : where.Trim();
        ComparisonKey key = new(first.Version.Id, second.Version.Id, dataset.Digest.Hex, bootstrap ? "bootstrap" : "analytic", condition);

        // What the store gives is read each time: erased data are compared by nobody any more.
        AuditOptions options = new() { Name = "comparison", Evaluation = dataset.Name, Background = dataset.Name };
        AuditInputs ours = await loader.RunAsync(first.Version.Id, options, cancellationToken);
        Table rows = await cohort.OfAsync(first, second, dataset, ours.Evaluation.Table, condition, cancellationToken);
        if (kept.Find(key) is ComparisonReport known)
        {
            return known;
        }

        AuditInputs theirs = await loader.RunAsync(second.Version.Id, options, cancellationToken);
        ComparisonReport report = await turn.RunAsync(
            () => Compute(first.Name, ours, second.Name, theirs, rows, dataset, bootstrap, cancellationToken), cancellationToken);
        kept.Keep(key, report);
        return report;
    }

    private static ComparisonReport Compute(
        string first, AuditInputs ours, string second, AuditInputs theirs, Table rows, Dataset dataset, bool bootstrap, CancellationToken cancellationToken)
    {
        (OnnxPredictor a, ModelEncoding? encodingA) = Load(ours, cancellationToken);
        using OnnxPredictor keptA = a;
        (OnnxPredictor b, ModelEncoding? encodingB) = Load(theirs, cancellationToken);
        using OnnxPredictor keptB = b;
        AuditTable data = ours.Evaluation;
        return CompareModels.Run(
            new ComparedModel(first, a, encodingA), new ComparedModel(second, b, encodingB), rows.Head(MostRows),
            new ComparisonOptions
            {
                Performance = new PerformanceOptions
                {
                    Label = data.Label ?? throw new InputException($"'{data.Name}' has no label column."),
                    Positive = encodingA?.Label?.Positive ?? data.Positive,
                    Interval = bootstrap ? IntervalMethod.Bootstrap : IntervalMethod.Analytic,
                    Resamples = Resamples,
                    Threads = Environment.ProcessorCount,
                },
                Favourable = encodingA?.Label?.Favourable ?? data.Favourable,
                Protected = [.. dataset.Of(ColumnRole.Protected).Select(column => column.Name)],
                MinGroup = SmallestGroup,
            },
            _ => { }, cancellationToken);
    }

    private static (OnnxPredictor Predictor, ModelEncoding? Encoding) Load(AuditInputs inputs, CancellationToken cancellationToken) => (
        OnnxPredictor.Load(inputs.Model, new PredictorOptions { Provider = "cpu", BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit }, cancellationToken),
        inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding));
}
