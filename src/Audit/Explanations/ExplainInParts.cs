using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Paths;

namespace Governance.Audit.Explanations;

/// <summary>Explains rows that have references or players of their own: a part for each group of them, all as one report.</summary>
/// <remarks>Parts run side by side on the request's threads; what a part gives depends on its own rows alone.</remarks>
internal static class ExplainInParts
{
    /// <summary>Explains part by part and puts the rows together again in their order.</summary>
    /// <param name="request">With groups of rows and of the background, or with players of each row's own.</param>
    /// <param name="progress">Told the share of rows done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static ExplanationReport Run(ExplainRequest request, IProgress<double>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        int[][] parts = [.. Enumerable.Range(0, request.Rows.Rows).GroupBy(row => (request.OwnPlayers is null ? 0 : row, request.OwnGroups?.Rows[row] ?? 0)).Select(part => part.ToArray())];
        ExplanationReport[] reports = new ExplanationReport[parts.Length];
        PartProgress? shares = progress is null ? null : new PartProgress(progress, [.. parts.Select(part => part.Length / (double)request.Rows.Rows)]);
        int side = Math.Clamp(request.Threads, 1, parts.Length);
        using SharedWork shared = new();
        Unwrapped.For(parts.Length, new ParallelOptions { MaxDegreeOfParallelism = side, CancellationToken = cancellationToken }, part =>
            reports[part] = ExplainRows.Run(
                Part(request, parts[part]) with { Shared = shared, Threads = Math.Max(1, request.Threads / side) }, shares?.Of(part), time, cancellationToken));
        return Join(request, parts, reports) with { Seconds = time.GetElapsedTime(started).TotalSeconds };
    }

    private static ExplainRequest Part(ExplainRequest request, int[] rows)
    {
        ExplainRequest part = request with
        {
            OwnGroups = null,
            OwnPlayers = null,
            PredictedClassOnly = false,
            Rows = request.Rows.Take(rows),
            RowIndices = [.. rows.Select(row => request.RowIndices?[row] ?? row)],
        };
        if (request.OwnPlayers is { } players)
        {
            part = part with { Players = players[rows[0]].Players, Hierarchy = players[rows[0]].Hierarchy, Windows = players[rows[0]].Windows };
        }

        if (request.OwnGroups is { } groups)
        {
            int[] background = [.. Enumerable.Range(0, request.Background.Rows).Where(row => groups.Background[row] == groups.Rows[rows[0]])];
            part = part with
            {
                Background = request.Background.Take(background),
                BackgroundWeights = request.BackgroundWeights is null ? null : [.. background.Select(row => request.BackgroundWeights[row])],
            };
        }

        return part;
    }

    private static ExplanationReport Join(ExplainRequest request, int[][] parts, ExplanationReport[] reports)
    {
        string[] features = [.. reports.OrderByDescending(report => report.Features.Count).SelectMany(report => report.Features).Distinct()];
        ExplainedRow[] rows = new ExplainedRow[request.Rows.Rows];
        for (int part = 0; part < parts.Length; part++)
        {
            for (int i = 0; i < parts[part].Length; i++)
            {
                ExplainedRow row = reports[part].Rows[i];
                row = request.OwnPlayers is null ? row : WidenRow.To(features, reports[part].Features, row) with { Groups = reports[part].Groups ?? new Dictionary<string, IReadOnlyList<string>>() };
                rows[parts[part][i]] = request.OwnGroups is null ? row : row with { BaseValue = reports[part].BaseValue };
            }
        }

        double[] baseValue = request.OwnGroups is null ? [.. reports[0].BaseValue] : BaseValue(request, parts, reports);
        return ExplainRows.Settled(request, reports[0] with
        {
            Features = features,
            Groups = request.OwnPlayers is null ? reports[0].Groups : null,
            Background = new BackgroundSummary(request.Background.Rows, BatchDigest.Of(request.Background, request.BackgroundWeights)),
            Reason = reports[0].Reason is null ? null : string.Join(" ", reports.Select(report => report.Reason).Distinct()),
            Evaluations = reports.Sum(report => report.Evaluations),
            ModelRows = reports.Sum(report => report.ModelRows),
            ModelCalls = reports.Sum(report => report.ModelCalls),
            Transport = Transport.Of(reports.Select(report => report.Transport), rows.Length),
            Converged = reports.All(report => report.Converged),
            Completeness = Completeness.Of(reports.Select(report => report.Completeness)),
            Estimate = null,
            Notes = [.. reports.SelectMany(report => report.Notes).Distinct()],
        }, rows, baseValue);
    }

    // The mean of the parts' base values by the weight of their reference rows.
    private static double[] BaseValue(ExplainRequest request, int[][] parts, ExplanationReport[] reports)
    {
        double[] baseValue = new double[request.Outputs];
        double total = request.BackgroundWeights?.Sum() ?? request.Background.Rows;
        int[] group = [.. request.OwnGroups!.Background];
        foreach ((int[] part, ExplanationReport report) in parts.Zip(reports).DistinctBy(pair => request.OwnGroups.Rows[pair.First[0]]))
        {
            double weight = Enumerable.Range(0, group.Length).Where(row => group[row] == request.OwnGroups.Rows[part[0]])
                .Sum(row => request.BackgroundWeights?[row] ?? 1) / total;
            for (int output = 0; output < baseValue.Length; output++)
            {
                baseValue[output] += weight * report.BaseValue[output];
            }
        }

        return baseValue;
    }
}
