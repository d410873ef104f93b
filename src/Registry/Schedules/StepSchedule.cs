using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Schedules;

/// <summary>Pauses, resumes or removes a schedule.</summary>
public sealed class StepSchedule(AppendGate gate, ScheduleSignal signal)
{
    /// <summary>Records the step.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">Which schedule.</param>
    /// <param name="kind">What is done.</param>
    /// <param name="reason">Why; needed to pause and to remove, at most <see cref="PersonalText.MaxLength"/> characters.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<StepScheduleOutcome> RunAsync(
        Actor actor, ScheduleId id, ScheduleStepKind kind, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person changes a schedule.", nameof(actor));
        StepScheduleOutcome outcome = await gate.RunAsync<StepScheduleOutcome>(actor, async change =>
        {
            ScheduleEntry? entry = await ScheduleQueries.EntryAsync(change.Db, id, cancellationToken);
            Model? model = entry is null ? null
                : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == entry.Schedule.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (entry is null || (standing.Visibility != ModelVisibility.Full && entry.Schedule.Owner != person))
            {
                return new StepScheduleOutcome.NoSuchSchedule();
            }

            string? words = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
            Refusal? refusal = SchedulePolicy.RefusalFor(kind, entry, standing)
                ?? (words?.Length > PersonalText.MaxLength ? new Refusal("long-text", $"A reason has at most {PersonalText.MaxLength} characters.") : null)
                ?? (words is null && kind != ScheduleStepKind.Resumed ? new Refusal("no-text", "Say why: whoever waits for the runs will ask.") : null);
            if (refusal is not null)
            {
                return new StepScheduleOutcome.Refused(refusal);
            }

            PersonalText? text = words is null ? null : PersonalText.Write(words);
            ScheduleStep step = new(ScheduleStepId.New(), id, entry.Steps.Count + 1, kind, person, change.Now, text?.Digest);
            change.Add(step, "schedule." + kind.ToString().ToLowerInvariant(), entry.Schedule.Scope, text);
            return new StepScheduleOutcome.Recorded(entry with { Steps = [.. entry.Steps, step] });
        }, cancellationToken);
        signal.Wake();
        return outcome;
    }
}

/// <summary>What came of a step.</summary>
public abstract record StepScheduleOutcome
{
    private StepScheduleOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    public sealed record Recorded(ScheduleEntry Entry) : StepScheduleOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : StepScheduleOutcome;

    /// <summary>There is no such schedule, or not for this person.</summary>
    public sealed record NoSuchSchedule : StepScheduleOutcome;
}
