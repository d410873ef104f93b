using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Features.Counterfactuals;

/// <summary>Looks for the ways of one row to another answer, as pages ask for them.</summary>
internal static class AskCounterfactuals
{
    // A page waits for the answer: half a second for a small model, and a few for a large one.
    private const int Evaluations = 5_000;

    /// <summary>Looks.</summary>
    /// <param name="version">The model.</param>
    /// <param name="table">The rows that hold the case and say what is possible.</param>
    /// <param name="row">The case, from 0.</param>
    /// <param name="editor">What may change.</param>
    /// <param name="target">The answer looked for; null for the declared one.</param>
    /// <param name="most">The most changes; null for any number.</param>
    /// <param name="ways">How many ways.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Row, target or constraints do not fit data and model.</exception>
    public static CounterfactualReport Run(
        LoadedVersion version, Table table, int row, IReadOnlyList<ConstraintRow> editor, string? target, int? most, int ways, CancellationToken cancellationToken)
    {
        if (most is < 1)
        {
            throw new InputException("At least one column must be allowed to change.");
        }

        return FindCounterfactuals.Run(
            new CounterfactualRequest
            {
                Predictor = version.Predictor,
                Encoder = version.Encoder,
                Data = table,
                Row = row,
                Population = table,
                Target = target,
                Positive = version.Rule.Positive,
                Threshold = version.Options.Threshold,
                Constraints = ConstraintRow.Constraints(editor, most),
                Count = ways,
                Evaluations = Evaluations,
                Seed = version.Options.Seed,
            },
            TimeProvider.System, cancellationToken);
    }
}
