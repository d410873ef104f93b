using System.Text.Json.Serialization;
using Governance.Audit.Equivalence;

namespace Governance.Audit.Runs;

/// <summary>How a run went: kept and signed with the findings, never compared.</summary>
public sealed record RunRecord
{
    /// <summary>The schema's name and number.</summary>
    public string Schema { get; init; } = "governance/run-record/1";

    /// <summary>The run's id.</summary>
    public required Guid Run { get; init; }

    /// <summary>SHA-256 of the findings document, lower-case hex.</summary>
    public required string FindingsDigest { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The operating system and processor architecture.</summary>
    public required string Machine { get; init; }

    /// <summary>Threads used.</summary>
    public required int Threads { get; init; }

    /// <summary>Rows that the model scored.</summary>
    public required long ModelRows { get; init; }

    /// <summary>Seconds by stage: predict, performance, fairness, explanation.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>How often the run was started, this time included; more than 1 where its process died under it.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Parts that the run was cut into.</summary>
    public int Parts { get; init; }

    /// <summary>How many of them an earlier attempt had finished.</summary>
    public int PartsFromBefore { get; init; }

    /// <summary>What a variant and its parent cost, measured in turn; null for other kinds than the equivalence battery and the making of a variant with rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpeedReport? Speed { get; init; }
}
