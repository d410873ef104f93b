using Governance.Audit.Serving;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What the product itself measured or recorded of a version beside its findings: the facts behind lines of the checklist.</summary>
internal sealed record ChecklistMeasures
{
    /// <summary>Whether the model predicts a number, so that it decides nothing by itself.</summary>
    public bool PredictsNumbers { get; init; }

    /// <summary>How fast the latest audit scored its rows; null where no run record says.</summary>
    public BulkScoring? Bulk { get; init; }

    /// <summary>How fast answers were; null where none was measured.</summary>
    public ServedLatency? Served { get; init; }

    /// <summary>Evidence that counts and was computed again, the latest first.</summary>
    public IReadOnlyList<RescoredRun> Rescored { get; init; } = [];

    /// <summary>Logged answers that were scored again; null where none is logged.</summary>
    public RescoredAnswers? Logged { get; init; }

    /// <summary>Deployments of the version that have not ended.</summary>
    public IReadOnlyList<WatchedDeployment> Deployments { get; init; } = [];

    /// <summary>This version and the model's others that were measured on the same data, this one first.</summary>
    public IReadOnlyList<FrontierCandidate> Candidates { get; init; } = [];

    /// <summary>What the sealed explanations say of cases decided against a person; null where there are none.</summary>
    public ReasonCoverage? Reasons { get; init; }
}

/// <summary>How fast a sealed run scored its data, encoding included.</summary>
/// <param name="Rows">Rows scored, at least 1.</param>
/// <param name="Seconds">Wall time, above 0.</param>
/// <param name="Machine">Operating system and architecture.</param>
/// <param name="Threads">Threads used.</param>
internal sealed record BulkScoring(long Rows, double Seconds, string Machine, int Threads);

/// <summary>How fast whole answers were.</summary>
/// <param name="Answers">How many were measured.</param>
/// <param name="MedianMs">Milliseconds that half of them did not pass.</param>
/// <param name="P95Ms">Milliseconds that 95 % of them did not pass.</param>
/// <param name="Since">Over which time, such as "in the traffic of the last 7 days".</param>
public sealed record ServedLatency(long Answers, double MedianMs, double P95Ms, string Since)
{
    /// <summary>[low, high] of <see cref="P95Ms"/> at 95 %, from order statistics; null where nobody worked it out.</summary>
    public IReadOnlyList<double>? P95Interval { get; init; }
}

/// <summary>Evidence that was computed again.</summary>
/// <param name="Title">What the evidence is called.</param>
/// <param name="Rows">Rows that were scored again.</param>
/// <param name="BitEqual">Whether both documents are the same bytes.</param>
/// <param name="Differences">How many values differ.</param>
/// <param name="Largest">The largest difference of two numbers; null where none differs.</param>
/// <param name="At">When, UTC.</param>
internal sealed record RescoredRun(string Title, long Rows, bool BitEqual, int Differences, double? Largest, DateTimeOffset At);

/// <summary>A live deployment and what watches it.</summary>
/// <param name="Environment">Where it is live.</param>
/// <param name="Role">What it is there for, in words.</param>
/// <param name="Plan">The monitor plan that counts; null for none.</param>
internal sealed record WatchedDeployment(string Environment, string Role, string? Plan);

/// <summary>A version as a point of the trade between fairness and performance.</summary>
/// <param name="Label">Such as "credit v3".</param>
/// <param name="Score">The performance metric, higher is better.</param>
/// <param name="Disparity">The largest difference of selection rates over the protected columns, lower is better.</param>
internal sealed record FrontierCandidate(string Label, double Score, double Disparity)
{
    /// <summary>Whether it is at least as good as another in both and better in one.</summary>
    public bool Dominates(FrontierCandidate other) =>
        Score >= other.Score && Disparity <= other.Disparity && (Score > other.Score || Disparity < other.Disparity);
}

/// <summary>Explained cases that were decided against a person, and how many have a reason that can be told.</summary>
/// <param name="Against">Explained rows with the unfavourable decision.</param>
/// <param name="WithReason">Those where a feature pushes that way by more than its own uncertainty.</param>
/// <param name="Explained">All explained rows.</param>
internal sealed record ReasonCoverage(int Against, int WithReason, int Explained);
