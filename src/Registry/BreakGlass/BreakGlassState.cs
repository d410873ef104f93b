namespace Governance.Registry.BreakGlass;

/// <summary>Where a break-glass request stands at a moment.</summary>
public enum BreakGlassState
{
    /// <summary>A second person may grant it; after the waiting time the asker opens it alone.</summary>
    Waiting,

    /// <summary>A second person said no.</summary>
    Refused,

    /// <summary>Nobody opened it within a day after the waiting time.</summary>
    Lapsed,

    /// <summary>The right holds; every action is flagged.</summary>
    InForce,

    /// <summary>The hour is over, and a review is due.</summary>
    AwaitsReview,

    /// <summary>The review did not come within two days.</summary>
    Overdue,

    /// <summary>Reviewed.</summary>
    Closed,
}
