using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Evidence;

/// <summary>One run of an audit on a version: what was asked, how far it is, how it ended.</summary>
public sealed class AuditRun : IFact
{
    /// <summary>The longest title, in UTF-16 code units.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>The longest message, in UTF-16 code units.</summary>
    public const int MaxMessageLength = 1_000;

    /// <summary>Puts a run in the queue.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">The version to audit.</param>
    /// <param name="title">What people call the audit.</param>
    /// <param name="spec">The audit spec as canonical JSON.</param>
    /// <param name="requestedBy">Who asked; null for a schedule.</param>
    /// <param name="requestedAt">UTC, to the microsecond.</param>
    public AuditRun(
        AuditRunId id, ModelVersionId version, string title, string spec, UserId? requestedBy, DateTimeOffset requestedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentException.ThrowIfNullOrWhiteSpace(spec);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(title.Length, MaxTitleLength, nameof(title));
        Id = id;
        Version = version;
        Title = title;
        Spec = spec;
        RequestedBy = requestedBy;
        RequestedAt = requestedAt;
    }

    public AuditRunId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public string Title { get; private init; }

    /// <summary>Canonical JSON.</summary>
    public string Spec { get; private init; }

    public UserId? RequestedBy { get; private init; }

    public DateTimeOffset RequestedAt { get; private init; }

    public RunStatus Status { get; private set; } = RunStatus.Queued;

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Units of work done, 0 to <see cref="Total"/>. A progress bar, not a fact: it may change without a ledger entry.</summary>
    public long Done { get; private set; }

    /// <summary>Units of work in all; 0 while unknown. No fact either.</summary>
    public long Total { get; private set; }

    /// <summary>What it is doing, or why it ended; null for nothing to say. No fact either.</summary>
    public string? Message { get; private set; }

    /// <summary>Someone asked a running run to stop; it stops at its next report of progress.</summary>
    public bool CancelRequested { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <summary>
    /// How often it was started. While it runs its revision counts each start and each return to the queue, and nothing else.
    /// </summary>
    public int Attempts => (Revision + 1) / 2;

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Run, Id.ToString());

    /// <summary>Queued → running.</summary>
    internal void Start(DateTimeOffset at)
    {
        Require(Status == RunStatus.Queued);
        Status = RunStatus.Running;
        StartedAt = at;
        Revision++;
    }

    /// <summary>Running → queued, to go on with it.</summary>
    internal void Requeue()
    {
        Require(Status == RunStatus.Running);
        Status = RunStatus.Queued;
        Revision++;
    }

    /// <summary>Queued or running → over.</summary>
    internal void End(RunStatus status, string? message, DateTimeOffset at)
    {
        Require(!Status.IsOver() && status.IsOver());
        Status = status;
        Message = message is { Length: > MaxMessageLength } ? message[..MaxMessageLength] : message;
        EndedAt = at;
        Revision++;
    }

    /// <summary>Asks a running run to stop.</summary>
    internal void RequestCancel()
    {
        Require(Status == RunStatus.Running);
        CancelRequested = true;
        Revision++;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["title"] = Title,
        ["spec"] = FactDigest.Of(Encoding.UTF8.GetBytes(Spec)).Hex,
        ["requestedBy"] = RequestedBy?.ToString(),
        ["requestedAt"] = Microseconds.Iso(RequestedAt),
        ["status"] = Status.ToString(),
        ["startedAt"] = StartedAt is DateTimeOffset started ? Microseconds.Iso(started) : null,
        ["endedAt"] = EndedAt is DateTimeOffset ended ? Microseconds.Iso(ended) : null,
        ["cancelRequested"] = CancelRequested,
    };

    private static void Require(bool fits)
    {
        if (!fits)
        {
            throw new InvalidOperationException("The run's status does not allow this.");
        }
    }
}
