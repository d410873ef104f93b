using System.Text.Json.Nodes;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Alarms;

/// <summary>Whose queries a stream joins.</summary>
public enum AlarmStream
{
    /// <summary>One person's or service account's.</summary>
    Person,

    /// <summary>One team's.</summary>
    Team,

    /// <summary>Everybody's.</summary>
    Model,
}

/// <summary>That a stream of queries looked like someone rebuilding a model. Written once; it holds until it is released.</summary>
/// <remarks>While it holds, those of the stream get decisions alone of all versions of the model, and nobody a wrong answer.</remarks>
public sealed class TheftAlarm : IFact, IAppendOnly
{
    /// <summary>The longest name of a detector.</summary>
    public const int MaxDetectorLength = 40;

    /// <summary>Puts an alarm on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">The model that was asked.</param>
    /// <param name="version">The version that was asked.</param>
    /// <param name="stream">Whose queries.</param>
    /// <param name="holder">The person or team; null for everybody.</param>
    /// <param name="detector">What saw it most.</param>
    /// <param name="level">The evidence, in rows of honest traffic to one such reading.</param>
    /// <param name="observed">Distinct rows of the stream at that moment.</param>
    /// <param name="raisedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A person's or team's alarm names no holder, or everybody's names one.</exception>
    public TheftAlarm(
        TheftAlarmId id, ModelId model, ModelVersionId version, AlarmStream stream, Guid? holder, string detector, double level,
        long observed, DateTimeOffset raisedAt)
    {
        if (holder is null != (stream == AlarmStream.Model))
        {
            throw new ArgumentException("A stream of a person or team has a holder, a model's has none.", nameof(holder));
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(detector);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(detector.Length, MaxDetectorLength, nameof(detector));
        Id = id;
        Model = model;
        Version = version;
        Stream = stream;
        Holder = holder;
        Detector = detector;
        Level = level;
        Observed = observed;
        RaisedAt = raisedAt;
    }

    public TheftAlarmId Id { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId Version { get; private init; }

    public AlarmStream Stream { get; private init; }

    /// <summary>The person or team, by id; null for everybody.</summary>
    public Guid? Holder { get; private init; }

    public string Detector { get; private init; }

    /// <summary>At least the level of an alarm: a million for a person, ten million for a team or everybody.</summary>
    public double Level { get; private init; }

    /// <summary>Distinct rows of the stream at that moment.</summary>
    public long Observed { get; private init; }

    public DateTimeOffset RaisedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.TheftAlarm, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["version"] = Version.ToString(),
        ["stream"] = Stream.ToString(),
        ["holder"] = Holder?.ToString(),
        ["detector"] = Detector,
        ["level"] = Level,
        ["observed"] = Observed,
        ["raisedAt"] = Microseconds.Iso(RaisedAt),
    };
}
