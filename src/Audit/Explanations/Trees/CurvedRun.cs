using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Runs curved functions of trees over the rows of a task.</summary>
internal static class CurvedRun
{
    /// <summary>Explains all rows.</summary>
    public static AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (CurvedShapley shapley, PairRow[] rows) = Prepare(task, cancellationToken);
        CurvedValues[] found = RowByRow.Run(task, (row, _, token) => Explain(task, shapley, rows[row], task.RowIndex(row), token), progress, cancellationToken);
        return new AttributionResult
        {
            Rows = [.. found.Select((values, row) => new RowAttribution
            {
                Prediction = values.Prediction,
                Values = values.Values,
                StandardErrors = values.StandardErrors,
                Quantile = values.StandardErrors is null ? 0 : values.Quantile,
                Interactions = values.Interactions,
            }.ToRow(task, row, shapley.BaseValue))],
            BaseValue = shapley.BaseValue,
            Evaluations = found.Sum(values => values.Evaluations),
            Converged = found.All(values => values.Converged),
            Notes = Notes(found, task.Request.Interactions),
        };
    }

    /// <summary>The cost, from the first rows.</summary>
    public static CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        long started = task.Time.GetTimestamp();
        (CurvedShapley shapley, PairRow[] rows) = Prepare(task, cancellationToken);
        double fixedSeconds = task.Time.GetElapsedTime(started).TotalSeconds;
        int some = Math.Clamp(rows.Length / 8, 1, 8);
        Explain(task, shapley, rows[0], 0, cancellationToken);
        started = task.Time.GetTimestamp();
        for (int i = 0; i < some; i++)
        {
            // Spread over the rows: neighbours may be alike.
            int row = (int)((long)i * rows.Length / some);
            Explain(task, shapley, rows[row], row, cancellationToken);
        }

        double each = task.Time.GetElapsedTime(started).TotalSeconds / some;
        int threads = Math.Clamp(task.Request.Threads, 1, Math.Min(Environment.ProcessorCount, rows.Length));
        return new CostEstimate(Math.Min(rows.Length, 16), Math.Max(fixedSeconds + (each * rows.Length / threads), 1e-5));
    }

    private static CurvedValues Explain(AttributionTask task, CurvedShapley shapley, PairRow row, int index, CancellationToken cancellationToken) =>
        shapley.Explain(
            row, task.Request.Interactions,
            new CurvedBudget(task.Request.Samples ?? ExplanationMethods.DefaultSamples(task.Players.Count), task.Request.UntilWidth),
            new SeededRandom(task.Request.Seed, index), cancellationToken);

    private static (CurvedShapley, PairRow[]) Prepare(AttributionTask task, CancellationToken cancellationToken)
    {
        TreeReading reading = TreeReading.Of(task);
        ForestForms forms = reading.Forms!;
        (FeatureTable rows, FeatureTable background) = NativeModel.Of(task).Fetch(task, reading.Margins, cancellationToken);
        CompiledForest compiled = new(forms.Forest, Math.Max(task.Request.Threads, 1));
        PairRow[] reference = PairRows.Of(forms, compiled, background);
        return (new CurvedShapley(compiled, reading.Curved!, PairRows.Distinct(reference, task.Background.Weights)), PairRows.Of(forms, compiled, rows));
    }

    private static List<AuditWarning> Notes(CurvedValues[] found, bool interactions)
    {
        int sampled = found.Count(values => values.StandardErrors is not null);
        if (sampled == 0)
        {
            return [];
        }

        List<AuditWarning> notes =
        [
            new("sampled", $"{sampled:N0} of {found.Length:N0} rows differ from background rows in more than {CurvedShapley.MostEnumerated} players: "
                + "their values are sampled, with the margin's exact values as control variate, and have standard errors."),
        ];
        if (interactions)
        {
            notes.Add(new("no-interactions", "Sampled rows have no interactions; with --link logit all rows have exact ones."));
        }

        return notes;
    }
}
