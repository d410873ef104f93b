namespace Governance.Registry.Alerts;

/// <summary>What one window of a matter said while its alert was alive.</summary>
/// <remarks>
/// Operational and no fact: a window is read again when its labels mature, and then this row is replaced, so that the same
/// window never counts twice. What follows from windows (escalating, recovering, opening again) are facts.
/// </remarks>
public sealed class AlertWindow
{
    /// <summary>A reading.</summary>
    public AlertWindow(AlertId alert, DateTimeOffset from, DateTimeOffset to, AlertSeverity? severity, string? sentence)
    {
        Alert = alert;
        From = from;
        To = to;
        Severity = severity;
        Sentence = sentence;
    }

    public AlertId Alert { get; private init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset From { get; private init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset To { get; private init; }

    /// <summary>How far it was by itself; null where it was quiet.</summary>
    public AlertSeverity? Severity { get; private init; }

    /// <summary>What was measured; null where it was quiet.</summary>
    public string? Sentence { get; private init; }

    /// <summary>Whether it passed its limit.</summary>
    public bool Sounds => Severity >= AlertSeverity.Warning;
}
