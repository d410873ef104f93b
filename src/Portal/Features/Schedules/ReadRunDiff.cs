using System.Security.Claims;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Schedules;

namespace Governance.Portal.Features.Schedules;

/// <summary>A sealed run with what is not as in the one before.</summary>
/// <param name="Run">The run.</param>
/// <param name="Before">The sealed run before it; null for the first, and then nothing is compared.</param>
/// <param name="Changes">What changed.</param>
public sealed record RunChanges(ScheduleRunView Run, ScheduleRunView? Before, IReadOnlyList<FindingChange> Changes);

/// <summary>Compares the latest sealed run of a schedule with the one before, as the person may see their findings.</summary>
internal sealed class ReadRunDiff(ReadVersion versions, ReadFindings findings)
{
    /// <summary>Compares.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="runs">Runs of one schedule, the latest first.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>The latest sealed run; null where none is, or its version is not for this person.</returns>
    public async Task<RunChanges?> OfAsync(string model, IReadOnlyList<ScheduleRunView> runs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        ScheduleRunView[] sealedRuns = [.. runs.Where(run => run is { Evidence: not null, Number: not null }).Take(2)];
        if (sealedRuns.Length == 0 || await DocumentAsync(model, sealedRuns[0], user, cancellationToken) is not { } now)
        {
            return null;
        }

        return sealedRuns.Length == 1 || await DocumentAsync(model, sealedRuns[1], user, cancellationToken) is not { } before
            ? new RunChanges(sealedRuns[0], null, [])
            : new RunChanges(sealedRuns[0], sealedRuns[1], RunDiff.Of(before, now));
    }

    private async Task<FindingsDocument?> DocumentAsync(
        string model, ScheduleRunView run, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await versions.FindAsync(model, run.Number!.Value, user, cancellationToken) is VersionView view
            ? await findings.ReadAsync(view, run.Evidence!, cancellationToken)
            : null;
}
