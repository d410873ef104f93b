using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Portal.Tests.Explanations;

/// <summary>Explanations to draw.</summary>
internal static class Given
{
    /// <summary>One class, these attributions by row; no intervals unless given.</summary>
    public static ExplanationReport Report(double baseValue, string[] features, double[][] values, double? halfWidth = null) => new()
    {
        Method = halfWidth is null ? "exact" : "kernel",
        Output = "probabilities",
        ClassIndex = 1,
        Classes = ["yes"],
        Link = "identity",
        Features = features,
        Background = new BackgroundSummary(100, new string('a', 64)),
        BaseValue = [baseValue],
        Rows =
        [
            .. values.Select((row, index) => new ExplainedRow
            {
                Row = index,
                Prediction = [baseValue + row.Sum()],
                Values = [row],
                Interval = halfWidth is not double half
                    ? null
                    : [[.. row.Select(value => (IReadOnlyList<double>)[value - half, value + half])]],
                AdditivityResidual = [0],
            }),
        ],
        Evaluations = 4096,
        ModelRows = 1,
        ModelCalls = 1,
        Converged = true,
        Provider = "cpu",
        Seed = 7,
    };

    /// <summary>A table of number columns.</summary>
    public static Table Numbers(params (string Name, double[] Values)[] columns) =>
        new([.. columns.Select(column => new NumberColumn(column.Name, column.Values))]);
}
