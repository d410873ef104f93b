using System.Text.Json.Serialization;
using Governance.Portal.Features.Comparisons;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Equivalence;

/// <summary>A battery of a registered version as programs get it.</summary>
internal sealed record BatteryRunAnswer
{
    /// <summary>The run's id.</summary>
    public required Guid Run { get; init; }

    /// <summary>The variant, such as "credit/3".</summary>
    public required string Version { get; init; }

    /// <summary>What it is compared with.</summary>
    public required string? Parent { get; init; }

    /// <summary>The data set with the rows.</summary>
    public required string Data { get; init; }

    /// <summary>queued, running, sealed, failed, cancelled or interrupted.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What it is doing, or why it ended; null for nothing to say.</summary>
    public required string? Message { get; init; }

    /// <summary>Units of work done, 0 to <see cref="Total"/>.</summary>
    public required long Done { get; init; }

    /// <summary>Units of work in all; 0 while unknown.</summary>
    public required long Total { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was over, UTC; null before.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>The evidence that it was sealed as; null where it was not.</summary>
    public required Guid? Evidence { get; init; }

    /// <summary>What was measured and judged; null before it is sealed, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatteryAnswer? Result { get; init; }

    /// <summary>Whether the version may inherit its parent's sign-off as things stand now; null in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InheritAnswer? Inherits { get; init; }

    /// <summary>Puts it together, without the result.</summary>
    public static BatteryRunAnswer Of(VersionView view, AskedBattery asked) => new()
    {
        Run = asked.Run.Id.Value,
        Version = $"{view.Model.Name}/{view.Version.Number}",
        Parent = asked.Asked.Parent,
        Data = asked.Asked.Evaluation,
        Status = asked.Run.Status,
        Message = asked.Run.Message,
        Done = asked.Run.Done,
        Total = asked.Run.Total,
        RequestedAt = asked.Run.RequestedAt,
        EndedAt = asked.Run.EndedAt,
        Evidence = view.Evidence.FirstOrDefault(record => record.Run == asked.Run.Id)?.Id.Value,
    };

    /// <summary>The body of a sealed battery.</summary>
    public static BatteryAnswer Body(SealedBattery battery) =>
        BatteryAnswer.Of(battery.Report, battery.Speed, $"{battery.Sealed.Document.Policy.Name} {battery.Sealed.Document.Policy.Number}");
}

/// <summary>Whether a version may inherit its parent's sign-off.</summary>
/// <param name="May">Whether an approver could let it inherit now.</param>
/// <param name="Why">Why not, in a sentence; null where it may.</param>
internal sealed record InheritAnswer(bool May, string? Why)
{
    /// <summary>Of what the policy says.</summary>
    public static InheritAnswer Of(Refusal? refusal) => new(refusal is null, refusal?.Sentence);
}
