using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>An alert with everything that happened to it.</summary>
/// <param name="Alert">The fact.</param>
/// <param name="Steps">In order.</param>
/// <param name="Windows">What its windows said, in order of their end.</param>
public sealed record AlertEntry(Alert Alert, IReadOnlyList<AlertStep> Steps, IReadOnlyList<AlertWindow> Windows)
{
    /// <summary>How much it weighs now.</summary>
    public AlertSeverity Severity => Steps.LastOrDefault(step => step.Severity is not null)?.Severity ?? Alert.Severity;

    /// <summary>Who answers for it now.</summary>
    public UserId Owner => Steps.LastOrDefault(step => step.Owner is not null)?.Owner ?? Alert.Owner;

    /// <summary>Until when it has to be settled now; null where no date is set.</summary>
    public DateTimeOffset? DueAt => Steps.LastOrDefault(step => step.DueAt is not null)?.DueAt ?? Alert.DueAt;

    /// <summary>The end of its last window, exclusive.</summary>
    public DateTimeOffset LastTo => Windows.Count == 0 ? Alert.WindowTo : Windows[^1].To;

    /// <summary>The last window that sounded; null where only the alert itself is known.</summary>
    public AlertWindow? LastLoud => Windows.LastOrDefault(window => window.Severity is not null);

    /// <summary>What was measured last.</summary>
    public string Sentence => LastLoud?.Sentence ?? Alert.Sentence;

    /// <summary>Whether as many quiet windows followed as the policy asks for.</summary>
    public bool IsQuiet => Steps.LastOrDefault(step => step.Kind is AlertStepKind.Recovered or AlertStepKind.Reopened)?.Kind == AlertStepKind.Recovered;

    /// <summary>The last thing that people decided since it opened; null for nothing.</summary>
    public AlertStep? Decision => Episode.LastOrDefault(step =>
        step.Kind is AlertStepKind.Acknowledge or AlertStepKind.Explain or AlertStepKind.Fix or AlertStepKind.Accept);

    private IEnumerable<AlertStep> Episode => Steps.Skip(1 + Steps.ToList().FindLastIndex(step => step.Kind == AlertStepKind.Reopened));

    /// <summary>The end of the mute in force at a moment; null where it is not muted.</summary>
    public DateTimeOffset? MutedUntil(DateTimeOffset now) =>
        Steps.LastOrDefault(step => step.Kind is AlertStepKind.Mute or AlertStepKind.Unmute or AlertStepKind.MuteEnded)
            is { Kind: AlertStepKind.Mute, Until: DateTimeOffset until } && now < until ? until : null;

    /// <summary>Whether a mute ran out of which nobody was told yet.</summary>
    public bool IsMuteOver(DateTimeOffset now) =>
        Steps.LastOrDefault(step => step.Kind is AlertStepKind.Mute or AlertStepKind.Unmute or AlertStepKind.MuteEnded)
            is { Kind: AlertStepKind.Mute, Until: DateTimeOffset until } && now >= until;

    /// <summary>Where it stands at a moment: an acceptance whose end has passed decides nothing any more.</summary>
    public AlertState StateAt(DateTimeOffset now) => Decision switch
    {
        { Kind: AlertStepKind.Explain } => AlertState.Explained,
        { Kind: AlertStepKind.Fix } => AlertState.Fixed,
        { Kind: AlertStepKind.Accept, Until: DateTimeOffset until } when now < until => AlertState.Accepted,
        _ when IsQuiet => AlertState.Recovered,
        { Kind: AlertStepKind.Acknowledge } => AlertState.Acknowledged,
        _ => AlertState.Open,
    };

    /// <summary>Whether somebody still has to settle it.</summary>
    public bool IsActiveAt(DateTimeOffset now) => StateAt(now) is AlertState.Open or AlertState.Acknowledged;

    /// <summary>Whether it is unsettled past its due date.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => IsActiveAt(now) && DueAt <= now;

    internal static async Task<IReadOnlyList<AlertEntry>> LoadAsync(
        GovernanceDb db, IQueryable<Alert> wanted, CancellationToken cancellationToken)
    {
        Alert[] alerts = await wanted.AsNoTracking().OrderBy(row => row.RaisedAt).ThenBy(row => row.Id).ToArrayAsync(cancellationToken);
        AlertId[] ids = [.. alerts.Select(row => row.Id)];
        ILookup<AlertId, AlertStep> steps = (await db.AlertSteps.AsNoTracking().Where(row => ids.Contains(row.Alert))
            .OrderBy(row => row.Number).ToListAsync(cancellationToken)).ToLookup(row => row.Alert);
        ILookup<AlertId, AlertWindow> windows = (await db.AlertWindows.AsNoTracking().Where(row => ids.Contains(row.Alert))
            .OrderBy(row => row.To).ThenBy(row => row.From).ToListAsync(cancellationToken)).ToLookup(row => row.Alert);
        return [.. alerts.Select(row => new AlertEntry(row, [.. steps[row.Id]], [.. windows[row.Id]]))];
    }

    /// <summary>The latest alert of a matter; null where there never was one.</summary>
    internal static async Task<AlertEntry?> FindAsync(GovernanceDb db, AlertKey key, CancellationToken cancellationToken)
    {
        (AlertSourceKind kind, string source, string monitor, string? column, string? cohort) =
            (key.Source.Kind, key.Source.Id, key.Monitor, key.Column, key.Cohort);
        Alert? last = await db.Alerts.AsNoTracking().Where(row =>
                row.SourceKind == kind && row.SourceId == source && row.Monitor == monitor && row.Column == column && row.Cohort == cohort)
            .OrderByDescending(row => row.RaisedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return last is null ? null : (await LoadAsync(db, db.Alerts.Where(row => row.Id == last.Id), cancellationToken)).Single();
    }
}
