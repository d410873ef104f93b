using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Serving;
using Governance.Registry.Access;
using Governance.Registry.Deployments;

namespace Governance.Audit.Answers;

/// <summary>What somebody asks a version.</summary>
public sealed record AnswerRequest
{
    /// <summary>The most rows of one request.</summary>
    public const int MaxRows = 100;

    /// <summary>Who asks.</summary>
    public required UserId Principal { get; init; }

    /// <summary>By which token; null for a session.</summary>
    public Guid? Token { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version's number.</summary>
    public required int Version { get; init; }

    /// <summary>What is asked.</summary>
    public required QueryKind Kind { get; init; }

    /// <summary>Makes the rows; told what rows of the model look like. Called only for those who may ask.</summary>
    public required Func<RowForm, Table> Rows { get; init; }

    /// <summary>A form that tells less than the policy lets out, and costs less; null for the policy's.</summary>
    public PredictionForm? Form { get; init; }

    /// <summary>Of a counterfactual: the class that it shall be answered with; null for the favourable one, or another than now.</summary>
    public string? Target { get; init; }

    /// <summary>The client's own id of the request, by which its rows are told apart in the traffic; null without one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The deployment that the request was given to; null where it names its version itself.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>The session of a known row that is edited; null outside one.</summary>
    public Guid? WhatIf { get; init; }
}

/// <summary>What rows of a model look like.</summary>
/// <param name="Columns">The columns that it reads, in order.</param>
/// <param name="Encoder">How they become its inputs.</param>
/// <param name="Outputs">What it gives out.</param>
public sealed record RowForm(IReadOnlyList<string> Columns, RowEncoder Encoder, IReadOnlyList<ServedOutput> Outputs);

/// <summary>A row answered.</summary>
/// <param name="Prediction">As far as released.</param>
/// <param name="Form">How far that is.</param>
/// <param name="Attributions">Of an explanation; else null.</param>
/// <param name="BaseValue">What attributions in full start from; null where they are not in full.</param>
/// <param name="Counterfactual">Of a counterfactual; null otherwise, and where no row is answered otherwise.</param>
/// <param name="Units">What it cost; 0 for an exact repeat.</param>
public sealed record AnsweredRow(
    ReleasedPrediction Prediction, PredictionForm Form, IReadOnlyList<ReleasedAttribution>? Attributions, double? BaseValue,
    OtherRow? Counterfactual, int Units);

/// <summary>A row that is answered otherwise.</summary>
/// <param name="Label">With what.</param>
/// <param name="Source">"row" for a real one of the reference data, "prototype" for one made of many.</param>
/// <param name="Changes">The columns in which it differs.</param>
/// <param name="Masked">Columns in which it differs and whose value is not shown.</param>
public sealed record OtherRow(string? Label, string Source, IReadOnlyList<CellChange> Changes, IReadOnlyList<string> Masked);

/// <summary>One cell that differs.</summary>
/// <param name="Column">Which column.</param>
/// <param name="From">In the row that was asked about; null for missing.</param>
/// <param name="To">In the other one; null for missing.</param>
public sealed record CellChange(string Column, string? From, string? To);

/// <summary>What came of a request.</summary>
public abstract record AnswerOutcome
{
    private AnswerOutcome()
    {
    }

    /// <summary>Every row is answered.</summary>
    /// <param name="Rows">In the order of the request.</param>
    /// <param name="Policy">What is released to whoever asked.</param>
    /// <param name="Units">What it cost together.</param>
    /// <param name="Remaining">What they may still spend now; null where nothing was charged.</param>
    /// <param name="Warnings">What a reader must know.</param>
    public sealed record Answered(
        IReadOnlyList<AnsweredRow> Rows, OutputPolicy Policy, int Units, long? Remaining, IReadOnlyList<AuditWarning> Warnings) : AnswerOutcome
    {
        /// <summary>What the version gives out, as tensors.</summary>
        public required IReadOnlyList<ServedOutput> Outputs { get; init; }
    }

    /// <summary>The version does not exist for whoever asked.</summary>
    public sealed record NoSuchVersion : AnswerOutcome;

    /// <summary>Nothing is answered, and nothing charged.</summary>
    /// <param name="Cause">Which rule.</param>
    /// <param name="Reason">In words.</param>
    /// <param name="RetryAfter">How long until it may be asked again; null where time alone does not help.</param>
    /// <param name="Limit">The budget's limit in units; null where no budget refused.</param>
    /// <param name="Left">Units left of it; null where no budget refused.</param>
    public sealed record Refused(
        AnswerRefusal Cause, Refusal Reason, TimeSpan? RetryAfter = null, long? Limit = null, long? Left = null) : AnswerOutcome;
}

/// <summary>Why nothing is answered.</summary>
public enum AnswerRefusal
{
    /// <summary>No role gives the right.</summary>
    NoRight,

    /// <summary>The version's stage, a throttle or an alarm forbids it.</summary>
    Closed,

    /// <summary>Too many requests in a short time.</summary>
    TooFast,

    /// <summary>A budget is spent.</summary>
    OverBudget,

    /// <summary>The answers so far nearly rebuild the model: more of them need its owner's approval.</summary>
    NeedsApproval,

    /// <summary>A row is not one that the model may be asked about.</summary>
    IllegalRow,

    /// <summary>The portal cannot keep account of answers at the moment, so it gives none.</summary>
    Unavailable,
}
