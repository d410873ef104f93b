using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Runs;

/// <summary>Checks an audit's options against the registry and puts the audit in the queue.</summary>
public sealed class RequestAudit(IDbContextFactory<GovernanceDb> contexts, StartRun startRun, AuditQueue queue)
{
    /// <summary>Requests the audit.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version to audit.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Queued, refused with a sentence, or no such version.</returns>
    public Task<StartRunOutcome> RunAsync(
        Actor actor, ModelVersionId version, AuditOptions options, CancellationToken cancellationToken) =>
        RunAsync(actor, version, options, null, cancellationToken);

    /// <summary>Requests the audit, with what else belongs into the transaction that queues it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version to audit.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="beside">Adds rows beside the run, or says why there shall be none; null for nothing.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Queued, refused with a sentence, or no such version.</returns>
    /// <exception cref="ArgumentException">The options ask for traffic: <see cref="PlaceTraffic"/> comes first.</exception>
    public async Task<StartRunOutcome> RunAsync(
        Actor actor, ModelVersionId version, AuditOptions options, Func<RegistryChange, AuditRun, Task<Refusal?>>? beside, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.EvaluationTraffic is not null || options.CurrentTraffic is not null)
        {
            throw new ArgumentException("Traffic is kept as a data set before it is audited.", nameof(options));
        }

        if (await FaultAsync(options, cancellationToken) is string fault)
        {
            return new StartRunOutcome.Refused(new Refusal("bad-options", fault));
        }

        StartRunOutcome outcome = await startRun.RunAsync(
            actor, version, options.Name, AuditSpecJson.Write(options),
            options.Kind == AuditKind.Explanation ? [Right.ExplainRow] : [], beside, cancellationToken);
        if (outcome is StartRunOutcome.Queued)
        {
            queue.Wake();
        }

        return outcome;
    }

    /// <summary>What is wrong with options as the registry stands, in a sentence; null where nothing is.</summary>
    public async Task<string?> FaultAsync(AuditOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(options.Name) || options.Name.Length > AuditRun.MaxTitleLength)
        {
            return $"Give the audit a name of 1 to {AuditRun.MaxTitleLength} characters.";
        }

        if (CheckOptions.Fault(options) is string fault)
        {
            return fault;
        }

        if (options.Threshold is double threshold && !double.IsFinite(threshold))
        {
            return "The threshold is a finite number.";
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Dataset? evaluation = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(row => row.Name == options.Evaluation, cancellationToken);
        if (evaluation is null)
        {
            return $"There is no data set '{options.Evaluation}'.";
        }

        if (!await db.Datasets.AnyAsync(row => row.Name == options.Background, cancellationToken))
        {
            return $"There is no data set '{options.Background}'.";
        }

        foreach (string named in ((string?[])[options.Reference, options.Current]).OfType<string>())
        {
            if (!await db.Datasets.AnyAsync(row => row.Name == named, cancellationToken))
            {
                return $"There is no data set '{named}'.";
            }
        }

        string? absent = options.Protected.FirstOrDefault(name => evaluation.Columns.All(column => column.Name != name));
        return absent is null ? null : $"The data set '{options.Evaluation}' has no column '{absent}'.";
    }
}
