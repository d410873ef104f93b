using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;

namespace Governance.Audit.Runs;

/// <summary>Everything that explaining a version's rows needs, ready to be estimated or run.</summary>
/// <param name="Request">What and how.</param>
/// <param name="Scorer">The model behind it.</param>
internal sealed record PreparedExplanation(ExplainRequest Request, ModelScorer Scorer) : IDisposable
{
    /// <summary>Prepares it.</summary>
    /// <param name="inputs">The version and its data.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="predictor">The model.</param>
    /// <param name="encoder">Turns readable rows into the model's inputs.</param>
    /// <param name="encoding">The version's encoding, or null.</param>
    /// <param name="run">How the model runs.</param>
    /// <param name="scored">All rows with what the model said of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Options, data and model do not fit each other.</exception>
    public static PreparedExplanation Make(
        AuditInputs inputs, AuditOptions options, OnnxPredictor predictor, RowEncoder encoder, ModelEncoding? encoding,
        PredictorOptions run, ScoredTable scored, CancellationToken cancellationToken)
    {
        ExplanationOptions asked = options.Explanation;
        int[] rows = PickRows.Of(asked, scored, options.Seed);
        Table chosen = inputs.Evaluation.Table.Take(rows);
        Table background = Background(inputs.Background.Table, options);
        if (asked.Groups is { } groups)
        {
            encoder = new RowEncoder(predictor.Signature, encoder.Encoding with { Groups = groups });
        }

        int? position = asked.Class is string name ? Position(scored, name) : scored.PositiveIndex;
        bool predictedClass = position is null && scored.Classes is { Count: > 2 };
        ModelScorer scorer = ModelScorer.Load(
            predictor, inputs.Model, run,
            new ScorerOptions
            {
                ClassIndex = position,
                AllClasses = predictedClass,
                Link = asked.Link == "logit" ? ScoreLink.Logit : ScoreLink.Identity,
                Classes = encoding?.OrderedClasses,
                Roles = encoding?.Outputs.ToDictionary(output => output.Name, output => output.Role),
            },
            cancellationToken);
        InputBatch encoded = encoder.Encode(chosen);

        // One row tells how many columns the output has.
        scorer.Score(encoded.Slice(0, 1), cancellationToken);
        string? named = asked.Reference ?? ExplanationMethods.DefaultReference(asked.Method);
        PlayerSpec? parts = PlayerSpec.Parse(asked.Players);
        ReferenceChoice reference = ReferenceChoice.Of(
            named, encoder.Encode(background), null, encoder, background, new ExplainedRows(chosen, encoded, rows, parts));
        PlayerPlan plan = PlayerPlan.Make(parts, null, encoder, encoded);
        ExplainRequest request = new()
        {
            Model = scorer.Score,
            Graph = new ModelGraph(inputs.Model),
            Deterministic = true,
            Outputs = scorer.ClassCount,
            Output = scorer.Output,
            ClassIndex = scorer.ClassIndex,
            GraphColumns = scorer.GraphColumns,
            Classes = Classes(scored, scorer),
            PredictedClassOnly = predictedClass,
            Link = asked.Link,
            Provider = predictor.Provider,
            Rows = encoded,
            RowIndices = rows,
            Background = reference.Background,
            BackgroundWeights = reference.Weights,
            OwnGroups = reference.OwnGroups,
            Reference = named is null ? null : reference.Name,
            Players = plan.Players,
            Hierarchy = plan.Hierarchy,
            Method = asked.Method,
            Samples = asked.Samples,
            UntilWidth = asked.UntilWidth,
            Steps = asked.Steps,
            Interactions = asked.Interactions,
            Seed = options.Seed,
            Threads = run.Threads,
        };
        return new PreparedExplanation(request, scorer);
    }

    /// <inheritdoc/>
    public void Dispose() => Scorer.Dispose();

    private static Table Background(Table table, AuditOptions options)
    {
        if (options.Explanation.BackgroundWhere is not string where)
        {
            return table.Head(options.BackgroundRows);
        }

        int[] cohort = Cohort.Parse(where).Rows(table);
        return cohort.Length > 0
            ? table.Take(cohort).Head(options.BackgroundRows)
            : throw new InputException("No background row belongs to the cohort asked for.");
    }

    private static int Position(ScoredTable scored, string name)
    {
        int position = scored.Classes?.ToList().IndexOf(name) ?? -1;
        return position >= 0
            ? position
            : throw new InputException(scored.Classes is { } classes
                ? $"The model has no class '{name}'; it has {string.Join(", ", classes.Select(one => $"'{one}'"))}."
                : "The model predicts a number, not classes.");
    }

    // The readable names where the encoding has them, else the graph's own.
    private static IReadOnlyList<string>? Classes(ScoredTable scored, ModelScorer scorer) =>
        scorer.ClassIndex is int index && scored.Classes?.Count > index ? [scored.Classes[index]]
        : scored.Classes?.Count == scorer.ClassCount ? scored.Classes
        : scorer.Classes;
}
