namespace Governance.Audit.Candidates;

/// <summary>How a candidate stands to the others.</summary>
public enum FrontPlace
{
    /// <summary>No other is at least as good in every metric and better in one, even by the estimates.</summary>
    Front,

    /// <summary>Another is by the estimates, but not beyond the intervals: the data do not tell the two apart.</summary>
    NotSeparable,

    /// <summary>Another is at least as good in every metric, beyond the intervals.</summary>
    Dominated,

    /// <summary>A metric was not measured for it, so that it cannot be placed.</summary>
    Incomplete,
}

/// <summary>A candidate with its place.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="Place">How it stands.</param>
/// <param name="By">The candidates that are better: surely where it is dominated, else by the estimates.</param>
/// <param name="Missing">The metrics that were not measured for it.</param>
public sealed record PlacedCandidate(string Name, FrontPlace Place, IReadOnlyList<string> By, IReadOnlyList<string> Missing);
