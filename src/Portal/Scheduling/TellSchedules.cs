using System.Globalization;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Registry.Alerts;
using Governance.Registry.Evidence;
using Governance.Registry.Policies;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Turns what became of runs into alerts: missed and failed ones, and gates that their findings breach.</summary>
internal sealed class TellSchedules(RaiseAlert raise, NoteQuietWindow quiet, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The monitor of an alert about a run that did not happen.</summary>
    public const string MissedRun = "missed-run";

    /// <summary>The monitor of an alert about a run that did not get to its end.</summary>
    public const string FailedRun = "failed-run";

    /// <summary>A run did not happen.</summary>
    public Task MissedAsync(ScheduleEntry entry, DateTimeOffset due, string why, CancellationToken cancellationToken) =>
        RunAsync(entry, MissedRun, due, $"The run of '{entry.Schedule.Name}' that was due {At(due)} did not happen. {why}", cancellationToken);

    /// <summary>A run did not get to its end.</summary>
    public Task FailedAsync(ScheduleEntry entry, DateTimeOffset due, string why, CancellationToken cancellationToken) =>
        RunAsync(entry, FailedRun, due, $"The run of '{entry.Schedule.Name}' that was due {At(due)} failed. {why}", cancellationToken);

    /// <summary>A run ended as it should.</summary>
    public async Task DoneAsync(ScheduleEntry entry, DateTimeOffset due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (string monitor in (string[])[MissedRun, FailedRun])
        {
            await quiet.RunAsync(new AlertKey(SourceOf(entry), monitor), due, due, cancellationToken);
        }
    }

    /// <summary>What an audit found: each breached gate is a signal, each other one that was judged is a quiet window.</summary>
    public async Task FindingsAsync(ScheduleEntry entry, EvidenceRecord evidence, FindingsDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(document);
        AlertSource source = new(AlertSourceKind.Audit, evidence.Version.ToString());
        foreach (Finding finding in document.Findings.Where(finding => finding.Gate is not null))
        {
            string monitor = Short(finding.Id, Alert.MaxMonitorLength);
            if (finding.Gate!.Verdict == GateVerdict.Breaches)
            {
                await raise.RunAsync(
                    new AlertSignal
                    {
                        Source = source,
                        Topic = TopicOf(finding),
                        Version = evidence.Version,
                        Deployment = entry.Schedule.Deployment,
                        Monitor = monitor,
                        WindowFrom = evidence.SealedAt,
                        WindowTo = evidence.SealedAt,
                        Severity = AlertSeverity.Warning,
                        Sentence = Short(finding.Sentence, Alert.MaxSentenceLength),
                        Evidence = evidence.Id,
                    },
                    cancellationToken);
            }
            else if (finding.Gate.Verdict == GateVerdict.Meets)
            {
                await quiet.RunAsync(new AlertKey(source, monitor), evidence.SealedAt, evidence.SealedAt, cancellationToken);
            }
        }
    }

    private async Task RunAsync(ScheduleEntry entry, string monitor, DateTimeOffset due, string sentence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (await VersionAsync(entry.Schedule, cancellationToken) is not ModelVersionId version)
        {
            return; // a model without a version: the schedule's page says what happened
        }

        await raise.RunAsync(
            new AlertSignal
            {
                Source = SourceOf(entry),
                Topic = AlertTopic.Run,
                Version = version,
                Deployment = entry.Schedule.Deployment,
                Monitor = monitor,
                WindowFrom = due,
                WindowTo = due,
                Severity = AlertSeverity.Warning,
                Sentence = Short(sentence, Alert.MaxSentenceLength),
            },
            cancellationToken);
    }

    private async Task<ModelVersionId?> VersionAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (schedule.Version is ModelVersionId named)
        {
            return named;
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Versions.Where(row => row.Model == schedule.Model).OrderByDescending(row => row.Number)
            .Select(row => (ModelVersionId?)row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static AlertSource SourceOf(ScheduleEntry entry) => new(AlertSourceKind.Schedule, entry.Schedule.Id.ToString());

    private static AlertTopic TopicOf(Finding finding) => finding.Family switch
    {
        "fairness" => AlertTopic.Fairness,
        "drift" => AlertTopic.Drift,
        "explanation" => AlertTopic.Attribution,
        _ => AlertTopic.Performance,
    };

    private static string At(DateTimeOffset due) => due.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
