using Governance.Audit.Answers;

namespace Governance.Audit.Serving;

/// <summary>What a remembered answer takes in memory, roughly: its numbers and texts, and what the runtime puts around them.</summary>
internal static class CountedBytes
{
    private const int Around = 300; // the objects, the node of the list, the entry of the dictionary

    /// <summary>The bytes of an answer with its key.</summary>
    public static int Of(string key, ComputedRow row) => Around + (2 * key.Length) + (2 * (row.Prediction.Label?.Length ?? 0))
        + (8 * ((row.Prediction.Probabilities?.Count ?? 0) + (row.Values?.Count ?? 0)))
        + (row.Other is null ? 0 : 1_000);
}
