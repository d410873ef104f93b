using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Audit.Surrogates;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>Looks inside a version: surrogates that people can read, what a copy costs without protection, and its trees. Without findings.</summary>
/// <remarks>The same inputs give the same document. A part that does not fit the model is left out with a warning that says why.</remarks>
public sealed class ComputeInside(AuditInputs inputs, AuditOptions options, PolicyPack pack, TimeProvider time)
{
    private const int Stages = 4;

    private readonly StageClock clock = new(time);
    private readonly List<AuditWarning> warnings = [];

    /// <summary>Seconds by stage, after <see cref="Run"/>.</summary>
    public IReadOnlyDictionary<string, double> Seconds => clock.Seconds;

    /// <summary>Rows that were looked at, after <see cref="Run"/>.</summary>
    public long ModelRows { get; private set; }

    /// <summary>Looks.</summary>
    /// <param name="progress">Told of stages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The data do not fit the model, or no part does; the sentence says why.</exception>
    public FindingsDocument Run(IRunProgress progress, CancellationToken cancellationToken)
    {
        ModelEncoding? encoding = inputs.Encoding is null ? null : ModelEncoding.Read(inputs.Encoding);
        using OnnxPredictor predictor = OnnxPredictor.Load(
            inputs.Model, new PredictorOptions { Provider = "cpu", BatchRows = ComputeFindings.BatchRows }, cancellationToken);
        string? label = options.Label ?? encoding?.Label?.Column ?? inputs.Evaluation.Label;
        VariantRows rows = VariantRows.Of(predictor.Signature, encoding, inputs.Evaluation.Table, label) with { Level = pack.Level };
        ModelRows = rows.Batch.Rows;
        List<SurrogateReport> surrogates = [];
        foreach ((StudentFamily family, int stage) in ((StudentFamily, int)[])[(StudentFamily.Logistic, 0), (StudentFamily.Tree, 1)])
        {
            progress.Report("Training readable models", stage, Stages);
            if (Part($"surrogate-{family.ToString().ToLowerInvariant()}", () => FitSurrogate.Run(
                inputs.Model, rows, new StudentOptions { Family = family, Seed = options.Seed }, null, cancellationToken)) is SurrogateReport surrogate)
            {
                surrogates.Add(surrogate);
            }
        }

        progress.Report("Copying it", 2, Stages);
        CopyCostReport? copies = Part("copies", () => CopyCosts.Run(
            predictor, rows.Encoder!, new DecisionRule(predictor.Signature, encoding), inputs.Evaluation.Table, pack.Level, options.Seed, null, cancellationToken));
        progress.Report("Asking trees one by one", 3, Stages);
        IReadOnlyList<TreeMembersReport> trees = Part("trees", () => InspectTrees.Run(inputs.Model, rows, null, cancellationToken)) ?? [];
        if (surrogates.Count == 0 && copies is null && trees.Count == 0)
        {
            throw new InputException($"There is nothing to look at inside this model: {warnings[0].Message}");
        }

        return new FindingsDocument
        {
            Engine = new EngineIdentity(Engine.Name, Engine.OnnxRuntime, "cpu", ComputeFindings.BatchRows),
            Subject = inputs.Subject,
            Data = [new AuditData("evaluation", inputs.Evaluation.Name, inputs.Evaluation.Digest, inputs.Evaluation.Table.Rows)],
            Options = options,
            Policy = new PolicyReference(pack.Name, pack.Number),
            Findings = [],
            Warnings = [.. warnings],
            Inside = new InsideReport { Surrogates = surrogates, Copies = copies, Trees = trees },
        };
    }

    private T? Part<T>(string name, Func<T> look)
        where T : class
    {
        try
        {
            return clock.Measure(name, look);
        }
        catch (InputException refusal)
        {
            warnings.Add(new AuditWarning(name, refusal.Message, Column: refusal.Column));
            return null;
        }
    }
}
