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
    /// <param name="dataset">The rows; without a label column the two are compared by what they say alone.</param>
    /// <param name="bootstrap">Whether intervals come from rows drawn anew, else in closed form.</param>
    /// <param name="where">A condition on columns of the data, or on what the second version said; null or blank for all rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Versions, data and condition do not fit each other; the sentence says why.</exception>
    public async Task<ComparisonReport> RunAsync(
        VersionView first, VersionView second, Dataset dataset, bool bootstrap, string? where, CancellationToken cancellationToken)
    {
        string? condition = string.IsNullOrWhiteSpace(where) ? null : where.Trim();
        // What the store gives is read each time: erased data are compared by nobody any more.
        AuditTable data = await loader.TableAsync(dataset.Name, cancellationToken);
        (Table rows, Guid? said) = await cohort.OfAsync(first, second, dataset, data.Table, condition, cancellationToken);
        ComparisonKey key = new(
            first.Version.Id, second.Version.Id, dataset.Digest.Hex, bootstrap ? "bootstrap" : "analytic", said is null ? condition : $"{condition} by {said}");
        if (kept.Find(key) is ComparisonReport known)
        {
            return known;
        }

        (_, byte[] ours, byte[]? oursEncoding) = await loader.ModelAsync(first.Version.Id, cancellationToken);
        (_, byte[] theirs, byte[]? theirsEncoding) = await loader.ModelAsync(second.Version.Id, cancellationToken);
        ComparisonReport report = await turn.RunAsync(
            () => Compute((first.Name, ours, oursEncoding), (second.Name, theirs, theirsEncoding), data, rows, dataset, bootstrap, cancellationToken), cancellationToken);
        kept.Keep(key, report);
        return report;
    }

    private static ComparisonReport Compute(
        (string Name, byte[] Model, byte[]? Encoding) first, (string Name, byte[] Model, byte[]? Encoding) second, AuditTable data, Table rows, Dataset dataset,
        bool bootstrap, CancellationToken cancellationToken)
    {
        using OnnxPredictor a = Load(first.Model, cancellationToken);
        using OnnxPredictor b = Load(second.Model, cancellationToken);
        ModelEncoding? encodingA = first.Encoding is null ? null : ModelEncoding.Read(first.Encoding);
        ModelEncoding? encodingB = second.Encoding is null ? null : ModelEncoding.Read(second.Encoding);
        return CompareModels.Run(
            new ComparedModel(first.Name, a, encodingA), new ComparedModel(second.Name, b, encodingB), rows.Head(MostRows),
            new ComparisonOptions
            {
                Labelled = data.Label is not null,
                Performance = new PerformanceOptions
                {
                    Label = data.Label ?? "",
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

    private static OnnxPredictor Load(byte[] model, CancellationToken cancellationToken) => OnnxPredictor.Load(
        model, new PredictorOptions { Provider = "cpu", BatchRows = ComputeFindings.BatchRows, RunLimit = BatchLimit }, cancellationToken);
}
