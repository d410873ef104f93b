namespace Governance.Registry.Alerts;

/// <summary>What a window changes about an alert. Pure.</summary>
/// <remarks>
/// A warning becomes critical when as many windows in a row sounded as the policy asks for, and recovers after as many quiet
/// ones. An alert that was settled opens again when it went quiet and came back, when windows in a row sound after a fix, when
/// an acceptance ran out, and when it rises above what was explained or accepted. What comes back after a long quiet is a new alert.
/// </remarks>
public static class AlertHysteresis
{
    /// <summary>Judges an alert with a window that is new or was read again.</summary>
    /// <param name="entry">The alert as it stands.</param>
    /// <param name="window">The window; it replaces an earlier reading of the same one.</param>
    /// <param name="terms">The policy's numbers.</param>
    /// <param name="now">UTC.</param>
    public static AlertTurn Judge(AlertEntry entry, AlertWindow window, AlertTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(terms);
        AlertWindow[] windows =
        [
            .. entry.Windows.Where(known => known.From != window.From || known.To != window.To).Append(window)
                .OrderBy(known => known.To).ThenBy(known => known.From),
        ];
        if (window.Severity is null)
        {
            int needed = entry.Alert.SourceKind == AlertSourceKind.Monitor ? terms.WindowsToRecover : 1;
            return !entry.IsQuiet && Run(windows, known => known.Severity is null) >= needed
                ? new AlertTurn.Recovered() : new AlertTurn.None();
        }

        AlertSeverity severity = SeverityOf(entry.Alert.SourceKind, window.Severity.Value, Run(windows, known => known.Sounds), terms);
        return Loud(entry, window, windows, severity, terms, now);
    }

    /// <summary>How much a window weighs after so many in a row.</summary>
    /// <param name="source">Only the windows of monitors are judged with hysteresis.</param>
    /// <param name="own">How far the window is by itself.</param>
    /// <param name="run">How many sounded in a row, with this one.</param>
    /// <param name="terms">The policy's numbers.</param>
    public static AlertSeverity SeverityOf(AlertSourceKind source, AlertSeverity own, int run, AlertTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return source != AlertSourceKind.Monitor || own == AlertSeverity.Info ? own
            : run >= terms.WindowsToCritical ? AlertSeverity.Critical
            : AlertSeverity.Warning;
    }

    private static AlertTurn Loud(
        AlertEntry entry, AlertWindow window, AlertWindow[] windows, AlertSeverity severity, AlertTerms terms, DateTimeOffset now)
    {
        AlertStep? decision = entry.Decision;
        if (entry.IsQuiet)
        {
            AlertWindow? before = windows.LastOrDefault(known => known.Severity is not null && known.To <= window.From);
            return window.From - (before?.To ?? entry.Alert.WindowTo) > TimeSpan.FromDays(terms.ReopenDays)
                ? new AlertTurn.Another(severity) : entry.StateAt(now) == AlertState.Accepted
                ? Risen(entry, severity) : new AlertTurn.Reopened(severity, "It had gone quiet and came back.");
        }

        // The window in which the fix was made still holds what came before it: windows in a row say that it did not help.
        if (decision is { Kind: AlertStepKind.Fix }
            && Run([.. windows.Where(known => known.From >= decision.SeenTo)], known => known.Sounds) >= terms.WindowsToCritical)
        {
            return new AlertTurn.Reopened(severity, $"{terms.WindowsToCritical} windows in a row sounded after it was fixed.");
        }

        if (decision is { Kind: AlertStepKind.Accept, Until: DateTimeOffset until } && now >= until)
        {
            return new AlertTurn.Reopened(severity, "The acceptance ran out and it still sounds.");
        }

        return decision?.Kind is AlertStepKind.Explain or AlertStepKind.Accept ? Risen(entry, severity)
            : decision?.Kind is AlertStepKind.Fix || severity <= entry.Severity ? new AlertTurn.None()
            : new AlertTurn.Escalated(severity);
    }

    private static AlertTurn Risen(AlertEntry entry, AlertSeverity severity) => severity > entry.Severity
        ? new AlertTurn.Reopened(severity, $"It rose from {Word(entry.Severity)} to {Word(severity)} after it was settled.") : new AlertTurn.None();

    private static string Word(AlertSeverity severity) => severity.ToString().ToLowerInvariant();

    private static int Run(AlertWindow[] windows, Func<AlertWindow, bool> counts) => windows.Reverse().TakeWhile(counts).Count();
}

/// <summary>What follows from a window.</summary>
public abstract record AlertTurn
{
    private AlertTurn()
    {
    }

    /// <summary>Nothing: it is noted.</summary>
    public sealed record None : AlertTurn;

    /// <summary>It weighs more from now on.</summary>
    public sealed record Escalated(AlertSeverity Severity) : AlertTurn;

    /// <summary>It has gone quiet.</summary>
    public sealed record Recovered : AlertTurn;

    /// <summary>It is open again.</summary>
    /// <param name="Severity">How much it weighs now.</param>
    /// <param name="Cause">Why, as a sentence.</param>
    public sealed record Reopened(AlertSeverity Severity, string Cause) : AlertTurn;

    /// <summary>The last one is too long ago: another alert.</summary>
    public sealed record Another(AlertSeverity Severity) : AlertTurn;
}
