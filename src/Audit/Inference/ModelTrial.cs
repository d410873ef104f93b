using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Quarantine;

namespace Governance.Audit.Inference;

/// <summary>Runs a model on a few rows and judges what comes out.</summary>
/// <param name="predictor">The model.</param>
/// <param name="graph">The file's own declarations, which the runtime may have put right.</param>
/// <param name="encoding">What the outputs mean where it says so; null for nothing said.</param>
internal sealed class ModelTrial(OnnxPredictor predictor, GraphProto graph, ModelEncoding? encoding)
{
    /// <summary>Tries the model.</summary>
    /// <param name="rows">At least one set of rows, the most legal last: it decides whether the model runs.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    /// <exception cref="InputException">
    /// The model gives another number of values a row than its file declares, or needs more memory than there is.
    /// </exception>
    public IReadOnlyList<ModelCheck> Run(IReadOnlyList<TrialRows> rows, CancellationToken cancellationToken)
    {
        List<ModelCheck> checks = [new("loads", true, "The runtime loads the model.")];
        List<(TrialRows Rows, Prediction First)> ran = [];
        ModelCheck? failed = null;
        foreach (TrialRows set in rows)
        {
            try
            {
                ran.Add((set, predictor.Predict(set.Batch, cancellationToken)));
                failed = null;
            }
            catch (InputException refusal) when (!RuntimeFault.IsMemory(refusal))
            {
                failed = new ModelCheck("runs", false, $"On {set.What}: {refusal.Message}");
            }
        }

        checks.Add(failed ?? new ModelCheck("runs", true, $"It runs on {string.Join(" and on ", ran.Select(set => set.Rows.What))}."));
        if (ran.Count > 0)
        {
            checks.Add(First(ran.Select(set => OutputShapes.Check(set.First, graph))));
            checks.Add(First(ran.Select(set => Finite(set.First, set.Rows.What))));
            checks.AddRange(Probabilities(ran));
            checks.AddRange(Steady(ran[^1].Rows, ran[^1].First, cancellationToken));
        }

        return checks;
    }

    // The first that failed, else the first.
    private static ModelCheck First(IEnumerable<ModelCheck> checks)
    {
        ModelCheck[] all = [.. checks];
        return Array.Find(all, check => !check.Ok) ?? all[0];
    }

    private static ModelCheck Finite(Prediction prediction, string what)
    {
        OutputValues? wrong = prediction.Outputs.FirstOrDefault(output => !IsFinite(output));
        return wrong is null
            ? new ModelCheck("finite", true, "All numbers that come out are finite.")
            : new ModelCheck("finite", false, $"The output '{wrong.Name}' holds NaN or infinite numbers on {what}.");
    }

    private static bool IsFinite(OutputValues output) => output.Numbers?.All(double.IsFinite) != false;

    private IEnumerable<ModelCheck> Probabilities(List<(TrialRows Rows, Prediction First)> ran)
    {
        OutputRoles roles = new(graph);
        foreach (OutputSpec spec in ran[0].First.Outputs.Select(output => output.Spec))
        {
            OutputRole? said = encoding?.Outputs.FirstOrDefault(output => output.Name == spec.Name)?.Role;
            bool guess = said is null && spec.Role == OutputRole.Logits && roles.IsGuess(spec.Name);
            if (guess ? ran.All(set => IsFinite(set.First[spec.Name])) : (said ?? spec.Role) == OutputRole.Probability)
            {
                yield return First(ran.Select(set => ProbabilityCheck.Of(set.First[spec.Name], guess)));
            }
        }
    }

    private IEnumerable<ModelCheck> Steady(TrialRows set, Prediction first, CancellationToken cancellationToken)
    {
        Prediction second = predictor.Predict(set.Batch, cancellationToken);
        OutputValues? wrong = RowsApart.Differing(first.Outputs, second.Outputs, 0);
        yield return wrong is null
            ? new ModelCheck("deterministic", true, "The same rows give the same numbers twice.")
            : new ModelCheck("deterministic", false, $"The output '{wrong.Name}' differs when the same rows are run twice.");
        if (wrong is not null)
        {
            yield break;
        }

        if (predictor.Warnings.FirstOrDefault(warning => warning.Code == "row-by-row") is AuditWarning byRow)
        {
            yield return new ModelCheck("batches", false, byRow.Message);
            yield break;
        }

        Prediction alone = predictor.Predict(set.Batch.Slice(0, 1), cancellationToken);
        OutputValues? mixed = RowsApart.Mixed(first.Outputs, alone.Outputs);
        yield return mixed is null
            ? new ModelCheck("batches", true, "A row gives the same numbers alone and among others.")
            : new ModelCheck("batches", false, $"The output '{mixed.Name}' of a row changes with the rows beside it.");
    }
}
