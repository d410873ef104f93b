using System.Text;
using System.Text.Json;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Runs;

/// <summary>Explains rows of a version for someone who looks: from sealed evidence where the same was asked before, else by a run.</summary>
public sealed class RequestExplanation(
    IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, VersionQueries versions, RequestAudit request)
{
    /// <summary>Answers or queues the request.</summary>
    /// <param name="actor">Who asks; needs the rights to run audits and to see explanations of rows.</param>
    /// <param name="version">The version.</param>
    /// <param name="options">What to explain, and how; of the kind <see cref="AuditKind.Explanation"/>.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The options are of another kind.</exception>
    public async Task<RequestExplanationOutcome> RunAsync(
        Actor actor, ModelVersionId version, AuditOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Kind != AuditKind.Explanation)
        {
            throw new ArgumentException("Expected a request for explanations.", nameof(options));
        }

        if (actor.User is UserId user
            && await versions.FindAsync(user, version, cancellationToken) is { } details
            && details.Viewer.RefusalFor(Right.ExplainRow) is null
            && await FindAsync(version, options, cancellationToken) is EvidenceRecord stored)
        {
            return new RequestExplanationOutcome.Stored(stored);
        }

        return await request.RunAsync(actor, version, options, cancellationToken) switch
        {
            StartRunOutcome.Queued { Run: var run } => new RequestExplanationOutcome.Queued(run),
            StartRunOutcome.Refused { Reason: var reason } => new RequestExplanationOutcome.Refused(reason),
            _ => new RequestExplanationOutcome.NoSuchVersion(),
        };
    }

    /// <summary>Sealed evidence of the very same request on the same bytes by the same engine; null where there is none.</summary>
    private async Task<EvidenceRecord?> FindAsync(ModelVersionId version, AuditOptions options, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        string asked = Nameless(options);
        AuditRun[] runs = await db.Runs.AsNoTracking()
            .Where(run => run.Version == version && run.Status == RunStatus.Sealed)
            .OrderByDescending(run => run.RequestedAt).ToArrayAsync(cancellationToken);
        foreach (AuditRun run in runs)
        {
            AuditOptions before = AuditSpecJson.Read(run.Spec);
            if (before.Kind == AuditKind.Explanation && Nameless(before) == asked)
            {
                EvidenceRecord record = await db.Evidence.AsNoTracking().FirstAsync(row => row.Run == run.Id, cancellationToken);
                if (await StandsAsync(db, record, options, cancellationToken))
                {
                    return record;
                }
            }
        }

        return null;
    }

    // A data set of the same name may have been registered anew, or its positive class corrected; the engine may be newer.
    private async Task<bool> StandsAsync(GovernanceDb db, EvidenceRecord record, AuditOptions options, CancellationToken cancellationToken)
    {
        FindingsDocument document = JsonSerializer.Deserialize<FindingsDocument>(
            await store.ReadAsync(record.Findings, cancellationToken), ReportJson.Options)!;
        Dataset? evaluation = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(data => data.Name == options.Evaluation, cancellationToken);
        Dataset? background = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(data => data.Name == options.Background, cancellationToken);
        string? Digest(string role) => document.Data.FirstOrDefault(data => data.Role == role)?.Digest;
        return document.Engine.Name == Engine.Name && document.Engine.OnnxRuntime == Engine.OnnxRuntime
            && evaluation?.Digest.Hex == Digest("evaluation") && background?.Digest.Hex == Digest("background")
            && (evaluation?.Positive is null || evaluation.Positive == document.Options.Positive || options.Positive is not null);
    }

    private static string Nameless(AuditOptions options) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(AuditSpecJson.Write(options with { Name = "" })));
}

/// <summary>What came of asking for explanations.</summary>
public abstract record RequestExplanationOutcome
{
    private RequestExplanationOutcome()
    {
    }

    /// <summary>The same was asked before: its evidence answers, and the model is not called.</summary>
    public sealed record Stored(EvidenceRecord Evidence) : RequestExplanationOutcome;

    /// <summary>It waits in the queue.</summary>
    public sealed record Queued(AuditRun Run) : RequestExplanationOutcome;

    /// <summary>A rule forbids it, or the options are wrong.</summary>
    public sealed record Refused(Refusal Reason) : RequestExplanationOutcome;

    /// <summary>It does not exist, or not for this person.</summary>
    public sealed record NoSuchVersion : RequestExplanationOutcome;
}
