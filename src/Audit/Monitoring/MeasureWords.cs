using Governance.Audit.Findings;

namespace Governance.Audit.Monitoring;

/// <summary>The words that sentences of monitors share. Pure.</summary>
internal static class MeasureWords
{
    /// <summary>A column as the subject of a sentence: scores and decisions by words, any other by its name.</summary>
    /// <param name="column">The column's name in a reading.</param>
    public static string Subject(string column) => column switch
    {
        MonitorReference.ScoreColumn => "The score",
        MonitorReference.PredictionColumn => "The decision",
        _ => column,
    };

    /// <summary>A p value with its sign: "p = 0.042", or "p &lt; 0.001" below that.</summary>
    /// <param name="p">In [0, 1].</param>
    public static string Probability(double p) => p < 0.001 ? $"p {PlainNumbers.Probability(p)}" : $"p = {PlainNumbers.Probability(p)}";
}
