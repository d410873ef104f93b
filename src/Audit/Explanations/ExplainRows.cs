using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations;

/// <summary>The use case: attributions of a model's output for a number of rows.</summary>
/// <remarks>
/// Each row draws from its own stream of the seed, so that neither threads nor the rows around it change a bit of its
/// result.
/// </remarks>
public static class ExplainRows
{
    /// <summary>Explains rows.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="progress">Told the share of rows done, in (0, 1], from any thread; null for nobody.</param>
    /// <param name="time">The clock of <see cref="ExplanationReport.Seconds"/>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">The method does not fit the players, or the model refused the rows.</exception>
    /// <exception cref="ArgumentException">Rows, background and players do not fit each other.</exception>
    public static ExplanationReport Run(
        ExplainRequest request, IProgress<double>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.OwnGroups is not null || request.OwnPlayers is not null)
        {
            return ExplainInParts.Run(request, progress, time, cancellationToken);
        }

        long started = time.GetTimestamp();
        using AttributionTask task = new(request, time);
        ChosenMethod chosen = AttributionMethods.Choose(task, cancellationToken);
        RunEstimate? estimate = request.Deterministic ? null : RunEstimate.Of(task, chosen, started, cancellationToken);
        AttributionResult result = chosen.Method.Run(task, progress, cancellationToken);
        return Settled(
            request,
            new ExplanationReport
            {
                Method = chosen.Method.Name,
                Reason = chosen.Reason,
                Output = request.Output,
                Link = request.Link,
                Features = [.. request.Players.Select(player => player.Name)],
                Groups = Groups(request.Players),
                Reference = request.Reference,
                Background = new BackgroundSummary(request.Background.Rows, BatchDigest.Of(request.Background, request.BackgroundWeights)),
                BaseValue = result.BaseValue,
                Rows = result.Rows,
                Evaluations = result.Evaluations,
                ModelRows = task.Model.Rows,
                ModelCalls = task.Model.Calls,
                Transport = task.Moved(),
                Converged = result.Converged,
                Completeness = result.Completeness,
                Estimate = estimate,
                Seconds = time.GetElapsedTime(started).TotalSeconds,
                Provider = request.Provider,
                Seed = request.Seed,
                Notes = task.FusionRefused ? [.. result.Notes, new AuditWarning("not-fused", $"Rows were sent to the model, because they cannot be made there: {task.Moved().Reason}")] : result.Notes,
            },
            result.Rows, result.BaseValue);
    }

    /// <summary>The report with these rows, for all classes or for each row's own.</summary>
    internal static ExplanationReport Settled(ExplainRequest request, ExplanationReport report, ExplainedRow[] rows, double[] baseValue)
    {
        (ExplainedRow[] kept, double[] shown, int? classIndex, IReadOnlyList<string>? classes) = request.PredictedClassOnly
            ? PredictedClass.Settle(request, rows, baseValue)
            : (rows, baseValue, request.ClassIndex, request.Classes);
        return report with { Rows = kept, BaseValue = shown, ClassIndex = classIndex, Classes = classes };
    }

    /// <summary>The features behind players that stand for several; null where none does.</summary>
    internal static Dictionary<string, IReadOnlyList<string>>? Groups(IReadOnlyList<Player> players)
    {
        Dictionary<string, IReadOnlyList<string>> groups = [];
        foreach (Player player in players)
        {
            if (player.Members is not null)
            {
                groups.Add(player.Name, player.Members);
            }
        }

        return groups.Count == 0 ? null : groups;
    }
}
