using System.Globalization;
using Governance.Registry.BreakGlass;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.BreakGlass;

/// <summary>Where a request stands, in words. Pure.</summary>
internal static class BreakGlassWords
{
    /// <summary>The state with its time.</summary>
    public static string Of(BreakGlassView row) => row.State switch
    {
        BreakGlassState.Waiting => $"waits; the asker opens it from {At(row.Request.OpensAt)}",
        BreakGlassState.Refused => "refused",
        BreakGlassState.Lapsed => "lapsed",
        BreakGlassState.InForce => $"in force until {At(row.Request.EndsAt)}, opened by {row.OpenedBy}",
        BreakGlassState.AwaitsReview => $"over; review due {At(row.Request.ReviewDue)}",
        BreakGlassState.Overdue => $"review overdue since {At(row.Request.ReviewDue)}",
        BreakGlassState.Closed => "reviewed and closed",
        _ => throw new ArgumentOutOfRangeException(nameof(row), row.State, null),
    };

    /// <summary>Its mark: open and overdue ones stand out.</summary>
    public static GateVerdict? MarkOf(BreakGlassState state) => state switch
    {
        BreakGlassState.InForce or BreakGlassState.Overdue => GateVerdict.Breaches,
        BreakGlassState.Waiting or BreakGlassState.AwaitsReview => GateVerdict.Inconclusive,
        BreakGlassState.Closed => GateVerdict.Meets,
        _ => null,
    };

    private static string At(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
