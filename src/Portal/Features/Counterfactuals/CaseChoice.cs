using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Findings;
using Governance.Audit.Inference;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Features.Counterfactuals;

/// <summary>One explained row as the chooser of counterfactuals lists it.</summary>
/// <param name="Row">The row in the data, from 0.</param>
/// <param name="Words">Row, answer and score.</param>
internal sealed record CaseChoice(int Row, string Words)
{
    /// <summary>Lists rows; those whose answer is not the wanted one first, by row.</summary>
    /// <param name="version">Answers for them.</param>
    /// <param name="rows">The explained rows.</param>
    /// <param name="wanted">The class looked for; null where none is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IReadOnlyList<CaseChoice> List(
        LoadedVersion version, int[] rows, string? wanted, CancellationToken cancellationToken)
    {
        Table table = version.Inputs.Evaluation.Table;
        int[] known = [.. rows.Where(row => row < table.Rows)];
        if (known.Length == 0)
        {
            return [];
        }

        Table taken = table.Take(known);
        InputBatch batch = version.Encoder.Encode(taken);
        Decisions decisions = version.Rule.Decide(version.Predictor.Predict(batch, cancellationToken), taken, batch);
        return
        [
            .. Enumerable.Range(0, known.Length).OrderBy(i => decisions.Predicted?[i] == wanted ? 1 : 0).ThenBy(i => known[i])
                .Select(i => new CaseChoice(known[i], Describe(known[i], decisions, i))),
        ];
    }

    private static string Describe(int row, Decisions decisions, int at)
    {
        string answer = decisions.Values is { } values ? PlainNumbers.Value(values[at])
            : decisions.Scores is { } scores ? $"{decisions.Predicted![at]}, score {PlainNumbers.Value(scores[at])}"
            : decisions.Predicted![at];
        return $"row {PlainNumbers.Count(row)}: {answer}";
    }
}
