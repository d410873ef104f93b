using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Evidence;

/// <summary>How many findings met, breached or could not decide their gate, and how many had none.</summary>
/// <param name="Meets">Findings whose gate is met.</param>
/// <param name="Breaches">Findings whose gate is breached.</param>
/// <param name="Inconclusive">Findings whose interval spans the gate.</param>
/// <param name="Ungated">Findings without a gate.</param>
public readonly record struct VerdictCounts(int Meets, int Breaches, int Inconclusive, int Ungated);

/// <summary>Sealed evidence on a version: two documents in the store, named by digest. Written once.</summary>
public sealed class EvidenceRecord : IFact, IAppendOnly
{
    /// <summary>Seals evidence.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">On which version.</param>
    /// <param name="run">The run that made it.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="findings">The findings document, canonical JSON: what is compared and signed.</param>
    /// <param name="runRecord">The run record: times and machine; signed, never compared.</param>
    /// <param name="meets">See <see cref="VerdictCounts"/>.</param>
    /// <param name="breaches">See <see cref="VerdictCounts"/>.</param>
    /// <param name="inconclusive">See <see cref="VerdictCounts"/>.</param>
    /// <param name="ungated">See <see cref="VerdictCounts"/>.</param>
    /// <param name="sealedBy">Who asked for the run; null for a schedule.</param>
    /// <param name="sealedAt">UTC, to the microsecond.</param>
    public EvidenceRecord(
        EvidenceId id, ModelVersionId version, AuditRunId run, string title, ArtifactDigest findings,
        ArtifactDigest runRecord, int meets, int breaches, int inconclusive, int ungated, UserId? sealedBy,
        DateTimeOffset sealedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Id = id;
        Version = version;
        Run = run;
        Title = title;
        Findings = findings;
        RunRecord = runRecord;
        Meets = meets;
        Breaches = breaches;
        Inconclusive = inconclusive;
        Ungated = ungated;
        SealedBy = sealedBy;
        SealedAt = sealedAt;
    }

    public EvidenceId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public AuditRunId Run { get; private init; }

    public string Title { get; private init; }

    public ArtifactDigest Findings { get; private init; }

    public ArtifactDigest RunRecord { get; private init; }

    public int Meets { get; private init; }

    public int Breaches { get; private init; }

    public int Inconclusive { get; private init; }

    public int Ungated { get; private init; }

    public UserId? SealedBy { get; private init; }

    public DateTimeOffset SealedAt { get; private init; }

    /// <summary>
    /// Whether a decision on the version rests on it: it holds findings. An explanation that somebody asked for beside
    /// the audits holds none; it is sealed all the same, but neither voids a decision nor enters the evidence root.
    /// </summary>
    public bool Decides => Meets + Breaches + Inconclusive + Ungated > 0;

    /// <summary><see cref="Decides"/> for queries.</summary>
    public static Expression<Func<EvidenceRecord, bool>> Deciding =>
        record => record.Meets + record.Breaches + record.Inconclusive + record.Ungated > 0;

    /// <summary>The four counts together.</summary>
    public VerdictCounts Verdicts => new(Meets, Breaches, Inconclusive, Ungated);

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Evidence, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["run"] = Run.ToString(),
        ["title"] = Title,
        ["findings"] = Findings.Hex,
        ["runRecord"] = RunRecord.Hex,
        ["meets"] = Meets,
        ["breaches"] = Breaches,
        ["inconclusive"] = Inconclusive,
        ["ungated"] = Ungated,
        ["sealedBy"] = SealedBy?.ToString(),
        ["sealedAt"] = Microseconds.Iso(SealedAt),
    };
}
