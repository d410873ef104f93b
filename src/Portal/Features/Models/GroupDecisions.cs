using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Portal.Features.Models;

/// <summary>What a model with thresholds by group decides about rows, beside what it outputs.</summary>
/// <param name="Columns">The columns that give a row's group.</param>
/// <param name="Positive">The class that the thresholds are about.</param>
/// <param name="Values">One class a row.</param>
internal sealed record GroupDecisions(IReadOnlyList<string> Columns, string Positive, IReadOnlyList<string> Values)
{
    /// <summary>Decides.</summary>
    /// <exception cref="InputException">There are no readable rows, or they lack a column.</exception>
    public static GroupDecisions Of(ModelRun run, Prediction prediction, Table? rows, InputBatch batch)
    {
        DecisionRule rule = new(run.Predictor.Signature, run.Encoding);
        GroupThresholds groups = rule.GroupThresholds!;
        return new GroupDecisions(
            groups.Columns, groups.Positive,
            rule.Decide(prediction, rows ?? throw new InputException("The encoding has thresholds by group, which are looked up in --data."), batch).Predicted!);
    }

    /// <summary>Says how many rows have which class.</summary>
    public void Write(TextWriter people) => people.WriteLine(
        $"Decided by thresholds of {string.Join(" and ", Columns)}: "
        + string.Join(", ", Values.GroupBy(value => value).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count():N0} rows {group.Key}")) + ".");
}
