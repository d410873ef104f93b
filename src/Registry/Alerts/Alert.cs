using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Alerts;

/// <summary>That something watched passed its limit, and somebody has to answer for it. Written once; what became of it are its steps.</summary>
public sealed class Alert : IFact, IAppendOnly
{
    /// <summary>The longest id of a source, in UTF-16 code units.</summary>
    public const int MaxSourceLength = 100;

    /// <summary>The longest id of a monitor, in UTF-16 code units.</summary>
    public const int MaxMonitorLength = 100;

    /// <summary>The longest column or cohort, in UTF-16 code units.</summary>
    public const int MaxSliceLength = 400;

    /// <summary>The longest sentence, in UTF-16 code units.</summary>
    public const int MaxSentenceLength = 1_000;

    /// <summary>Puts an alert on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">The version's model.</param>
    /// <param name="signal">The window that it began with.</param>
    /// <param name="severity">How much it weighs at first.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="dueAt">Until when; null where no date is set.</param>
    /// <param name="raisedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A text is blank or too long, or the window ends before it begins.</exception>
    public Alert(
        AlertId id, ModelId model, AlertSignal signal, AlertSeverity severity, UserId owner, DateTimeOffset? dueAt, DateTimeOffset raisedAt)
    {
        ArgumentNullException.ThrowIfNull(signal);
        Check(signal);
        Id = id;
        SourceKind = signal.Source.Kind;
        SourceId = signal.Source.Id;
        Topic = signal.Topic;
        Model = model;
        Version = signal.Version;
        Deployment = signal.Deployment;
        Monitor = signal.Monitor;
        Column = signal.Column;
        Cohort = signal.Cohort;
        WindowFrom = Microseconds.Truncate(signal.WindowFrom);
        WindowTo = Microseconds.Truncate(signal.WindowTo);
        Severity = severity;
        Sentence = signal.Sentence;
        Evidence = signal.Evidence;
        Owner = owner;
        DueAt = dueAt;
        RaisedAt = raisedAt;
    }

    private Alert()
    {
        SourceId = Monitor = Sentence = "";
    }

    public AlertId Id { get; private init; }

    public AlertSourceKind SourceKind { get; private init; }

    public string SourceId { get; private init; }

    public AlertTopic Topic { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId Version { get; private init; }

    public DeploymentId? Deployment { get; private init; }

    public string Monitor { get; private init; }

    public string? Column { get; private init; }

    public string? Cohort { get; private init; }

    /// <summary>The start of the first window, inclusive.</summary>
    public DateTimeOffset WindowFrom { get; private init; }

    /// <summary>The end of the first window, exclusive.</summary>
    public DateTimeOffset WindowTo { get; private init; }

    /// <summary>The first severity; see <see cref="AlertEntry.Severity"/>.</summary>
    public AlertSeverity Severity { get; private init; }

    /// <summary>What was measured in the first window.</summary>
    public string Sentence { get; private init; }

    public EvidenceId? Evidence { get; private init; }

    /// <summary>The first owner; see <see cref="AlertEntry.Owner"/>.</summary>
    public UserId Owner { get; private init; }

    /// <summary>The first due date; see <see cref="AlertEntry.DueAt"/>.</summary>
    public DateTimeOffset? DueAt { get; private init; }

    public DateTimeOffset RaisedAt { get; private init; }

    /// <summary>The matter that it belongs to.</summary>
    public AlertKey Key => new(new AlertSource(SourceKind, SourceId), Monitor, Column, Cohort);

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Alert, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["source"] = SourceKind.ToString(),
        ["sourceId"] = SourceId,
        ["topic"] = Topic.ToString(),
        ["model"] = Model.ToString(),
        ["version"] = Version.ToString(),
        ["deployment"] = Deployment?.ToString(),
        ["monitor"] = Monitor,
        ["column"] = Column,
        ["cohort"] = Cohort,
        ["windowFrom"] = Microseconds.Iso(WindowFrom),
        ["windowTo"] = Microseconds.Iso(WindowTo),
        ["severity"] = Severity.ToString(),
        ["sentence"] = Sentence,
        ["evidence"] = Evidence?.ToString(),
        ["owner"] = Owner.ToString(),
        ["dueAt"] = DueAt is DateTimeOffset due ? Microseconds.Iso(due) : null,
        ["raisedAt"] = Microseconds.Iso(RaisedAt),
    };

    private static void Check(AlertSignal signal)
    {
        Text(signal.Source.Id, MaxSourceLength, nameof(signal.Source));
        Text(signal.Monitor, MaxMonitorLength, nameof(signal.Monitor));
        Text(signal.Sentence, MaxSentenceLength, nameof(signal.Sentence));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signal.Column?.Length ?? 0, MaxSliceLength, nameof(signal.Column));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signal.Cohort?.Length ?? 0, MaxSliceLength, nameof(signal.Cohort));
        if (signal.WindowTo < signal.WindowFrom)
        {
            throw new ArgumentException("A window does not end before it begins.", nameof(signal));
        }
    }

    private static void Text(string text, int most, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, most, name);
    }
}
