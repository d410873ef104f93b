using Governance.Audit.Data;

namespace Governance.Audit.Explanations;

/// <summary>The use case: attributions of a model's output for a number of rows.</summary>
/// <remarks>
/// Rows run in parallel, and where there are fewer rows than threads, the batches of a row do. Each row draws from its
/// own stream of the seed, so that neither threads nor the rows around it change a bit of its result.
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
        long started = time.GetTimestamp();
        ChosenMethod method = ExplanationMethods.Choose(request.Method, request.Players.Count, request.Samples);
        CountedModel model = new(request.Model);
        MaskedBackground background = new(request.Background, request.BackgroundWeights, request.Players);
        double[] baseValue = background.BaseValue(model, request.Outputs, request.Threads, cancellationToken);

        int rows = request.Rows.Rows;
        int rowThreads = Math.Clamp(request.Threads, 1, rows);
        RowExplainer explainer = new(request, method, background, model, baseValue, Math.Max(1, request.Threads / rowThreads));
        ExplainedRow[] explained = new ExplainedRow[rows];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = rowThreads, CancellationToken = cancellationToken };
        Unwrapped.For(rows, options, row =>
        {
            explained[row] = explainer.Explain(row, cancellationToken);
            progress?.Report(Interlocked.Increment(ref done) / (double)rows);
        });

        (explained, double[] shownBase, int? classIndex, IReadOnlyList<string>? classes) =
            request.PredictedClassOnly ? PredictedClass.Settle(request, explained, baseValue) : (explained, baseValue, request.ClassIndex, request.Classes);
        return new ExplanationReport
        {
            Method = method.Name,
            Reason = method.Reason,
            Output = request.Output,
            ClassIndex = classIndex,
            Classes = classes,
            Link = request.Link,
            Features = [.. request.Players.Select(player => player.Name)],
            Groups = Groups(request.Players),
            Background = new BackgroundSummary(request.Background.Rows, BatchDigest.Of(request.Background, request.BackgroundWeights)),
            BaseValue = shownBase,
            Rows = explained,
            Evaluations = explainer.Evaluations,
            ModelRows = model.Rows,
            ModelCalls = model.Calls,
            Converged = true,
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            Provider = request.Provider,
            Seed = request.Seed,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>>? Groups(IReadOnlyList<Player> players)
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
