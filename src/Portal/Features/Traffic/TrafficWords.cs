using Governance.Audit.Findings;
using Governance.Audit.Traffic;

namespace Governance.Portal.Features.Traffic;

/// <summary>What came of batches, as people read it.</summary>
internal static class TrafficWords
{
    /// <summary>One sentence, such as "1,000 rows taken; 3 were there already."</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="what">"rows" or "labels".</param>
    public static string Of(IngestOutcome outcome, string what) => outcome.AcceptedBefore
        ? $"This batch was taken before, with {PlainNumbers.Count(outcome.Rows)} {what}: nothing was added."
        : $"{PlainNumbers.Count(outcome.Rows)} {what} taken"
            + (outcome.Repeated > 0 ? $"; {PlainNumbers.Count(outcome.Repeated)} were there already" : "")
            + (outcome.Conflicts == 0 ? "."
                : what == "labels" ? $"; {PlainNumbers.Count(outcome.Conflicts)} correct an earlier value."
                : $"; {PlainNumbers.Count(outcome.Conflicts)} have the id of another row that was there first, and do not count.");
}
