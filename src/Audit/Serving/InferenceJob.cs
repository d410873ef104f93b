using System.Text.Json.Serialization;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;

namespace Governance.Audit.Serving;

/// <summary>How far a job is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Its rows wait.</summary>
    Queued,

    /// <summary>Some of its rows are answered.</summary>
    Running,

    /// <summary>All of its rows are answered.</summary>
    Done,

    /// <summary>A rule or a row ended it; the rows before that are answered.</summary>
    Failed,

    /// <summary>Whoever asked took it back; the rows before that are answered.</summary>
    Cancelled,
}

/// <summary>A large request that is answered behind a 202. Working memory and no fact: kept encrypted, and gone when it expires.</summary>
public sealed record InferenceJob
{
    /// <summary>Its id, which only whoever asked is told.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who asked.</summary>
    public required Guid Principal { get; init; }

    /// <summary>By which token; null for a session.</summary>
    public Guid? Token { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version's number.</summary>
    public required int Version { get; init; }

    /// <summary>The deployment that it was given to; null where it names its version itself.</summary>
    public Guid? Deployment { get; init; }

    /// <summary>A form that tells less than the policy lets out; null for the policy's.</summary>
    public PredictionForm? Form { get; init; }

    /// <summary>What the protocol must remember to write the answer, in its own words.</summary>
    public required string Ticket { get; init; }

    /// <summary>Rows asked about.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows answered.</summary>
    public int Answered { get; init; }

    /// <summary>What they cost together.</summary>
    public int Units { get; init; }

    /// <summary>How far it is.</summary>
    public JobStatus Status { get; init; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it and its result are gone, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    [JsonIgnore]
    public bool IsOver => Status is not (JobStatus.Queued or JobStatus.Running);

    /// <summary>Whose it is.</summary>
    [JsonIgnore]
    public UserId Owner => new(Principal);
}
