using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Paths;

namespace Governance.Audit.Explanations;

/// <summary>Explains each row against the reference rows of its own group.</summary>
internal static class ExplainOwnGroups
{
    /// <summary>Explains group by group and puts the rows together again in their order.</summary>
    /// <param name="request">With groups of rows and of the background.</param>
    /// <param name="progress">Told the share of rows done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static ExplanationReport Run(
        ExplainRequest request, IProgress<double>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        ExplainedRow[] rows = new ExplainedRow[request.Rows.Rows];
        double[] baseValue = new double[request.Outputs];
        double total = request.BackgroundWeights?.Sum() ?? request.Background.Rows;
        List<ExplanationReport> reports = [];
        int done = 0;
        foreach (IGrouping<int, int> group in Enumerable.Range(0, rows.Length).GroupBy(row => request.OwnGroups!.Rows[row]))
        {
            int[] own = [.. group];
            ExplainRequest part = Part(request, own, group.Key);
            Share? share = progress is null ? null : new Share(progress, done / (double)rows.Length, own.Length / (double)rows.Length);
            ExplanationReport report = ExplainRows.Run(part, share, time, cancellationToken);
            for (int i = 0; i < own.Length; i++)
            {
                rows[own[i]] = report.Rows[i] with { BaseValue = report.BaseValue };
            }

            double weight = (part.BackgroundWeights?.Sum() ?? part.Background.Rows) / total;
            for (int output = 0; output < baseValue.Length; output++)
            {
                baseValue[output] += weight * report.BaseValue[output];
            }

            reports.Add(report);
            done += own.Length;
        }

        return ExplainRows.Settled(request, reports[0] with
        {
            Background = new BackgroundSummary(request.Background.Rows, BatchDigest.Of(request.Background, request.BackgroundWeights)),
            Reason = reports.All(report => report.Reason == reports[0].Reason) ? reports[0].Reason : string.Join(" ", reports.Select(report => report.Reason).Distinct()),
            Evaluations = reports.Sum(report => report.Evaluations),
            ModelRows = reports.Sum(report => report.ModelRows),
            ModelCalls = reports.Sum(report => report.ModelCalls),
            Transport = Transport.Of(reports.Select(report => report.Transport), rows.Length),
            Converged = reports.All(report => report.Converged),
            Completeness = Completeness.Of(reports.Select(report => report.Completeness)),
            Estimate = null,
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            Notes = [.. reports.SelectMany(report => report.Notes).Distinct()],
        }, rows, baseValue);
    }

    private static ExplainRequest Part(ExplainRequest request, int[] rows, int group)
    {
        int[] background = [.. Enumerable.Range(0, request.Background.Rows).Where(row => request.OwnGroups!.Background[row] == group)];
        return request with
        {
            OwnGroups = null,
            PredictedClassOnly = false,
            Rows = request.Rows.Take(rows),
            RowIndices = [.. rows.Select(row => request.RowIndices?[row] ?? row)],
            Background = request.Background.Take(background),
            BackgroundWeights = request.BackgroundWeights is null ? null : [.. background.Select(row => request.BackgroundWeights[row])],
        };
    }

    private sealed class Share(IProgress<double> whole, double start, double length) : IProgress<double>
    {
        public void Report(double value) => whole.Report(start + (length * value));
    }
}

/// <summary>Which group each row and each background row belongs to, by number; every row's group has background rows.</summary>
/// <param name="Rows">One a row.</param>
/// <param name="Background">One a background row.</param>
public sealed record OwnGroups(IReadOnlyList<int> Rows, IReadOnlyList<int> Background);
