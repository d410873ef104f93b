namespace Governance.Audit.Traffic.Summaries;

/// <summary>What a summarised column is of its row.</summary>
public enum SummaryRole
{
    /// <summary>A readable column.</summary>
    Feature,

    /// <summary>What the model gave a class; the name is the class.</summary>
    Score,

    /// <summary>What was decided.</summary>
    Decision,

    /// <summary>How long the answer took, in milliseconds.</summary>
    Latency,
}
