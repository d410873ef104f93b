using Governance.Registry.Policies;

namespace Governance.Registry.Alerts;

/// <summary>What the policy says of alerts: hysteresis and dates.</summary>
/// <param name="WindowsToCritical">Windows in a row that sound before an alert is critical, at least 1.</param>
/// <param name="WindowsToRecover">Quiet windows in a row after which it has recovered, at least 1.</param>
/// <param name="WarningDays">Days until a warning is due, at least 1.</param>
/// <param name="CriticalDays">Days until a critical alert is due, at least 1.</param>
/// <param name="ReopenDays">Days of quiet within which the same matter opens its alert again instead of a new one.</param>
public sealed record AlertTerms(int WindowsToCritical, int WindowsToRecover, int WarningDays, int CriticalDays, int ReopenDays)
{
    /// <summary>Where the pack does not say: two windows either way, a week, two days, and a month.</summary>
    public static AlertTerms Usual { get; } = new(2, 2, 7, 2, 30);

    /// <summary>The limits <c>windows-before-critical</c>, <c>windows-before-recovery</c>, <c>alert-days-warning</c>, <c>alert-days-critical</c> and <c>alert-reopen-days</c> of a pack.</summary>
    public static AlertTerms Of(PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return new AlertTerms(
            Number("windows-before-critical", Usual.WindowsToCritical), Number("windows-before-recovery", Usual.WindowsToRecover),
            Number("alert-days-warning", Usual.WarningDays), Number("alert-days-critical", Usual.CriticalDays),
            Number("alert-reopen-days", Usual.ReopenDays));

        int Number(string id, int usual) => pack.Limit(id) is double value && value is >= 1 and <= 3_650 ? (int)value : usual;
    }

    /// <summary>Until when an alert has to be settled; null where nobody has to.</summary>
    public DateTimeOffset? DueAt(AlertSeverity severity, DateTimeOffset now) => severity switch
    {
        AlertSeverity.Critical => now.AddDays(CriticalDays),
        AlertSeverity.Warning => now.AddDays(WarningDays),
        _ => null,
    };
}
