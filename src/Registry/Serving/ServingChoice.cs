using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Serving;

/// <summary>How a version is served from a moment on. Written once; the latest counts.</summary>
public sealed class ServingChoice : IFact, IAppendOnly
{
    /// <summary>Records a choice.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="settings">Without fault.</param>
    /// <param name="reason">Digest of why.</param>
    /// <param name="chosenBy">Who chose; null for the system.</param>
    /// <param name="chosenAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The settings have a fault.</exception>
    public ServingChoice(
        ServingChoiceId id, ModelVersionId version, ServingSettings settings, FactDigest reason, UserId? chosenBy, DateTimeOffset chosenAt)
        : this(id, version, reason, chosenBy, chosenAt)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Fault is string fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }

        BatchRows = settings.BatchRows;
        DelayMilliseconds = settings.DelayMilliseconds;
        QueueRows = settings.QueueRows;
        LimitMilliseconds = settings.LimitMilliseconds;
        CacheSeconds = settings.CacheSeconds;
        CacheMegabytes = settings.CacheMegabytes;
        RowsPerMinute = settings.RowsPerMinute;
        Provider = settings.Provider;
    }

    private ServingChoice(ServingChoiceId id, ModelVersionId version, FactDigest reason, UserId? chosenBy, DateTimeOffset chosenAt)
    {
        Id = id;
        Version = version;
        Reason = reason;
        ChosenBy = chosenBy;
        ChosenAt = chosenAt;
    }

    public ServingChoiceId Id { get; private init; }

    public ModelVersionId Version { get; private init; }

    public int BatchRows { get; private init; }

    public int DelayMilliseconds { get; private init; }

    public int QueueRows { get; private init; }

    public int LimitMilliseconds { get; private init; }

    public int CacheSeconds { get; private init; }

    public int CacheMegabytes { get; private init; }

    public int RowsPerMinute { get; private init; }

    public string Provider { get; private init; } = "cpu";

    public FactDigest Reason { get; private init; }

    public UserId? ChosenBy { get; private init; }

    public DateTimeOffset ChosenAt { get; private init; }

    /// <summary>What was chosen.</summary>
    public ServingSettings Settings => new()
    {
        BatchRows = BatchRows, DelayMilliseconds = DelayMilliseconds, QueueRows = QueueRows, LimitMilliseconds = LimitMilliseconds,
        CacheSeconds = CacheSeconds, CacheMegabytes = CacheMegabytes, RowsPerMinute = RowsPerMinute, Provider = Provider,
    };

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.ServingChoice, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["batchRows"] = BatchRows,
        ["delayMilliseconds"] = DelayMilliseconds,
        ["queueRows"] = QueueRows,
        ["limitMilliseconds"] = LimitMilliseconds,
        ["cacheSeconds"] = CacheSeconds,
        ["cacheMegabytes"] = CacheMegabytes,
        ["rowsPerMinute"] = RowsPerMinute,
        ["provider"] = Provider,
        ["reason"] = Reason.Hex,
        ["chosenBy"] = ChosenBy?.ToString(),
        ["chosenAt"] = Microseconds.Iso(ChosenAt),
    };
}
