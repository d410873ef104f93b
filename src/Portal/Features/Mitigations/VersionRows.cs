using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Mitigation;
using Governance.Audit.Performance;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Features.Mitigations;

/// <summary>A version's decisions about the data of its evidence, ready to be mitigated.</summary>
/// <param name="Groups">The rows, decided as the version decides them; chance is the hash that the new version would use.</param>
/// <param name="Threshold">From which score on the positive class is predicted where no group's rule applies.</param>
internal sealed record VersionRows(ScoredGroups Groups, double Threshold)
{
    private const string Prediction = "(prediction)";
    private const string Score = "(score)";

    /// <summary>Asks the model about all rows.</summary>
    /// <param name="version">The model and its data.</param>
    /// <param name="favourable">The outcome that a person wants, as the evidence says; null for the rule's.</param>
    /// <param name="columns">The protected columns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The version does not decide between two classes by a score, or the outcome is not known.</exception>
    public static VersionRows Of(LoadedVersion version, string? favourable, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        Table table = version.Inputs.Evaluation.Table;
        DecisionRule rule = version.Rule;
        InputBatch batch = version.Encoder.Encode(table);
        Decisions decisions = rule.Decide(version.Predictor.Predict(batch, cancellationToken), table, batch);
        if (rule.Classes is not { Count: 2 } || decisions.Scores is not double[] scores)
        {
            throw new InputException("Thresholds by group need a model with scores of two classes.");
        }

        string label = version.Label ?? throw new InputException("Nobody says which column holds the true outcome, so nothing can be judged.");
        Table scored = new([.. table.Columns, TextColumn.Of(Free(table, Prediction), decisions.Predicted!), new NumberColumn(Free(table, Score), scores)]);
        DecisionTable read = ReadDecisions.From(
            scored,
            new DecisionColumns
            {
                Label = label,
                Prediction = Free(table, Prediction),
                Score = Free(table, Score),
                Positive = rule.Positive,
                Favourable = favourable ?? rule.Favourable,
            },
            _ => { });
        return new VersionRows(
            new ScoredGroups(read.Table, read.Decisions, columns, (draws, row) => draws.Of(batch, row)),
            rule.GroupThresholds?.Otherwise ?? rule.Threshold ?? 0.5);
    }

    // The data may have a column of this very name.
    private static string Free(Table table, string name) => table.Find(name) is null ? name : Free(table, name + "'");
}
