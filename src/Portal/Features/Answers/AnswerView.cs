using System.Text.Json.Serialization;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;

namespace Governance.Portal.Features.Answers;

/// <summary>What the API answers about rows.</summary>
/// <param name="Schema">Of this document.</param>
/// <param name="RequestId">Of this answer.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Form">What is released to whoever asked.</param>
/// <param name="Outputs">One a row, in order. The same row in the same form has the same bytes.</param>
/// <param name="Units">What it cost together.</param>
/// <param name="Remaining">Units left; null where nothing was charged.</param>
/// <param name="Warnings">What a reader must know.</param>
internal sealed record AnswerView(
    string Schema, Guid RequestId, string Model, int Version, OutputPolicy Form, IReadOnlyList<OutputView> Outputs, int Units, long? Remaining,
    IReadOnlyList<AuditWarning> Warnings);

/// <summary>A row's answer.</summary>
internal sealed record OutputView
{
    /// <summary>How much of the prediction is released.</summary>
    public required PredictionForm Form { get; init; }

    /// <summary>The decision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>By class, as far as released.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Probabilities { get; init; }

    /// <summary>The value of a regression, as far as released.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }

    /// <summary>The band of the value where only that is released.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueBand? Band { get; init; }

    /// <summary>What the prediction's attributions start from, where they are released in full.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BaseValue { get; init; }

    /// <summary>Of an explanation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReleasedAttribution>? Attributions { get; init; }

    /// <summary>Of a counterfactual: a row that is answered otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OtherRow? Counterfactual { get; init; }

    /// <summary>The view of a row.</summary>
    public static OutputView Of(AnsweredRow row) => new()
    {
        Form = row.Form,
        Label = row.Prediction.Label,
        Probabilities = row.Prediction.Probabilities,
        Value = row.Prediction.Value,
        Band = row.Prediction.Band,
        BaseValue = row.BaseValue,
        Attributions = row.Attributions,
        Counterfactual = row.Counterfactual,
    };
}

/// <summary>What somebody may still ask.</summary>
/// <param name="Limits">Every limit that counts for them.</param>
/// <param name="Form">What is released to them.</param>
internal sealed record BalanceView(IReadOnlyList<BalanceLine> Limits, OutputPolicy Form);
